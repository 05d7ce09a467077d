using System.Globalization;
using System.Text.Json;
using Cambist.App.Rates.History;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Sources;

/// <summary>
/// The European Central Bank's daily reference rates, by Frankfurter's API (v1): about thirty currencies against the euro, once a working day, and
/// every working day since 1999. A reference rate is not a tradable price; it serves the currencies that no live source has.
/// </summary>
internal sealed class FrankfurterSource(HttpClient http, TimeProvider clock) : IRateSource, IHistorySource
{
    /// <summary>What is known of Frankfurter.</summary>
    public static SourceProfile About { get; } = new()
    {
        Id = "frankfurter",
        Name = "Frankfurter (European Central Bank)",
        Kind = RateKind.Reference,
        Cadence = TimeSpan.FromMinutes(30),
        FreshFor = EcbFixing.FreshFor,
        PublicAddress = new Uri("https://api.frankfurter.dev"),
        Origin = EcbFixing.Origin,
    };

    public SourceProfile Profile => About;

    public HistoryUnit Unit => HistoryUnit.Day;

    public async Task<RateSheet> LatestAsync(IReadOnlyList<CurrencyPair> wanted, CancellationToken cancellationToken)
    {
        using var answer = await http.GetJsonAsync("v1/latest", cancellationToken: cancellationToken);
        var root = answer.RootElement;
        var effectiveAt = EcbFixing.At(DayOf(root.GetProperty("date").GetString()!));
        var @base = root.GetProperty("base").GetString();
        var sheet = new RateSheet(About, wanted, clock.GetUtcNow());
        foreach (var rate in root.GetProperty("rates").EnumerateObject())
        {
            sheet.Mid(@base, rate.Name, rate.Value, effectiveAt);
        }

        return sheet;
    }

    // Against the euro the figures are as published; rebased ones are rounded. A range may begin with the last day before it.
    public async Task<HistoryPage> PageAsync(CurrencyPair pair, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken)
    {
        EcbFixing.RefuseOtherBases(pair);
        using var answer = await http.GetJsonAsync($"v1/{from.UtcDateTime:yyyy-MM-dd}..{before.UtcDateTime:yyyy-MM-dd}?symbols={pair.Quote}", cancellationToken: cancellationToken);
        var told = answer.RootElement.GetProperty("rates").EnumerateObject()
            .Where(day => day.Value.Member(pair.Quote.Code).ValueKind == JsonValueKind.Number)
            .Select(day => (DayOf(day.Name), day.Value.GetProperty(pair.Quote.Code).GetDecimal()));
        var now = clock.GetUtcNow();
        return EcbFixing.Page(told, from, before < now ? before : now);
    }

    private static DateOnly DayOf(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
