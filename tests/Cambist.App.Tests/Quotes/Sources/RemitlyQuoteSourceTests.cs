using Cambist.App.Quotes.Sources;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Quotes;
using Xunit;

namespace Cambist.App.Tests.Quotes.Sources;

/// <summary>Answers of the shape that others have measured: the calculator of Remitly's website.</summary>
public sealed class RemitlyQuoteSourceTests : QuoteSourceContract
{
    protected override string Path => "/v3/calculator/estimate";

    protected override QuoteAsk Sent => AskOf("GBP/PKR", AmountSide.Send, 500m, "GB");

    protected override QuoteAsk Wished => AskOf("GBP/PKR", AmountSide.Receive, 188560m, "GB");

    protected override string Sample => """
        {"estimate":{"conduit":{"source_country":"GBR","source_currency":{"alpha3":"GBP","decimal_count":2},"target_country":"PAK","target_currency":{"alpha3":"PKR","decimal_count":2}},
          "discount":{"fee_discount_amount":null,"send_discount_amount":"0.00"},
          "exchange_rate":{"base_rate":"375.06","promotional_exchange_rate":"377.12","capped_promotional_exchange_rate_amount":"300.00"},
          "fee":{"total_fee_amount":"0.00","is_flat":false},"pay_in_method":"OPEN_BANKING","pay_out_method":"BANK_DEPOSIT",
          "receive_amount":"188148.00","send_amount":"500.00","total_charge_amount":"500.00","tax_details":null,"vet":null},
         "pay_out_price_estimates":null,"disclaimer":{"primary":"New customers only.","secondary":null}}
        """;

    protected override string SampleOfWish => Sample.Replace("188148.00", "188560.00", StringComparison.Ordinal);

    private string Unpromoted => Sample.Replace("\"377.12\"", "null", StringComparison.Ordinal).Replace("188148.00", "187530.00", StringComparison.Ordinal);

    protected override IQuoteSource Create(HttpClient http) => new RemitlyQuoteSource(http, Clock, Robots());

    // 500 × 375.06 = 187530; with the promotion 300 × 377.12 + 200 × 375.06 = 188148.
    [Fact]
    public async Task The_price_is_that_of_a_returning_customer_and_the_better_one_a_promotion()
    {
        var quote = await OnlyOfAsync(Sample);

        Assert.Equal((500m, 187530m, 375.06m, Provenance.Estimate), (quote.Paid.Amount, quote.Received.Amount, quote.ExchangeRate, quote.Provenance));
        Assert.Equal((377.12m, 188148m, 300m), (quote.Promotion!.ExchangeRate, quote.Promotion.Received.Amount, quote.Promotion.UpTo!.Value.Amount));
        Assert.Equal(Now, quote.CollectedAt);
    }

    [Fact]
    public async Task Without_a_promotion_the_answer_is_passed_on_as_told()
    {
        var quote = await OnlyOfAsync(Unpromoted);

        Assert.Equal((187530m, Provenance.Live, (Promotion?)null), (quote.Received.Amount, quote.Provenance, quote.Promotion));
    }

    // 496.01 × 375.06 = 186033.5106.
    [Fact]
    public async Task A_fee_on_top_is_taken_out_of_what_there_is()
    {
        var quote = await OnlyOfAsync(Unpromoted.Replace("\"total_fee_amount\":\"0.00\"", "\"total_fee_amount\":\"3.99\"", StringComparison.Ordinal));

        Assert.Equal((500m, 3.99m, 186033.51m, Provenance.Estimate), (quote.Paid.Amount, quote.Fee.Amount, quote.Received.Amount, quote.Provenance));
    }

    [Fact]
    public async Task A_fee_that_is_forgiven_once_is_asked_for_again_and_told_as_a_promotion()
    {
        var quote = await OnlyOfAsync(Unpromoted.Replace("\"fee_discount_amount\":null", "\"fee_discount_amount\":\"1.99\"", StringComparison.Ordinal));

        Assert.Equal((1.99m, 0m, 187530m), (quote.Fee.Amount, quote.Promotion!.Fee.Amount, quote.Promotion.Received.Amount));
    }

