using System.Text.Json;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.App.Quotes.Sources;

/// <summary>
/// Coinbase sells no exchange of one government currency for another: the way is to buy a stablecoin (USDC) with the one and sell it for the other. Both prices have Coinbase's
/// standard fee in them by its documentation, so the fee is named nowhere and the rate is worse by it.
/// </summary>
internal sealed class CoinbaseQuoteSource(HttpClient http, TimeProvider clock) : IQuoteSource
{
    private const string Coin = "USDC";

    private static readonly string[] Sold = ["USD", "EUR", "GBP"];

    /// <summary>What is known of Coinbase.</summary>
    public static QuoteSourceProfile About { get; } = new()
    {
        Id = "coinbase",
        Name = "Coinbase",
        PublicAddress = new Uri("https://api.coinbase.com"),
        IsOfficial = true,
        Gap = TimeSpan.FromSeconds(1),
        Providers = ["coinbase"],
    };

    public QuoteSourceProfile Profile => About;

    public bool Serves(QuoteAsk ask) => Sold.Contains(ask.Pair.Base.Code) && Sold.Contains(ask.Pair.Quote.Code);

    public async Task<IReadOnlyList<CollectedQuote>> AskAsync(QuoteAsk ask, CancellationToken cancellationToken)
    {
        using var bought = await http.GetJsonAsync(AddressOf(ask.Pair.Base, "buy"), cancellationToken: cancellationToken);
        using var sold = await http.GetJsonAsync(AddressOf(ask.Pair.Quote, "sell"), cancellationToken: cancellationToken);
        var buy = bought.Read(root => PriceOf(root, ask.Pair.Base));
        return sold.Read(root => QuotesOf(ask, PriceOf(root, ask.Pair.Quote) / buy));
    }

    private static string AddressOf(Currency currency, string side) => $"v2/prices/{Coin}-{currency}/{side}";

    private static decimal PriceOf(JsonElement answer, Currency currency)
    {
        var data = answer.GetProperty("data");
        return data.GetProperty("base").GetString() == Coin && data.GetProperty("currency").GetString() == currency.Code
            ? data.GetProperty("amount").Figure()
            : throw new FormatException($"A price of {Coin} in {currency} was expected.");
    }

    private List<CollectedQuote> QuotesOf(QuoteAsk ask, decimal rate)
    {
        var price = PercentPrice.Of(ask, rate, percent: 0m, FeeMode.Deducted);
        if (price.Received.Amount <= 0m)
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
                Title = $"Through a stablecoin ({Coin})",
                Pair = ask.Pair,
                Paid = price.Paid,
                Received = price.Received,
                ExchangeRate = rate,
                Fee = price.Fee,
                FeeMode = FeeMode.Deducted,
                PayIn = PayMethod.Balance,
                PayOut = PayMethod.Balance,
                Delivery = null,
                Provenance = Provenance.Estimate,
                CollectedAt = clock.GetUtcNow(),
                SourceUrl = new Uri(About.PublicAddress, AddressOf(ask.Pair.Quote, "sell")),
                Note = $"Put together from two prices of Coinbase: that of {Coin} bought with {ask.Pair.Base}, and of {Coin} sold for {ask.Pair.Quote}. By its documentation each has the standard fee of 1 % in it. What withdrawing the money costs is not in it.",
            },
        ];
    }
}
