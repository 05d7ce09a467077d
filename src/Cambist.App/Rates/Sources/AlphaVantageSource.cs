using System.Text.Json;
using Cambist.App.Rates.History;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Sources;

/// <summary>
/// Alpha Vantage: one pair a request, with bid and ask where it has them; daily history for every key, hourly history for paid ones
/// (<c>HistoryUnit: Hour</c>). Failures come with HTTP 200 and in changing words, so an answer is good when it has the member that was asked for.
/// </summary>
internal sealed class AlphaVantageSource(HttpClient http, TimeProvider clock, RateSourceOptions options) : IRateSource, IHistorySource
{
    private const string Rate = "Realtime Currency Exchange Rate";

    // What "compact" brings is the last 100 points.
    private static readonly TimeSpan CompactReach = TimeSpan.FromDays(100);

    /// <summary>What is known of Alpha Vantage.</summary>
    public static SourceProfile About { get; } = new()
    {
        Id = "alphavantage",
        Name = "Alpha Vantage",
        Kind = RateKind.Live,
        Cadence = TimeSpan.FromMinutes(1),
        FreshFor = TimeSpan.FromMinutes(15),
        PublicAddress = new Uri("https://www.alphavantage.co"),
        NeedsKey = true,
        QuotaPerDay = 25,
        PairsPerRequest = 1,
        Gap = TimeSpan.FromSeconds(1.2),
    };

    public SourceProfile Profile => About;

    public HistoryUnit Unit => options.HistoryUnit ?? HistoryUnit.Day;

    public async Task<RateSheet> LatestAsync(IReadOnlyList<CurrencyPair> wanted, CancellationToken cancellationToken)
    {
        var pair = wanted[0];
        using var answer = await AskAsync($"function=CURRENCY_EXCHANGE_RATE&from_currency={pair.Base}&to_currency={pair.Quote}", Rate, cancellationToken);
        var sheet = new RateSheet(About, wanted, clock.GetUtcNow());
        var told = answer.RootElement.GetProperty(Rate);
        var effectiveAt = AlphaVantageSeries.TimeOf(told.GetProperty("6. Last Refreshed").GetString()!, told.GetProperty("7. Time Zone").GetString()!);
        var (from, to) = (told.GetProperty("1. From_Currency Code").GetString(), told.GetProperty("3. To_Currency Code").GetString());
        var (bid, ask) = (told.Member("8. Bid Price"), told.Member("9. Ask Price"));
        if (IsTold(bid) && IsTold(ask))
        {
            sheet.TwoSided(from, to, bid, ask, effectiveAt);
        }
        else
        {
            sheet.Mid(from, to, told.GetProperty("5. Exchange Rate"), effectiveAt);
        }

        return sheet;
    }

    public async Task<HistoryPage> PageAsync(CurrencyPair pair, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var known = before < now ? before : now;
        var symbols = $"from_symbol={pair.Base}&to_symbol={pair.Quote}";
        if (Unit == HistoryUnit.Hour)
        {
            using var hours = await AskAsync($"function=FX_INTRADAY&{symbols}&interval=60min&outputsize=full", AlphaVantageSeries.Hourly, cancellationToken);
            return new HistoryPage(AlphaVantageSeries.Hours(hours.RootElement, from, known, About.Id), [], Before: null);
        }

        using var days = await DailyAsync(symbols, isFull: from < now - CompactReach, cancellationToken);
        return new HistoryPage([], AlphaVantageSeries.Days(days.RootElement, from, known), Before: null);
    }

    // Free keys may be refused the full length; the last 100 days are theirs all the same.
    private async Task<JsonDocument> DailyAsync(string symbols, bool isFull, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync($"function=FX_DAILY&{symbols}&outputsize={(isFull ? "full" : "compact")}", AlphaVantageSeries.Daily, cancellationToken);
        }
        catch (SourceFaultException fault) when (isFull && fault.Kind == SourceFault.NotInPlan)
        {
            return await AskAsync($"function=FX_DAILY&{symbols}&outputsize=compact", AlphaVantageSeries.Daily, cancellationToken);
        }
    }

    private Task<JsonDocument> AskAsync(string query, string wanted, CancellationToken cancellationToken) => http.GetJsonAsync(
        $"query?{query}&apikey={Uri.EscapeDataString(options.ApiKey ?? "")}", answer => FaultIn(answer, wanted), cancellationToken: cancellationToken);

    private SourceFaultException? FaultIn(JsonElement answer, string wanted)
    {
        if (answer.Member(wanted).ValueKind == JsonValueKind.Object || answer.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var words = answer.EnumerateObject().FirstOrDefault(member => member.Value.ValueKind == JsonValueKind.String);
        return words.Value.ValueKind == JsonValueKind.Undefined
            ? null
            : new SourceFaultException(KindOf(words.Name, words.Value.GetString()!), $"It has no data: {SourceWords.Of(words.Value.GetString(), options.ApiKey)}.");
    }

    // The texts of both limits advertise the premium plans too.
    private static SourceFault KindOf(string member, string words)
    {
        bool Says(string part) => words.Contains(part, StringComparison.OrdinalIgnoreCase);
        return member switch
        {
            _ when Says("apikey is invalid") || Says("demo purposes") => SourceFault.KeyRefused,
            "Error Message" => SourceFault.Refused,
            _ when Says("premium endpoint") || Says("premium feature") => SourceFault.NotInPlan,
            _ when Says("per day") && !Says("per second") && !Says("per minute") => SourceFault.QuotaSpent,
            _ => SourceFault.Throttled,
        };
    }

    private static bool IsTold(JsonElement price) => price.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null) && price.Text() is not ("-" or "");
}
