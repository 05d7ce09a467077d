using Cambist.App.Quotes.Sources;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Quotes;
using Xunit;

namespace Cambist.App.Tests.Quotes.Sources;

/// <summary>Answers of a documented shape: Wise's unauthenticated quote, version 3.</summary>
public sealed class WiseQuoteSourceTests : QuoteSourceContract
{
    protected override string Path => "/v3/quotes";

    protected override QuoteAsk Sent => AskOf("GBP/USD", AmountSide.Send, 1000m, "GB");

    protected override QuoteAsk Wished => AskOf("GBP/USD", AmountSide.Receive, 1290.81m, "GB");

    protected override string Sample => """
        {"sourceCurrency":"GBP","targetCurrency":"USD","sourceAmount":1000.0,"targetAmount":null,"rate":1.29655,"rateType":"FIXED","createdTime":"2026-03-27T14:31:00Z",
         "providedAmountType":"SOURCE","payOut":"BANK_TRANSFER","status":"PENDING",
         "paymentOptions":[
          {"disabled":true,"payIn":"BANK_TRANSFER","payOut":"BANK_TRANSFER","disabledReason":{"code":"x","message":"y"}},
          {"disabled":false,"payIn":"VISA_CREDIT","payOut":"BANK_TRANSFER","sourceAmount":1000.0,"targetAmount":1250.00,"sourceCurrency":"GBP","targetCurrency":"USD",
           "price":{"total":{"type":"TOTAL","value":{"amount":35.90,"currency":"GBP"}}}},
          {"disabled":false,"payIn":"BANK_TRANSFER","payOut":"BANK_TRANSFER","sourceAmount":1000.0,"targetAmount":1290.81,"sourceCurrency":"GBP","targetCurrency":"USD",
           "estimatedDelivery":"2026-03-27T18:00:00Z","fee":{"transferwise":4.43,"payIn":0.0,"discount":0,"partner":0.0,"total":4.43},
           "price":{"priceSetId":238,"total":{"type":"TOTAL","label":"Total fees","value":{"amount":4.43,"currency":"GBP","label":"4.43 GBP"}},"items":[]},"feePercentage":0.0044}],
         "notices":[{"text":"…","link":null,"type":"WARNING"}]}
        """;

    protected override string SampleOfWish => Sample;

    protected override IQuoteSource Create(HttpClient http) => new WiseQuoteSource(http, Options);

    protected override SourceFault Mapped(SourceFault status) => status == SourceFault.NotInPlan ? SourceFault.KeyRefused : status;

    [Fact]
    public async Task The_way_from_bank_to_bank_is_taken_with_its_total_price()
    {
        var quote = await OnlyOfAsync(Sample);

        Assert.Equal((4.43m, 1290.81m, 1.29655m), (quote.Fee.Amount, quote.Received.Amount, quote.ExchangeRate));
        Assert.Equal((TimeSpan.FromMinutes(209), false), (quote.Delivery!.Slowest, quote.Delivery.BusinessDays));
        Assert.Equal(new DateTimeOffset(2026, 3, 27, 14, 31, 0, TimeSpan.Zero), quote.CollectedAt);
        Assert.Equal(Provenance.Live, quote.Provenance);
    }

    [Fact]
    public async Task The_amount_is_sent_on_the_side_that_it_fixes()
    {
        await AskAsync(Sample);
        await AskAsync(Sample, Wished);

        Assert.Equal(
            [
                """{"sourceCurrency":"GBP","targetCurrency":"USD","sourceAmount":1000,"targetAmount":null}""",
                """{"sourceCurrency":"GBP","targetCurrency":"USD","sourceAmount":null,"targetAmount":1290.81}""",
            ],
            Server.Requests.Select(request => request.Body));
        Assert.All(Server.Requests, request => Assert.Empty(request.Authorization));
    }

    [Fact]
    public async Task A_key_is_sent_in_the_header()
    {
        Options.ApiKey = Secret;
        await AskAsync(Sample);

        Assert.Equal($"Bearer {Secret}", Server.Requests[^1].Authorization);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_refusal_is_one_of_the_key(int status) =>
        Assert.Equal(SourceFault.KeyRefused, (await FaultOfAsync("""{"error":"unauthorized"}""", status)).Kind);

    [Theory]
    [InlineData("\"type\":\"WARNING\"", "\"type\":\"BLOCKED\"")]
    [InlineData("\"payIn\":\"BANK_TRANSFER\"", "\"payIn\":\"SWIFT\"")]
    [InlineData("\"disabled\":false", "\"disabled\":true")]
    [InlineData("\"disabled\":false", "\"unknown\":false")]
    public async Task Without_a_usable_way_there_is_no_quote(string member, string other) =>
        Assert.Empty(await AskAsync(Sample.Replace(member, other, StringComparison.Ordinal)));

    [Fact]
    public async Task A_fee_in_another_currency_is_unreadable() => Assert.Equal(
        SourceFault.Unreadable, (await FaultOfAsync(Sample.Replace("\"amount\":4.43,\"currency\":\"GBP\"", "\"amount\":4.43,\"currency\":\"USD\"", StringComparison.Ordinal))).Kind);

    [Theory]
    [InlineData("\"estimatedDelivery\":\"2026-03-27T18:00:00Z\",", "")]
    [InlineData("\"estimatedDelivery\":\"2026-03-27T18:00:00Z\",", "\"estimatedDelivery\":null,")]
    [InlineData("\"estimatedDelivery\":\"2026-03-27T18:00:00Z\",", "\"estimatedDelivery\":\"2026-03-27T10:00:00Z\",")]
    public async Task Without_a_time_of_arrival_the_delivery_is_unknown(string member, string other) =>
        Assert.Null((await OnlyOfAsync(Sample.Replace(member, other, StringComparison.Ordinal))).Delivery);
}
