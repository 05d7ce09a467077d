using System.Globalization;
using System.Text.Json;
using Cambist.App.Rates.History;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Sources;

/// <summary>
/// Kraken's public REST API: two-sided prices of its fiat pairs, and the last 720 hourly bars of each. The HTTP status is 200 for errors too: an answer
/// is good when its <c>error</c> list is empty. One unknown pair spoils the whole request, so the list of pairs is read again every day.
/// </summary>
internal sealed class KrakenSource(HttpClient http, TimeProvider clock) : IRateSource, IHistorySource
{
    private static readonly TimeSpan ListHoldsFor = TimeSpan.FromDays(1);

    private KrakenBooks _books = KrakenBooks.Documented;
    private DateTimeOffset? _listDueAt;

    /// <summary>What is known of Kraken.</summary>
    public static SourceProfile About { get; } = new()
    {
        Id = "kraken",
        Name = "Kraken",
        Kind = RateKind.Live,
        Cadence = TimeSpan.FromSeconds(1),
        // The ticker has no time of its own, so it is stamped on receipt; ten missed polls make it stale.
        FreshFor = TimeSpan.FromMinutes(5),
        PublicAddress = new Uri("https://api.kraken.com"),
        Gap = TimeSpan.FromSeconds(1.2),
    };

    public SourceProfile Profile => About;

    public HistoryUnit Unit => HistoryUnit.Hour;

    /// <summary>The pairs with hourly history.</summary>
    public static IReadOnlyList<CurrencyPair> HistoryPairs => KrakenBooks.Documented.Pairs;

    public async Task<RateSheet> LatestAsync(IReadOnlyList<CurrencyPair> wanted, CancellationToken cancellationToken)
    {
        await RefreshListAsync(cancellationToken);
        using var answer = await AskAsync($"0/public/Ticker?pair={string.Join(',', _books.Pairs.Select(pair => pair.Symbol))}", cancellationToken);
        var sheet = new RateSheet(About, wanted, clock.GetUtcNow());
        foreach (var entry in answer.RootElement.GetProperty("result").EnumerateObject())
        {
            if (_books.ByKey.TryGetValue(entry.Name, out var pair))
            {
                sheet.TwoSided(pair.Base.Code, pair.Quote.Code, First(entry.Value, "b"), First(entry.Value, "a"), effectiveAt: null);
            }
        }

        return sheet;
    }

    /// <summary>All that there is: the last 720 hours, whatever is asked for.</summary>
    public async Task<HistoryPage> PageAsync(CurrencyPair pair, DateTimeOffset from, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var hours = await HourlyAsync(pair, cancellationToken);
        return new HistoryPage([.. hours.Where(bar => bar.OpenTime >= from && bar.CloseTime <= before)], [], Before: null);
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

    // The first look does not wait for it. Where it cannot be had the list at hand goes on; the look itself will say what is wrong.
    private async Task RefreshListAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var isDue = now >= _listDueAt;
        _listDueAt = isDue ? now + ListHoldsFor : _listDueAt ?? now;
        if (!isDue)
        {
            return;
        }

        try
        {
            using var answer = await AskAsync("0/public/AssetPairs", cancellationToken);
            _books = KrakenBooks.In(answer.RootElement) ?? _books;
        }
        catch (SourceFaultException)
        {
        }
    }

    private Task<JsonDocument> AskAsync(string address, CancellationToken cancellationToken) =>
        http.GetJsonAsync(address, answer => KrakenWords.FaultIn(answer, clock.GetUtcNow()), cancellationToken: cancellationToken);

    // A side of an empty book is an empty list.
    private static JsonElement First(JsonElement ticker, string side) =>
        ticker.GetProperty(side) is { ValueKind: JsonValueKind.Array } levels && levels.GetArrayLength() > 0 ? levels[0] : default;

    private static HourlyBar BarOf(JsonElement row) => new(
        DateTimeOffset.FromUnixTimeSeconds(row[0].GetInt64()), Price(row[1]), Price(row[2]), Price(row[3]), Price(row[4]), Price(row[6]), Spread: null, About.Id);

    private static decimal Price(JsonElement text) => decimal.Parse(text.GetString()!, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
