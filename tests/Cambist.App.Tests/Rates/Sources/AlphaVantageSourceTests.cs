using Cambist.App.Rates.Sources;
using Xunit;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>Answers of a documented shape: Alpha Vantage's documentation of CURRENCY_EXCHANGE_RATE, and the texts of its failures as users report them.</summary>
public sealed class AlphaVantageSourceTests : HttpSourceContract
{
    private static readonly DateTimeOffset Refreshed = new(2026, 3, 27, 14, 31, 2, TimeSpan.Zero);

    protected override string Path => "/query";

    protected override string ApiKey => Secret;

    protected override IReadOnlyList<string> Wanted => ["EUR/USD"];

    protected override string Sample => """
        { "Realtime Currency Exchange Rate": {
            "1. From_Currency Code": "EUR", "2. From_Currency Name": "Euro",
            "3. To_Currency Code": "@CODE", "4. To_Currency Name": "United States Dollar",
            "5. Exchange Rate": @FIGURE, "6. Last Refreshed": "2026-03-27 14:31:02",
            "7. Time Zone": "UTC", "8. Bid Price": "-", "9. Ask Price": "-" } }
        """;

    protected override string Figure => "\"1.08450000\"";

    protected override IReadOnlyList<Told> Expected => [Told.Mid("EUR/USD", 1.0845m, Refreshed)];

    protected override IRateSource Create(HttpClient http, TimeProvider clock, RateSourceOptions options) => new AlphaVantageSource(http, clock, options);

    [Fact]
    public async Task One_pair_is_asked_with_the_key()
    {
        await LookAsync(With());

        Assert.Equal($"/query?function=CURRENCY_EXCHANGE_RATE&from_currency=EUR&to_currency=USD&apikey={Uri.EscapeDataString(Secret)}", Server.Requests.Single().Address);
    }

    [Fact]
    public async Task Bid_and_ask_are_taken_where_both_are_told()
    {
        var rate = (await LookAsync(With().Replace("\"-\", \"9. Ask Price\": \"-\"", "\"1.08446000\", \"9. Ask Price\": \"1.08453000\"", StringComparison.Ordinal))).Rates.Single();

        Assert.Equal((1.08446m, 1.08453m, true), (rate.Bid, rate.Ask, rate.SpreadKnown));
    }

    [Theory]
    [InlineData("\"8. Bid Price\": \"1.08446000\"")]
    [InlineData("\"8. Bid Price\": \"1.08446000\", \"9. Ask Price\": null")]
    [InlineData("\"9. Ask Price\": \"1.08453000\"")]
    public async Task A_side_alone_says_nothing(string sides)
    {
        var rate = (await LookAsync(With().Replace("\"8. Bid Price\": \"-\", \"9. Ask Price\": \"-\"", sides, StringComparison.Ordinal))).Rates.Single();

        Assert.Equal((1.0845m, false), (rate.Bid, rate.SpreadKnown));
    }

    [Theory]
    [InlineData("US/Eastern", 18)]
    [InlineData("Asia/Tokyo", 5)]
    public async Task The_zone_that_the_answer_names_counts(string zone, int utcHour)
    {
        var rate = (await LookAsync(With().Replace("\"UTC\"", $"\"{zone}\"", StringComparison.Ordinal))).Rates.Single();

        Assert.Equal(new DateTimeOffset(2026, 3, 27, utcHour, 31, 2, TimeSpan.Zero), rate.EffectiveAt);
    }

    [Fact]
    public async Task An_unknown_zone_is_unreadable() =>
        Assert.Equal(SourceFault.Unreadable, (await FaultOfAsync(With().Replace("\"UTC\"", "\"Moon/Sea\"", StringComparison.Ordinal))).Kind);

    [Theory]
    [InlineData("Error Message", "Invalid API call. Please retry or visit the documentation (https://www.alphavantage.co/documentation/) for CURRENCY_EXCHANGE_RATE.", SourceFault.Refused)]
    [InlineData("Error Message", "the parameter apikey is invalid or missing. Please claim your free API key.", SourceFault.KeyRefused)]
    [InlineData("Note", "Thank you for using Alpha Vantage! Our standard API call frequency is 5 calls per minute and 500 calls per day.", SourceFault.Throttled)]
    [InlineData("Information", "Thank you for using Alpha Vantage! Please consider spreading out your free API requests more sparingly (1 request per second). You may subscribe to any of the premium plans to lift the free key rate limit (25 requests per day).", SourceFault.Throttled)]
    [InlineData("Information", "We have detected your API key as k3y+S3cret/7Qx9 and our standard API rate limit is 25 requests per day. Please subscribe to any of the premium plans.", SourceFault.QuotaSpent)]
    [InlineData("Information", "Thank you for using Alpha Vantage! This is a premium endpoint. You may subscribe to any of the premium plans.", SourceFault.NotInPlan)]
    [InlineData("Information", "The **demo** API key is for demo purposes only. Please claim your free API key.", SourceFault.KeyRefused)]
    [InlineData("Something New", "Words that nobody has seen yet.", SourceFault.Throttled)]
    public async Task Absent_data_is_a_fault_whatever_the_member_is_called(string member, string words, SourceFault expected)
    {
        var fault = await FaultOfAsync($$"""{ "{{member}}": "{{words}}" }""");

        Assert.Equal(expected, fault.Kind);
        Assert.StartsWith("It has no data: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_beside_the_data_do_not_spoil_it()
    {
        var sheet = await LookAsync(With().Replace("{ \"Realtime", "{ \"Information\": \"This endpoint will change. 25 requests per day\", \"Realtime", StringComparison.Ordinal));

        Assert.Single(sheet.Rates);
    }
}
