using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.App.Quotes.Sources;

/// <summary>
/// Wise's own quote, with every way to pay in and out; the one from bank to bank is taken. By Wise's schema nobody needs a key for it, by reports a partner's token is
/// demanded: a refusal is one of the key, so that Wise is left alone for long and the comparison goes on.
/// </summary>
internal sealed class WiseQuoteSource(HttpClient http, QuoteSourceOptions options) : IQuoteSource
{
    private const string Bank = "BANK_TRANSFER";

    /// <summary>What is known of the quote.</summary>
    public static QuoteSourceProfile About { get; } = new()
    {
        Id = "wise-quote",
        Name = "Wise's quote",
        PublicAddress = new Uri("https://api.wise.com"),
        IsOfficial = true,
        Gap = TimeSpan.FromSeconds(1),
        Providers = ["wise"],
    };

    public QuoteSourceProfile Profile => About;

    public bool Serves(QuoteAsk ask) => true;

    public async Task<IReadOnlyList<CollectedQuote>> AskAsync(QuoteAsk ask, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v3/quotes")
        {
            Content = new StringContent(QuestionOf(ask), Encoding.UTF8, "application/json"),
        };
        if (options.ApiKey is { Length: > 0 } key)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Trim());
        }

        try
        {
            using var answer = await http.SendJsonAsync(request, cancellationToken: cancellationToken);
            return answer.Read(root => QuotesIn(root, ask));
        }
        catch (SourceFaultException refused) when (refused.Kind == SourceFault.NotInPlan)
        {
            throw new SourceFaultException(SourceFault.KeyRefused, refused.Message, refused.RetryAfter, refused);
        }
    }

    private static string QuestionOf(QuoteAsk ask) => JsonSerializer.Serialize(new
    {
        sourceCurrency = ask.Pair.Base.Code,
        targetCurrency = ask.Pair.Quote.Code,
        sourceAmount = ask.Side == AmountSide.Send ? ask.Amount.Amount : (decimal?)null,
        targetAmount = ask.Side == AmountSide.Receive ? ask.Amount.Amount : (decimal?)null,
    });

    private static IReadOnlyList<CollectedQuote> QuotesIn(JsonElement quote, QuoteAsk ask)
    {
        ask.MustBe(quote.GetProperty("sourceCurrency").GetString(), quote.GetProperty("targetCurrency").GetString());
        var options = quote.GetProperty("paymentOptions").EnumerateArray().Where(IsFromBankToBank).ToList();
        return options.Count == 0 || IsBlocked(quote) ? [] : [QuoteOf(quote, options[0], ask)];
    }

    private static bool IsFromBankToBank(JsonElement option) =>
        option.Member("payIn").Text() == Bank && option.Member("payOut").Text() == Bank && option.Member("disabled").ValueKind == JsonValueKind.False;

    private static bool IsBlocked(JsonElement quote) =>
        quote.Member("notices") is { ValueKind: JsonValueKind.Array } notices && notices.EnumerateArray().Any(notice => notice.Member("type").Text() == "BLOCKED");

    private static CollectedQuote QuoteOf(JsonElement quote, JsonElement option, QuoteAsk ask)
    {
        var total = option.GetProperty("price").GetProperty("total").GetProperty("value");
        ask.MustBe(total.GetProperty("currency").GetString(), option.GetProperty("targetCurrency").GetString());
        var createdAt = quote.GetProperty("createdTime").Instant();
        return new CollectedQuote
        {
            Provider = "wise",
            Name = "Wise",
            Kind = ProviderKind.Fintech,
            Title = "Transfer from bank to bank",
            Pair = ask.Pair,
            Paid = new Money(option.GetProperty("sourceAmount").Figure(), ask.Pair.Base),
            Received = new Money(option.GetProperty("targetAmount").Figure(), ask.Pair.Quote),
            ExchangeRate = quote.GetProperty("rate").Figure(),
            Fee = new Money(total.GetProperty("amount").Figure(), ask.Pair.Base),
            FeeMode = FeeMode.Deducted,
            Delivery = DeliveryOf(option, createdAt),
            Provenance = Provenance.Live,
            CollectedAt = createdAt,
            SourceUrl = new Uri("https://wise.com/gb/pricing/send-money"),
            Note = "Wise's fee depends on the sender's country, which this quote is not told.",
        };
    }

    // Wise names the instant of arrival.
    private static DeliveryTime? DeliveryOf(JsonElement option, DateTimeOffset createdAt) =>
        option.Member("estimatedDelivery").ValueKind == JsonValueKind.String && option.GetProperty("estimatedDelivery").Instant() - createdAt is var wait && wait >= TimeSpan.Zero
            ? new DeliveryTime(wait, wait, BusinessDays: false)
            : null;
}
