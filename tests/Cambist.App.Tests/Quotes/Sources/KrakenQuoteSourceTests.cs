using Cambist.App.Quotes.Sources;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Quotes;
using Xunit;

namespace Cambist.App.Tests.Quotes.Sources;

/// <summary>Answers of a documented shape: Kraken's AssetPairs and Ticker.</summary>
public sealed class KrakenQuoteSourceTests : QuoteSourceContract
{
    private const string List = """
        {"error":[],"result":{
         "ZEURZUSD":{"altname":"EURUSD","wsname":"EUR/USD","base":"ZEUR","quote":"ZUSD","fees":[[50000,0.16],[0,0.2],[100000,0.12]],"fees_maker":[[0,0.1]],"ordermin":"0.5","status":"online"},
         "USDCHF":{"altname":"USDCHF","wsname":"USD/CHF","base":"USD","quote":"CHF","fees":[],"ordermin":"5","status":"online"},
         "EURGBP":{"altname":"EURGBP","wsname":"EUR/GBP","base":"EUR","quote":"GBP","fees":[[0,0.2]],"ordermin":"0.5","status":"cancel_only"},
         "XXBTZUSD":{"altname":"XBTUSD","wsname":"XBT/USD","status":"online"}}}
        """;

    protected override string Path => "/0/public/Ticker";

    protected override string Sample => """
        {"error":[],"result":{"ZEURZUSD":{"a":["1.08453","12000","12000.000"],"b":["1.08446","8000","8000.000"],"c":["1.08450","250.0"],"o":"1.08210"}}}
        """;

    protected override string SampleOfWish => Sample;

    protected override IQuoteSource Create(HttpClient http) => new KrakenQuoteSource(http, Clock);

    protected override void Prepare() => Server.Answers("/0/public/AssetPairs", List);

    // 1000 USD buy 1000 / 1.002 / 1.08453 EUR; the fee of 0.2 % is on top.
    [Fact]
    public async Task Who_sends_the_quote_currency_buys_at_the_ask_with_the_fee_on_top()
    {
        var quote = await OnlyOfAsync(Sample);

        Assert.Equal((FeeMode.OnTop, 2.00m, 920.21m), (quote.FeeMode, quote.Fee.Amount, quote.Received.Amount));
        Assert.Equal((Provenance.Live, PayMethod.Balance, PayMethod.Balance, Now), (quote.Provenance, quote.PayIn, quote.PayOut, quote.CollectedAt));
        Assert.Contains("lowest tier (0.2 %)", quote.Note, StringComparison.Ordinal);
        Assert.Null(quote.Delivery);
    }

    // 1000 EUR × 1.08446 = 1084.46 USD, less 0.2 % of it.
    [Fact]
    public async Task Who_sends_the_base_currency_sells_at_the_bid_and_the_fee_is_deducted()
    {
        var quote = await OnlyOfAsync(Sample, AskOf("EUR/USD", AmountSide.Send, 1000m, null));

        Assert.Equal((FeeMode.Deducted, 2.00m, 1082.29m, 1.08446m), (quote.FeeMode, quote.Fee.Amount, quote.Received.Amount, quote.ExchangeRate));
    }

    [Theory]
    [InlineData("EUR/USD", 1000)]
    [InlineData("USD/EUR", 1000)]
    [InlineData("USD/EUR", 0.51)]
    [InlineData("EUR/USD", 123456.78)]
    public async Task The_least_is_paid_for_which_the_wish_arrives(string pair, decimal amount)
    {
        var wished = await OnlyOfAsync(Sample, AskOf(pair, AmountSide.Receive, amount, null));
        var lessPaid = await AskAsync(Sample, AskOf(pair, AmountSide.Send, wished.Paid.Amount - 0.02m, null));

        Assert.InRange(wished.Received.Amount, amount, amount + 0.01m);
        Assert.All(lessPaid, quote => Assert.True(quote.Received.Amount < amount, $"{quote.Received} for {quote.Paid}"));
    }

    [Theory]
    [InlineData("USD/CHF")]
    [InlineData("EUR/GBP")]
    [InlineData("USD/JPY")]
    public async Task A_book_that_is_closed_unlisted_or_without_fees_has_no_quote(string pair) => Assert.Empty(await AskAsync(Sample, AskOf(pair, AmountSide.Send, 1000m, null)));

    [Theory]
    [InlineData("EUR/USD", 0.49)]
    [InlineData("USD/EUR", 0.50)]
    public async Task An_amount_below_the_smallest_order_has_no_quote(string pair, decimal amount) => Assert.Empty(await AskAsync(Sample, AskOf(pair, AmountSide.Send, amount, null)));

    [Fact]
    public async Task An_empty_side_of_the_book_has_no_quote() =>
        Assert.Empty(await AskAsync(Sample.Replace("[\"1.08453\",\"12000\",\"12000.000\"]", "[]", StringComparison.Ordinal)));

    [Theory]
    [InlineData("""["EGeneral:Too many requests"]""", SourceFault.Throttled)]
    [InlineData("""["EService:Throttled: 99999999999999999"]""", SourceFault.Throttled)]
    [InlineData("""["EService:Unavailable"]""", SourceFault.Unavailable)]
    [InlineData("""["EQuery:Unknown asset pair"]""", SourceFault.Refused)]
    public async Task An_error_inside_a_good_status_is_a_fault(string errors, SourceFault expected) =>
        Assert.Equal(expected, (await FaultOfAsync("{\"error\":" + errors + ",\"result\":{}}")).Kind);

    [Fact]
    public async Task A_price_of_zero_is_unreadable() =>
        Assert.Equal(SourceFault.Unreadable, (await FaultOfAsync(Sample.Replace("\"1.08453\"", "\"0\"", StringComparison.Ordinal))).Kind);

    [Fact]
    public async Task A_list_without_books_is_unreadable()
    {
        Server.Answers("/0/public/AssetPairs", """{"error":[],"result":{}}""");

        Assert.Equal(SourceFault.Unreadable, (await FaultOfAsync(Sample)).Kind);
    }

    [Fact]
    public async Task The_list_is_read_once_an_hour()
    {
        Server.Answers(Path, Sample);
        var source = Source();
        await source.AskAsync(Sent, TestContext.Current.CancellationToken);
        await source.AskAsync(Sent, TestContext.Current.CancellationToken);
        Clock.Advance(TimeSpan.FromHours(1));
        await source.AskAsync(Sent, TestContext.Current.CancellationToken);

        Assert.Equal(2, Server.Requests.Count(request => request.Address == "/0/public/AssetPairs"));
        Assert.Equal("/0/public/Ticker?pair=EURUSD", Server.Requests[^1].Address);
    }

    [Theory]
    [InlineData("EUR/USD", true)]
    [InlineData("USD/EUR", true)]
    [InlineData("GBP/JPY", false)]
    [InlineData("USD/INR", false)]
    public void Only_pairs_with_a_book_are_served(string pair, bool served) => Assert.Equal(served, Source().Serves(AskOf(pair, AmountSide.Send, 1000m, null)));
}
