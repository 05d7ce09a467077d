using Cambist.App.Quotes.Sources;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Quotes;
using Xunit;

namespace Cambist.App.Tests.Quotes.Sources;

/// <summary>Answers of a documented shape: Coinbase's Data API, buy and sell prices.</summary>
public sealed class CoinbaseQuoteSourceTests : QuoteSourceContract
{
    private const string Bought = """{"data":{"amount":"1.0105","base":"USDC","currency":"USD"}}""";

    protected override string Path => "/v2/prices/USDC-EUR/sell";

    protected override string Sample => """{"data":{"amount":"0.9126","base":"USDC","currency":"EUR"}}""";

    protected override string SampleOfWish => Sample;

    protected override IQuoteSource Create(HttpClient http) => new CoinbaseQuoteSource(http, Clock);

    protected override void Prepare() => Server.Answers("/v2/prices/USDC-USD/buy", Bought);

    // 1000 / 1.0105 = 989.609… USDC, each sold for 0.9126 EUR.
    [Fact]
    public async Task The_way_over_the_coin_is_an_estimate_with_its_fees_in_the_rate()
    {
        var quote = await OnlyOfAsync(Sample);

        Assert.Equal((903.11m, 0m, Provenance.Estimate), (quote.Received.Amount, quote.Fee.Amount, quote.Provenance));
        Assert.Equal(0.9126m / 1.0105m, quote.ExchangeRate);
        Assert.Contains("1 %", quote.Note, StringComparison.Ordinal);
        Assert.Equal(Now, quote.CollectedAt);
    }

    [Theory]
    [InlineData("USD/EUR", true)]
    [InlineData("GBP/USD", true)]
    [InlineData("USD/JPY", false)]
    [InlineData("CHF/EUR", false)]
    public void Only_currencies_for_which_the_coin_is_sold_are_served(string pair, bool served) =>
        Assert.Equal(served, Source().Serves(AskOf(pair, AmountSide.Send, 1000m, null)));

    [Fact]
    public async Task A_currency_that_it_does_not_know_is_refused() =>
        Assert.Equal(SourceFault.Refused, (await FaultOfAsync("""{"errors":[{"id":"not_found","message":"Invalid base currency"}]}""", 404)).Kind);

    [Theory]
    [InlineData("\"currency\":\"EUR\"", "\"currency\":\"USD\"")]
    [InlineData("\"base\":\"USDC\"", "\"base\":\"USDT\"")]
    [InlineData("\"0.9126\"", "\"none\"")]
    public async Task A_price_of_something_else_is_unreadable(string member, string other) =>
        Assert.Equal(SourceFault.Unreadable, (await FaultOfAsync(Sample.Replace(member, other, StringComparison.Ordinal))).Kind);

    [Theory]
    [InlineData("""{"data":{"amount":"0","base":"USDC","currency":"USD"}}""")]
    [InlineData("""{"data":{}}""")]
    public async Task A_first_price_that_is_none_is_unreadable(string bought)
    {
        Server.Answers("/v2/prices/USDC-USD/buy", bought);

        Assert.Equal(SourceFault.Unreadable, (await FaultOfAsync(Sample)).Kind);
    }

    [Fact]
    public async Task A_minor_unit_that_brings_nothing_has_no_quote() => Assert.Empty(await AskAsync(Sample, AskOf("USD/EUR", AmountSide.Send, 0.01m, null)));
}
