using System.Globalization;
using System.Text.Json;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.App.Quotes.Sources;

/// <summary>
/// The converter of Revolut's website, which Revolut does not document: an exchange in the app on the Standard plan. All amounts are whole hundredths, of every currency: 100
/// yen are 10000. The fee comes on top. Asked only where robots.txt allows it.
/// </summary>
internal sealed class RevolutQuoteSource(HttpClient http, RobotsGate robots) : IQuoteSource
{
    private const string Plan = "STANDARD";

    private const string Assumed =
        "Standard plan, assuming that nothing of the month's allowance was used; whether the weekend charge is in it is not known. From Revolut's website, where it is not documented.";

    private const string FeeKept = "The fee is the one that Revolut names for converting the whole amount, taken out of it.";

    /// <summary>What is known of the converter.</summary>
    public static QuoteSourceProfile About { get; } = new()
    {
        Id = "revolut",
        Name = "Revolut's website (unofficial)",
        PublicAddress = new Uri("https://www.revolut.com"),
        IsOfficial = false,
        Gap = TimeSpan.FromSeconds(10),
        Providers = ["revolut"],
    };

    public QuoteSourceProfile Profile => About;

    /// <summary>Where the sender's country is known, for the plan's terms are a country's, and the amount is one of whole hundredths.</summary>
    public bool Serves(QuoteAsk ask) => Countries.OfSender(ask) is not null && decimal.Round(ask.Amount.Amount, 2) == ask.Amount.Amount;

    public async Task<IReadOnlyList<CollectedQuote>> AskAsync(QuoteAsk ask, CancellationToken cancellationToken)
    {
        var address = AddressOf(ask);
        await robots.RefuseDisallowedAsync(http, address, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "Accept", "application/json" }, { "Accept-Language", "en" } } };
        using var answer = await http.SendJsonAsync(request, cancellationToken: cancellationToken);
        return answer.Read(root => QuotesIn(root, ask));
    }

    private static string AddressOf(QuoteAsk ask) => string.Create(
        CultureInfo.InvariantCulture,
        $"api/exchange/quote?amount={ask.Amount.Amount * 100m:0}&country={Countries.OfSender(ask)}&fromCurrency={ask.Pair.Base}&toCurrency={ask.Pair.Quote}&isRecipientAmount={(ask.Side == AmountSide.Receive ? "true" : "false")}");

    private static IReadOnlyList<CollectedQuote> QuotesIn(JsonElement answer, QuoteAsk ask)
    {
        var (sender, recipient, rate) = (answer.GetProperty("sender"), answer.GetProperty("recipient"), answer.GetProperty("rate"));
        var total = answer.GetProperty("plans").EnumerateArray().First(plan => plan.Member("id").Text() == Plan).GetProperty("fees").GetProperty("total");
        ask.MustBe(sender.GetProperty("currency").GetString(), recipient.GetProperty("currency").GetString());
        ask.MustBe(rate.GetProperty("from").GetString(), rate.GetProperty("to").GetString());
        ask.MustBe(total.GetProperty("currency").GetString(), ask.Pair.Quote.Code);

        var exchangeRate = rate.GetProperty("rate").Figure();
        var amount = Whole(sender, ask.Pair.Base);
        var fee = Whole(total, ask.Pair.Base);
        var isAsTold = ask.Side == AmountSide.Receive || fee.Amount == 0m;
        var paid = (isAsTold ? amount.Plus(fee) : amount).RoundedUp();
        var received = (isAsTold ? Whole(recipient, ask.Pair.Quote) : new Money(paid.Minus(fee).Amount * exchangeRate, ask.Pair.Quote)).RoundedDown();
        if (received.Amount <= 0m)
        {
            return [];
        }

        return
        [
            new CollectedQuote
            {
                Provider = About.Id,
                Name = "Revolut",
                Kind = ProviderKind.Fintech,
                Title = "Exchange in the app, Standard plan",
                Pair = ask.Pair,
                Paid = paid,
                Received = received,
                ExchangeRate = exchangeRate,
                Fee = fee,
                FeeMode = FeeMode.OnTop,
                PayIn = PayMethod.Balance,
                PayOut = PayMethod.Balance,
                Delivery = null,
                Provenance = isAsTold ? Provenance.Live : Provenance.Estimate,
                CollectedAt = DateTimeOffset.FromUnixTimeMilliseconds(rate.GetProperty("timestamp").GetInt64()),
                SourceUrl = new Uri("https://www.revolut.com/currency-converter/"),
                Note = isAsTold ? Assumed : $"{Assumed} {FeeKept}",
            },
        ];
    }

    // Whole hundredths of the major unit, whatever its minor unit is.
    private static Money Whole(JsonElement amount, Currency currency) => new(amount.GetProperty("amount").GetInt64() / 100m, currency);
}
