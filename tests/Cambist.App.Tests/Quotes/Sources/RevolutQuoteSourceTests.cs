using Cambist.App.Quotes.Sources;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Quotes;
using Xunit;

namespace Cambist.App.Tests.Quotes.Sources;

/// <summary>Answers of the shape that others have measured: the converter of Revolut's website.</summary>
public sealed class RevolutQuoteSourceTests : QuoteSourceContract
{
    protected override string Path => "/api/exchange/quote";

    protected override QuoteAsk Sent => AskOf("GBP/EUR", AmountSide.Send, 1000m, "GB");

    protected override QuoteAsk Wished => AskOf("GBP/EUR", AmountSide.Receive, 1192.31m, "GB");

    protected override string Sample => AnswerOf("GBP", 100000, "EUR", 119231, "1.1923114523", 0);

    protected override string SampleOfWish => AnswerOf("GBP", 100000, "EUR", 119231, "1.1923114523", 1000);

    protected override IQuoteSource Create(HttpClient http) => new RevolutQuoteSource(http, Robots());

    [Fact]
    public async Task Without_a_fee_the_answer_is_passed_on_as_told()
    {
        var quote = await OnlyOfAsync(Sample);

        Assert.Equal((1000m, 0m, 1192.31m, Provenance.Live), (quote.Paid.Amount, quote.Fee.Amount, quote.Received.Amount, quote.Provenance));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1774621862493), quote.CollectedAt);
    }

    // 990 GBP are left of 1000 after the fee of 10, and 990 × 1.1923114523 = 1180.38…
    [Fact]
    public async Task A_fee_on_top_is_taken_out_of_what_there_is_and_makes_it_an_estimate()
    {
        var quote = await OnlyOfAsync(AnswerOf("GBP", 100000, "EUR", 119231, "1.1923114523", 1000));

        Assert.Equal((1000m, 10m, 1180.38m, Provenance.Estimate), (quote.Paid.Amount, quote.Fee.Amount, quote.Received.Amount, quote.Provenance));
    }

    [Fact]
    public async Task For_a_wish_the_fee_comes_on_top_of_what_is_converted() =>
        Assert.Equal((1010m, 10m, 1192.31m), (await AskAsync(SampleOfWish, Wished)).Select(quote => (quote.Paid.Amount, quote.Fee.Amount, quote.Received.Amount)).Single());

    [Fact]
    public async Task Yen_are_told_in_hundredths_too()
    {
        var quote = await OnlyOfAsync(AnswerOf("JPY", 1000000, "USD", 6660, "0.00666", 5000), AskOf("JPY/USD", AmountSide.Send, 10000m, "JP"));

        Assert.Equal((10000m, 50m, 66.26m), (quote.Paid.Amount, quote.Fee.Amount, quote.Received.Amount));
        Assert.StartsWith("/api/exchange/quote?amount=1000000&country=JP&fromCurrency=JPY&toCurrency=USD&isRecipientAmount=false", Server.Requests[^1].Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_of_a_yen_do_not_arrive() =>
        Assert.Equal(1953m, (await OnlyOfAsync(AnswerOf("USD", 1300, "JPY", 195352, "150.2711", 0), AskOf("USD/JPY", AmountSide.Send, 13m, "US"))).Received.Amount);

    [Fact]
    public async Task It_is_asked_in_English_and_by_name_of_the_wish()
    {
        await AskAsync(SampleOfWish, Wished);
        var request = Server.Requests[^1];

        Assert.Equal("en", request.Headers["Accept-Language"]);
        Assert.Equal("/api/exchange/quote?amount=119231&country=GB&fromCurrency=GBP&toCurrency=EUR&isRecipientAmount=true", request.Address);
        Assert.DoesNotContain("Cookie", request.Headers.Keys);
    }

    [Theory]
    [InlineData("GBP/EUR", null, 1000, true)]
    [InlineData("EUR/USD", null, 1000, false)]
    [InlineData("EUR/USD", "DE", 1000, true)]
    [InlineData("KWD/USD", "KW", 1.005, false)]
    public void A_country_and_whole_hundredths_are_needed(string pair, string? country, decimal amount, bool served) =>
        Assert.Equal(served, Source().Serves(AskOf(pair, AmountSide.Send, amount, country)));

    [Theory]
    [InlineData("\"STANDARD\"", "\"PREMIUM\"")]
    [InlineData("\"to\":\"EUR\"", "\"to\":\"USD\"")]
    [InlineData("\"amount\":119231", "\"amount\":1192.31")]
    [InlineData("\"total\":{\"amount\":0,\"currency\":\"GBP\"}", "\"total\":{\"amount\":0,\"currency\":\"EUR\"}")]
    [InlineData("1774621862493", "99999999999999999")]
    public async Task An_answer_that_is_not_the_one_asked_for_is_unreadable(string member, string other) =>
        Assert.Equal(SourceFault.Unreadable, (await FaultOfAsync(Sample.Replace(member, other, StringComparison.Ordinal))).Kind);

    [Fact]
    public async Task A_fee_that_eats_up_the_amount_leaves_no_quote() => Assert.Empty(await AskAsync(AnswerOf("GBP", 100000, "EUR", 119231, "1.1923114523", 100000)));

    [Fact]
    public async Task Where_robots_are_kept_out_nothing_is_asked()
    {
        Server.Answers("/robots.txt", "User-agent: *\nDisallow: /api/", contentType: "text/plain");

        Assert.Equal(SourceFault.NotInPlan, (await FaultOfAsync(Sample)).Kind);
        Assert.Equal(["/robots.txt"], Server.Requests.Select(request => request.Address));
    }

    [Fact]
    public async Task Where_that_cannot_be_known_nothing_is_asked_for_a_while()
    {
        Server.Refuses("/robots.txt", 503);
        var fault = await FaultOfAsync(Sample);

        Assert.Equal((SourceFault.Unavailable, TimeSpan.FromMinutes(30)), (fault.Kind, fault.RetryAfter));
        Assert.Equal(["/robots.txt"], Server.Requests.Select(request => request.Address));
    }

    private static string AnswerOf(string from, long sent, string to, long received, string rate, long fee) => $$$$"""
        {"sender":{"amount":{{{{sent}}}},"currency":"{{{{from}}}}"},"recipient":{"amount":{{{{received}}}},"currency":"{{{{to}}}}"},
         "rate":{"from":"{{{{from}}}}","to":"{{{{to}}}}","rate":{{{{rate}}}},"timestamp":1774621862493},"fxTooltip":"…",
         "plans":[{"id":"STANDARD","name":"Standard","fees":{"fx":{"amount":{{{{fee}}}},"currency":"{{{{from}}}}"},"total":{"amount":{{{{fee}}}},"currency":"{{{{from}}}}"},"cost":{"amount":{{{{sent + fee}}}},"currency":"{{{{from}}}}"}}}]}
        """;
}
