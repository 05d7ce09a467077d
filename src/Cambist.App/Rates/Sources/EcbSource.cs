using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Cambist.App.Rates.History;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Sources;

/// <summary>
/// The European Central Bank's own files of its reference rates: about thirty currencies against the euro, once a working day, and every day since
/// 1999-01-04. For information; the bank discourages their use for transactions, and asks to be named as the source.
/// </summary>
internal sealed class EcbSource(HttpClient http, TimeProvider clock) : IRateSource, IHistorySource
{
    private const string Files = "stats/eurofxref";

    // The short history has 90 days.
    private static readonly TimeSpan ShortReach = TimeSpan.FromDays(80);
    private static readonly XmlReaderSettings Strict = new() { Async = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <summary>What is known of the bank's files.</summary>
    public static SourceProfile About { get; } = new()
    {
        Id = "ecb",
        Name = "European Central Bank",
        Kind = RateKind.Reference,
        Cadence = TimeSpan.FromMinutes(30),
        FreshFor = EcbFixing.FreshFor,
        PublicAddress = new Uri("https://www.ecb.europa.eu"),
        Origin = EcbFixing.Origin,
    };

    public SourceProfile Profile => About;

    public HistoryUnit Unit => HistoryUnit.Day;

    public async Task<RateSheet> LatestAsync(IReadOnlyList<CurrencyPair> wanted, CancellationToken cancellationToken)
    {
        var newest = (await DaysAsync("eurofxref-daily.xml", cancellationToken)).MaxBy(DayOf) ?? throw new FormatException("A day with rates was expected, none was found.");
        var sheet = new RateSheet(About, wanted, clock.GetUtcNow());
        foreach (var rate in newest.Elements().Where(element => element.Attribute("currency") is not null))
        {
            sheet.Mid("EUR", rate.Attribute("currency")!.Value, rate.Attribute("rate")?.Value, EcbFixing.At(DayOf(newest)));
        }

        return sheet;
    }

    public async Task<HistoryPage> PageAsync(CurrencyPair pair, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken)
    {
        EcbFixing.RefuseOtherBases(pair);
        var now = clock.GetUtcNow();
        var days = await DaysAsync(from > now - ShortReach ? "eurofxref-hist-90d.xml" : "eurofxref-hist.xml", cancellationToken);
        var told = days
            .Select(day => (Day: DayOf(day), Rate: day.Elements().FirstOrDefault(rate => rate.Attribute("currency")?.Value == pair.Quote.Code)?.Attribute("rate")?.Value))
            .Where(day => day.Rate is not null)
            .Select(day => (day.Day, decimal.Parse(day.Rate!, NumberStyles.Float, CultureInfo.InvariantCulture)));
        return EcbFixing.Page(told, from, before < now ? before : now);
    }

    // Three nested elements are all called Cube; the ones of a day have a time.
    private async Task<IReadOnlyList<XElement>> DaysAsync(string file, CancellationToken cancellationToken)
    {
        using var response = await http.AskAsync($"{Files}/{file}", cost: 1, cancellationToken);
        response.RefuseFailure();
        var document = await response.ReadAsync(
            static async (body, cancel) =>
            {
                using var reader = XmlReader.Create(body, Strict);
                return await XDocument.LoadAsync(reader, LoadOptions.None, cancel);
            },
            cancellationToken);
        return [.. document.Descendants().Where(element => element.Name.LocalName == "Cube" && element.Attribute("time") is not null)];
    }

    private static DateOnly DayOf(XElement cube) => DateOnly.ParseExact(cube.Attribute("time")!.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