    [Fact]
    public async Task A_promised_amount_is_paid_for_at_the_usual_rate()
    {
        var quote = await OnlyOfAsync(SampleOfWish, Wished);

        Assert.Equal(502.75m, quote.Paid.Amount);
        Assert.InRange(quote.Received.Amount, 188560m, 188560m + 3.76m);
    }

    [Fact]
    public async Task It_is_asked_by_conduit_with_the_services_own_address_and_our_own_name()
    {
        await AskAsync(Sample);
        var request = Server.Requests[^1];

        Assert.Equal(
            "/v3/calculator/estimate?conduit=GBR:GBP-PAK:PKR&anchor=SEND&amount=500&purpose=OTHER&customer_segment=UNRECOGNIZED&strict_promo=false", Uri.UnescapeDataString(request.Address));
        Assert.Equal(("https://www.remitly.com", "https://www.remitly.com/"), (request.Headers["Origin"], request.Headers["Referer"]));
    }

    [Theory]
    [InlineData("NOT_ALLOWED", SourceFault.NotInPlan)]
    [InlineData("CONDUIT_UNKNOWN", SourceFault.Refused)]
    public async Task A_refusal_inside_a_good_status_is_a_fault(string key, SourceFault expected) =>
        Assert.Equal(expected, (await FaultOfAsync($$"""{"error_key":"{{key}}"}""")).Kind);

    [Theory]
    [InlineData("\"alpha3\":\"PKR\"", "\"alpha3\":\"INR\"")]
    [InlineData("\"375.06\"", "\"\"")]
    [InlineData("\"500.00\"", "[]")]
    public async Task An_answer_that_is_not_the_one_asked_for_is_unreadable(string member, string other) =>
        Assert.Equal(SourceFault.Unreadable, (await FaultOfAsync(Sample.Replace(member, other, StringComparison.Ordinal))).Kind);

    [Theory]
    [InlineData("\"OPEN_BANKING\"", "\"CREDIT_CARD\"", PayMethod.Card, PayMethod.BankTransfer)]
    [InlineData("\"BANK_DEPOSIT\"", "\"CASH_PICKUP\"", PayMethod.BankTransfer, PayMethod.Cash)]
    [InlineData("\"BANK_DEPOSIT\"", "\"MOBILE_MONEY\"", PayMethod.BankTransfer, PayMethod.MobileWallet)]
    public async Task How_it_is_paid_is_told(string member, string other, PayMethod payIn, PayMethod payOut)
    {
        var quote = await OnlyOfAsync(Sample.Replace(member, other, StringComparison.Ordinal));

        Assert.Equal((payIn, payOut), (quote.PayIn, quote.PayOut));
    }

    [Fact]
    public async Task An_unknown_way_of_payment_has_no_quote() => Assert.Empty(await AskAsync(Sample.Replace("BANK_DEPOSIT", "PIGEON", StringComparison.Ordinal)));

    [Theory]
    [InlineData("GBP/PKR", "GB", true)]
    [InlineData("GBP/PKR", null, true)]
    [InlineData("EUR/INR", "DE", true)]
    [InlineData("EUR/INR", null, false)]
    [InlineData("GBP/PKR", "US", false)]
    [InlineData("USD/EUR", "US", false)]
    [InlineData("USD/XOF", "US", false)]
    public void A_country_on_both_sides_is_needed(string pair, string? country, bool served) =>
        Assert.Equal(served, Source().Serves(AskOf(pair, AmountSide.Send, 500m, country)));

    [Fact]
    public async Task Where_robots_are_kept_out_nothing_is_asked()
    {
        Server.Answers("/robots.txt", "User-agent: cambist\nDisallow: /v3/", contentType: "text/plain");

        Assert.Equal(SourceFault.NotInPlan, (await FaultOfAsync(Sample)).Kind);
        Assert.DoesNotContain(Server.Requests, request => request.Address.StartsWith(Path, StringComparison.Ordinal));
    }
}
