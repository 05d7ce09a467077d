using System.Globalization;
using System.Text.Json;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.App.Quotes.Sources;

/// <summary>
/// What a trade in one of Kraken's books of two national currencies brings: its best bid or ask, less the fee of the lowest tier, which is charged in the pair's quote currency.
/// A book serves both directions. What the rails to and from the exchange cost is told only to customers.
/// </summary>
internal sealed class KrakenQuoteSource(HttpClient http, TimeProvider clock) : IQuoteSource
{
    private static readonly TimeSpan ListHoldsFor = TimeSpan.FromHours(1);

    private KrakenFees? _list;
    private DateTimeOffset _listDueAt;

    /// <summary>What is known of Kraken.</summary>
    public static QuoteSourceProfile About { get; } = new()
    {
        Id = "kraken",
        Name = "Kraken",
        PublicAddress = new Uri("https://api.kraken.com"),
        IsOfficial = true,
        Gap = TimeSpan.FromSeconds(1.2),
        Providers = ["kraken"],
    };

    public QuoteSourceProfile Profile => About;

    public bool Serves(QuoteAsk ask) => BookOf(_list?.Books ?? KrakenBooks.Documented, ask.Pair) is not null;

    public async Task<IReadOnlyList<CollectedQuote>> AskAsync(QuoteAsk ask, CancellationToken cancellationToken)
    {
        var list = await ListAsync(cancellationToken);
        if (BookOf(list.Books, ask.Pair) is not { } book || list.Of(book) is not { Percent: { } percent } terms)
        {
            return [];
        }

        using var answer = await AskAsync($"0/public/Ticker?pair={book.Symbol}", cancellationToken);
        return answer.Read(root =>
        {
            var ticker = root.GetProperty("result").EnumerateObject().Single(entry => list.Books.ByKey.GetValueOrDefault(entry.Name) == book).Value;
            return QuotesOf(ask, book, ticker, percent, terms.LeastVolume);
        });
    }

    private async Task<KrakenFees> ListAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_list is { } held && now < _listDueAt)
        {
            return held;
        }

        using var answer = await AskAsync("0/public/AssetPairs", cancellationToken);
        var list = answer.Read(KrakenFees.In);
        (_list, _listDueAt) = (list, now + ListHoldsFor);
        return list;
    }

    private Task<JsonDocument> AskAsync(string address, CancellationToken cancellationToken) =>
        http.GetJsonAsync(address, answer => KrakenWords.FaultIn(answer, clock.GetUtcNow()), cancellationToken: cancellationToken);

    private static CurrencyPair? BookOf(KrakenBooks books, CurrencyPair pair) => books.Pairs.FirstOrDefault(book => book == pair || book == pair.Inverse);

    // Who sends the base currency sells it at the bid, and the fee is taken from the proceeds: the same share of what is sent. Who sends the quote currency buys at the ask, and
    // the fee is on top of what that costs.
    private List<CollectedQuote> QuotesOf(QuoteAsk ask, CurrencyPair book, JsonElement ticker, decimal percent, decimal leastVolume)
    {
        var sells = book == ask.Pair;
        var side = ticker.GetProperty(sells ? "b" : "a");
        if (side.GetArrayLength() == 0)
        {
            return [];
        }

        var rate = sells ? side[0].Figure() : 1m / side[0].Figure();
        var mode = sells ? FeeMode.Deducted : FeeMode.OnTop;
        var price = PercentPrice.Of(ask, rate, percent, mode);
        if (price.Received.Amount <= 0m || (sells ? price.Paid : price.Received).Amount < leastVolume)
        {
            return [];
        }

        return
        [
            new CollectedQuote
            {
                Provider = About.Id,
                Name = About.Name,
                Kind = ProviderKind.Exchange,
                Title = "Kraken Pro, two-fiat order book",
                Pair = ask.Pair,
                Paid = price.Paid,
                Received = price.Received,
                ExchangeRate = rate,
                Fee = price.Fee,
                FeeMode = mode,
                PayIn = PayMethod.Balance,
                PayOut = PayMethod.Balance,
                Delivery = null,
                Provenance = Provenance.Live,
                CollectedAt = clock.GetUtcNow(),
                SourceUrl = new Uri($"https://pro.kraken.com/app/trade/{book.Base.Code.ToLowerInvariant()}-{book.Quote.Code.ToLowerInvariant()}"),
                Note = string.Create(
                    CultureInfo.InvariantCulture,
                    $"The best price of the order book, which a large amount may exhaust, with the fee of the lowest tier ({percent} %). Paying in and withdrawing take their own time and fees, which are not known and not in it."),
            },
        ];
    }
}
