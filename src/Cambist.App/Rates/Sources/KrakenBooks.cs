using System.Collections.Frozen;
using System.Text.Json;
using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.Sources;

/// <summary>Kraken's books of two national currencies: which there are, and under which keys answers tell them.</summary>
/// <param name="Pairs">The pairs.</param>
/// <param name="ByKey">The pair of each key of an answer.</param>
internal sealed record KrakenBooks(IReadOnlyList<CurrencyPair> Pairs, IReadOnlyDictionary<string, CurrencyPair> ByKey)
{
    // Tokens may bear the code of a currency (MNT is one), so the list says which codes mean money there.
    private static readonly FrozenSet<string> National = new[]
    {
        "AED", "AUD", "BRL", "CAD", "CHF", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "JPY", "MXN", "NOK", "NZD", "PLN", "SEK", "SGD", "TRY", "USD", "ZAR",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The books listed in mid-2026. The four oldest are keyed ZEURZUSD, the others EURCHF, whatever was asked for.</summary>
    public static KrakenBooks Documented { get; } = Of(
        new[] { "EURUSD", "GBPUSD", "USDCAD", "USDJPY", "USDCHF", "AUDUSD", "AUDJPY", "EURAUD", "EURCAD", "EURCHF", "EURGBP", "EURJPY" }
            .Select(CurrencyPair.Parse)
            .Select(pair => ($"Z{pair.Base.Code}Z{pair.Quote.Code}", pair)));

    /// <summary>The books of an <c>AssetPairs</c> answer that trade; null where it has none. Keys differ by version, the name with the slash does not.</summary>
    public static KrakenBooks? In(JsonElement answer)
    {
        var result = answer.Member("result");
        if (result.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var books = Of(result.EnumerateObject()
            .Where(book => book.Value.Member("status").Text() is null or "online")
            .Select(book => (book.Name, Pair: PairOf(book.Value.Member("wsname").Text() ?? book.Value.Member("altname").Text())))
            .Where(book => book.Pair is not null)
            .Select(book => (book.Name, book.Pair!)));
        return books.Pairs.Count > 0 ? books : null;
    }

    private static CurrencyPair? PairOf(string? name) =>
        CurrencyPair.TryParse(name, out var pair) && National.Contains(pair.Base.Code) && National.Contains(pair.Quote.Code) ? pair : null;

    private static KrakenBooks Of(IEnumerable<(string Key, CurrencyPair Pair)> books)
    {
        var keys = new Dictionary<string, CurrencyPair>(StringComparer.Ordinal);
        foreach (var (key, pair) in books)
        {
            keys[key] = pair;
            keys[pair.Symbol] = pair;
            keys[pair.ToString()] = pair;
        }

        return new KrakenBooks([.. keys.Values.Distinct()], keys);
    }
}
