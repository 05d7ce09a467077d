using System.Text.Json;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;

namespace Cambist.App.Quotes.Sources;

/// <summary>On what terms a book trades.</summary>
/// <param name="Percent">The fee for taking the best price, in percent of the pair's quote currency, without any volume of the last 30 days; null where it is not told.</param>
/// <param name="LeastVolume">The smallest order, in the pair's base currency.</param>
internal sealed record KrakenTerms(decimal? Percent, decimal LeastVolume);

/// <summary>Kraken's books of two national currencies with their terms, as <c>AssetPairs</c> lists them.</summary>
/// <param name="Books">The books.</param>
/// <param name="Terms">The terms of each.</param>
internal sealed record KrakenFees(KrakenBooks Books, IReadOnlyDictionary<CurrencyPair, KrakenTerms> Terms)
{
    /// <summary>The terms of a book; null where the list has none.</summary>
    public KrakenTerms? Of(CurrencyPair book) => Terms.GetValueOrDefault(book);

    /// <summary>Reads an <c>AssetPairs</c> answer.</summary>
    /// <exception cref="FormatException">It lists no books that trade.</exception>
    public static KrakenFees In(JsonElement answer)
    {
        var books = KrakenBooks.In(answer) ?? throw new FormatException("It lists no books of two national currencies.");
        var terms = new Dictionary<CurrencyPair, KrakenTerms>();
        foreach (var entry in answer.GetProperty("result").EnumerateObject())
        {
            if (books.ByKey.TryGetValue(entry.Name, out var book))
            {
                terms[book] = new KrakenTerms(LowestTier(entry.Value.Member("fees")), entry.Value.GetProperty("ordermin").Figure());
            }
        }

        return new KrakenFees(books, terms);
    }

    // Rows of [volume of 30 days in USD, percent].
    private static decimal? LowestTier(JsonElement fees) => fees is { ValueKind: JsonValueKind.Array } && fees.GetArrayLength() > 0
        ? fees.EnumerateArray().MinBy(tier => tier[0].Figure())[1].Figure()
        : null;
}
