using System.Net.Http.Headers;
using System.Text.Json;
using Cambist.App.Rates.History;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Sources;

/// <summary>
/// Twelve Data: mid rates of up to eight pairs a request, and hourly history. Each pair costs a credit: the free plan has 8 a minute and 800 a day.
/// Failures may come with HTTP 200, and in an answer about several pairs each has its own.
/// </summary>
internal sealed class TwelveDataSource : IRateSource, IHistorySource
{
    // What it says of a span without bars, which is no failure.
    private const string NothingInSpan = "No data is available";

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly string? _key;

    public TwelveDataSource(HttpClient http, TimeProvider clock, RateSourceOptions options)
    {
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("apikey", options.ApiKey?.Trim());
        (_http, _clock, _key) = (http, clock, options.ApiKey);
    }

    /// <summary>What is known of Twelve Data.</summary>
    public static SourceProfile About { get; } = new()
    {
        Id = "twelvedata",
        Name = "Twelve Data",
        Kind = RateKind.Live,
        Cadence = TimeSpan.FromMinutes(1),
        FreshFor = TimeSpan.FromMinutes(10),
        PublicAddress = new Uri("https://api.twelvedata.com"),
        NeedsKey = true,
        QuotaPerDay = 800,
        PairsPerRequest = 8,
        // A credit comes back every 7.5 s, and full requests are a minute apart by the cadence.
        Gap = TimeSpan.FromSeconds(8),
    };

    public SourceProfile Profile => About;

    public HistoryUnit Unit => HistoryUnit.Hour;

    public async Task<RateSheet> LatestAsync(IReadOnlyList<CurrencyPair> wanted, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetJsonAsync($"exchange_rate?symbol={string.Join(',', wanted)}&timezone=UTC", FaultIn, wanted.Count, cancellationToken);
        var root = answer.RootElement;
        var sheet = new RateSheet(About, wanted, _clock.GetUtcNow());
        // One pair is told by itself, several are keyed by symbol.
        var told = root.Member("symbol").ValueKind == JsonValueKind.String ? [root] : root.EnumerateObject().Select(member => member.Value).ToArray();
        foreach (var rate in told.Where(rate => FaultIn(rate) is null))
        {
            var pair = rate.GetProperty("symbol").GetString()!.Split('/');
            sheet.Mid(pair[0], pair[^1], rate.Member("rate"), DateTimeOffset.FromUnixTimeSeconds(rate.GetProperty("timestamp").GetInt64()));
        }

        return sheet.Rates.Count == 0 && told.Select(FaultIn).FirstOrDefault(fault => fault is not null) is { } refusal ? throw refusal : sheet;
    }

    public async Task<HistoryPage> PageAsync(CurrencyPair pair, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var address = $"time_series?symbol={pair}&interval=1h&timezone=UTC&outputsize={TwelveDataSeries.Longest}"
            + $"&start_date={TwelveDataSeries.Shown(from)}&end_date={TwelveDataSeries.Shown(before)}";
        try
        {
            using var answer = await _http.GetJsonAsync(address, FaultIn, cancellationToken: cancellationToken);
            return TwelveDataSeries.Page(answer.RootElement, from, before, _clock.GetUtcNow(), About.Id);
        }
        catch (SourceFaultException fault) when (fault.Kind == SourceFault.Refused && fault.Message.Contains(NothingInSpan, StringComparison.OrdinalIgnoreCase))
        {
            return new HistoryPage([], [], Before: null);
        }
    }

    private SourceFaultException? FaultIn(JsonElement answer)
    {
        if (answer.Member("status").Text() != "error")
        {
            return null;
        }

        var (code, message) = (answer.Member("code").Text(), answer.Member("message").Text());
        var kind = code switch
        {
            "401" => SourceFault.KeyRefused,
            "403" => SourceFault.NotInPlan,
            "429" => message?.Contains("for the day", StringComparison.OrdinalIgnoreCase) == true ? SourceFault.QuotaSpent : SourceFault.Throttled,
            ['5', ..] => SourceFault.Unavailable,
            _ => SourceFault.Refused,
        };
        return new SourceFaultException(kind, $"It answered with error {code}: {SourceWords.Of(message, _key)}.");
    }
}
