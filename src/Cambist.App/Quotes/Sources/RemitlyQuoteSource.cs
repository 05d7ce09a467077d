using System.Globalization;
using System.Text.Json;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.App.Quotes.Sources;

/// <summary>
/// The calculator of Remitly's website, which Remitly does not document: transfers from a country to families abroad. Numbers are strings, the fee comes on top, and the better
/// rate is for new customers up to a cap: the price here is the one of a customer who comes again. Asked only where robots.txt allows it.
/// </summary>
internal sealed class RemitlyQuoteSource(HttpClient http, TimeProvider clock, RobotsGate robots) : IQuoteSource
{
    // The calculator answers only where these name its own website. They name the service, not a browser: who asks stands in the User-Agent.
    private const string Website = "https://www.remitly.com";

    /// <summary>What is known of the calculator.</summary>
    public static QuoteSourceProfile About { get; } = new()
    {
        Id = "remitly",
        Name = "Remitly's website (unofficial)",
        PublicAddress = new Uri("https://api.remitly.io"),
        IsOfficial = false,
        // By reports it refuses after a few quick questions, and answers every eight seconds.
        Gap = TimeSpan.FromSeconds(10),
        Providers = ["remitly"],
    };

    public QuoteSourceProfile Profile => About;

    /// <summary>From a country that has the sent currency, to the one country that the received currency belongs to.</summary>
    public bool Serves(QuoteAsk ask) => ConduitOf(ask) is not null;

    public async Task<IReadOnlyList<CollectedQuote>> AskAsync(QuoteAsk ask, CancellationToken cancellationToken)
    {
        if (ConduitOf(ask) is not { } conduit)
        {
            return [];
        }

        var anchor = ask.Side == AmountSide.Send ? "SEND" : "RECEIVE";
        var address = string.Create(
            CultureInfo.InvariantCulture,
            $"v3/calculator/estimate?conduit={Uri.EscapeDataString(conduit)}&anchor={anchor}&amount={ask.Amount.Amount}&purpose=OTHER&customer_segment=UNRECOGNIZED&strict_promo=false");
        await robots.RefuseDisallowedAsync(http, address, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "Origin", Website }, { "Referer", Website + "/" } } };
        using var answer = await http.SendJsonAsync(request, cancellationToken: cancellationToken);
        return answer.Read(root => QuotesIn(root, ask));
    }

    private static string? ConduitOf(QuoteAsk ask) =>
        Countries.OfSender(ask) is { } from && HomeCountries.Of(ask.Pair.Base).Contains(from) && Countries.MainOf(ask.Pair.Quote) is { } to
            ? $"{Countries.Alpha3(from)}:{ask.Pair.Base}-{Countries.Alpha3(to)}:{ask.Pair.Quote}"
            : null;

    private List<CollectedQuote> QuotesIn(JsonElement answer, QuoteAsk ask)
    {
        // A refusal comes with status 200.
        if (answer.Member("error_key").Text() is { } refusal)
        {
            throw new SourceFaultException(
                refusal == "NOT_ALLOWED" ? SourceFault.NotInPlan : SourceFault.Refused, $"Remitly answered with an error: {SourceWords.Of(refusal, apiKey: null)}.");
        }

        var estimate = answer.GetProperty("estimate");
        var conduit = estimate.GetProperty("conduit");
        ask.MustBe(conduit.GetProperty("source_currency").GetProperty("alpha3").GetString(), conduit.GetProperty("target_currency").GetProperty("alpha3").GetString());
        if (RemitlyPrice.Of(estimate, ask) is not { } price || PayInOf(estimate) is not { } payIn || PayOutOf(estimate) is not { } payOut)
        {
            return [];
        }

        return
        [
            new CollectedQuote
            {
                Provider = About.Id,
                Name = "Remitly",
                Kind = ProviderKind.Fintech,
                Title = TitleOf(payOut),
                Pair = ask.Pair,
                Paid = price.Paid,
                Received = price.Received,
                ExchangeRate = price.Rate,
                Fee = price.Fee,
                FeeMode = FeeMode.OnTop,
                PayIn = payIn,
                PayOut = payOut,
                Delivery = null,
                Provenance = price.IsAsTold ? Provenance.Live : Provenance.Estimate,
                CollectedAt = clock.GetUtcNow(),
                SourceUrl = new Uri(Website),
                Promotion = price.Promotion,
                Note = "The price of a customer who comes again, without the better one for new customers, for a receiver in " +
                    $"{Countries.MainOf(ask.Pair.Quote)}. From Remitly's website, where it is not documented.",
            },
        ];
    }

    private static string TitleOf(PayMethod payOut) => payOut switch
    {
        PayMethod.Cash => "Transfer, paid out in cash",
        PayMethod.MobileWallet => "Transfer to a mobile wallet",
        PayMethod.Card => "Transfer to a card",
        _ => "Transfer to a bank account",
    };

    private static PayMethod? PayInOf(JsonElement estimate) => estimate.GetProperty("pay_in_method").GetString() switch
    {
        "OPEN_BANKING" or "BANK_ACCOUNT" or "BANK_TRANSFER" or "ACH" => PayMethod.BankTransfer,
        "DEBIT_CARD" or "CREDIT_CARD" or "CARD" => PayMethod.Card,
        _ => null,
    };

    private static PayMethod? PayOutOf(JsonElement estimate) => estimate.GetProperty("pay_out_method").GetString() switch
    {
        "BANK_DEPOSIT" => PayMethod.BankTransfer,
        "DEBIT_CARD" or "CARD" => PayMethod.Card,
        "CASH_PICKUP" or "HOME_DELIVERY" => PayMethod.Cash,
        "MOBILE_MONEY" or "MOBILE_WALLET" => PayMethod.MobileWallet,
        _ => null,
    };
}
