using System.Globalization;
using System.Text.Json;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Sources;

/// <summary>
/// Kraken's public REST API: two-sided prices of its fiat pairs, and the last 720 hourly bars of each. The HTTP status is 200 for errors too: an answer
/// is good when its <c>error</c> list is empty.
/// </summary>
internal sealed class KrakenSource(HttpClient http, TimeProvider clock) : IRateSource
{
    public const string SourceId = "kraken";
    public static readonly Uri PublicAddress = new("https://api.kraken.com");

    // The two-fiat books listed in mid-2026.
    private static readonly CurrencyPair[] Pairs =
    [
        .. new[] { "EURUSD", "GBPUSD", "USDCAD", "USDJPY", "USDCHF", "AUDUSD", "AUDJPY", "EURAUD", "EURCAD", "EURCHF", "EURGBP", "EURJPY" }.Select(CurrencyPair.Parse),
    ];

    // The ticker has no time of its own, so it is stamped on receipt; ten missed polls make it stale.
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(5);

    public string Id => SourceId;

    public TimeSpan Cadence => TimeSpan.FromSeconds(30);

    /// <summary>The pairs with hourly history.</summary>
    public static IReadOnlyList<CurrencyPair> HistoryPairs => Pairs;

    public async Task<IReadOnlyList<RateObservation>> LatestAsync(CancellationToken cancellationToken)
    {
        using var answer = await AskAsync($"0/public/Ticker?pair={string.Join(',', Pairs.Select(pair => pair.Symbol))}", cancellationToken);
        var now = clock.GetUtcNow();
        var observations = new List<RateObservation>();
        foreach (var entry in answer.RootElement.GetProperty("result").EnumerateObject())
        {
            // These are the books of an exchange: one that is empty on a side or crossed for a moment says nothing, and nothing about the others.
            if (PairOf(entry.Name) is { } pair
                && (Bid: Price(entry.Value.GetProperty("b")[0]), Ask: Price(entry.Value.GetProperty("a")[0])) is var (bid, ask)
                && bid > 0m && ask >= bid)
            {
                var rate = new TwoSidedRate(pair, bid, ask);
                observations.Add(new RateObservation(rate, SpreadKnown: true, Id, now, now, FreshFor));
            }
        }

        return observations.Count > 0 ? observations : throw new InvalidDataException("Expected at least one pair with a bid and an ask that are not crossed, Kraken's answer has none.");
    }

    /// <summary>The closed hourly bars of the FX week among the last 720 hours. Kraken trades at weekends too; those hours belong to no FX week and are left out.</summary>
    public async Task<IReadOnlyList<HourlyBar>> HourlyAsync(CurrencyPair pair, CancellationToken cancellationToken)
    {
        using var answer = await AskAsync($"0/public/OHLC?pair={pair.Symbol}&interval=60", cancellationToken);
        var now = clock.GetUtcNow();
        var rows = answer.RootElement.GetProperty("result").EnumerateObject().First(member => member.Name != "last").Value;
        return
        [
            .. rows.EnumerateArray().Select(BarOf)
                .Where(bar => bar.CloseTime <= now && FxWeek.IsOpen(bar.OpenTime) && bar.Fault() is null),
        ];
    }

    private async Task<JsonDocument> AskAsync(string address, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(address, UriKind.Relative), cancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
        if (answer.RootElement.GetProperty("error") is { } errors && errors.GetArrayLength() > 0)
        {
            var told = string.Join(", ", errors.EnumerateArray().Select(error => error.GetString()));
            answer.Dispose();
            throw new InvalidDataException($"Kraken answered with an error: {told}.");
        }

        return answer;
    }

    private static HourlyBar BarOf(JsonElement row) => new(
        DateTimeOffset.FromUnixTimeSeconds(row[0].GetInt64()), Price(row[1]), Price(row[2]), Price(row[3]), Price(row[4]), Price(row[6]), Spread: null, SourceId);

    // The four oldest pairs are keyed ZEURZUSD, the others EURCHF, whatever was asked for.
    private static CurrencyPair? PairOf(string key) => Pairs.FirstOrDefault(pair =>
        key == pair.Symbol || key == $"Z{pair.Base.Code}Z{pair.Quote.Code}");

    private static decimal Price(JsonElement text) => decimal.Parse(text.GetString()!, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
