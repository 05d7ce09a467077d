using Cambist.App.Rates.Sources;
using Xunit;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>Answers of a documented shape: Twelve Data's OpenAPI description of exchange_rate, for several symbols.</summary>
public sealed class TwelveDataSourceTests : HttpSourceContract
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1_774_621_860);

    protected override string Path => "/exchange_rate";

    protected override string ApiKey => Secret;

    protected override string Sample => """
        {"EUR/USD":{"symbol":"EUR/@CODE","rate":@FIGURE,"timestamp":1774621860},"EUR/GBP":{"symbol":"EUR/GBP","rate":0.83652,"timestamp":1774621860},
         "USD/JPY":{"code":404,"message":"**symbol** not found: USD/JPY.","status":"error"}}
        """;

    protected override string Figure => "1.08451";

    protected override IReadOnlyList<Told> Expected => [Told.Mid("EUR/USD", 1.08451m, At), Told.Mid("EUR/GBP", 0.83652m, At)];

    protected override IRateSource Create(HttpClient http, TimeProvider clock, RateSourceOptions options) => new TwelveDataSource(http, clock, options);

    [Fact]
    public async Task The_key_is_no_part_of_the_address()
    {
        await LookAsync(With());

        Assert.Equal("/exchange_rate?symbol=EUR/USD,EUR/GBP,USD/JPY&timezone=UTC", Server.Requests.Single().Address);
        Assert.Equal($"apikey {Secret}", Server.Requests.Single().Authorization);
    }

    [Fact]
    public async Task One_symbol_is_told_by_itself()
    {
        var rate = (await LookAsync("""{"symbol":"EUR/USD","rate":1.08451,"timestamp":1774621860}""")).Rates.Single();

        Assert.Equal(("EUR/USD", 1.08451m, At), (rate.Pair.ToString(), rate.Bid, rate.EffectiveAt));
    }

    [Theory]
    [InlineData(400, "**symbol** is invalid", SourceFault.Refused)]
    [InlineData(401, "**apikey** k3y+S3cret/7Qx9 is incorrect", SourceFault.KeyRefused)]
    [InlineData(403, "This symbol is available starting with Pro", SourceFault.NotInPlan)]
    [InlineData(404, "**symbol** not found", SourceFault.Refused)]
    [InlineData(414, "Parameter is too long", SourceFault.Refused)]
    [InlineData(429, "You have run out of API credits for the current minute. 9 API credits were used, with the current limit being 8.", SourceFault.Throttled)]
    [InlineData(429, "You have run out of API credits for the day. 801 API credits were used, with the current limit being 800.", SourceFault.QuotaSpent)]
    [InlineData(500, "Internal server error", SourceFault.Unavailable)]
    public async Task An_error_is_what_its_code_says_whatever_the_status(int code, string message, SourceFault expected)
    {
        var body = $$"""{"code":{{code}},"message":"{{message}}","status":"error"}""";

        Assert.Equal(expected, (await FaultOfAsync(body)).Kind);
        Assert.Equal(expected, (await FaultOfAsync(body, code)).Kind);
        Assert.Equal(expected, (await FaultOfAsync("{\"EUR/USD\":" + body + ",\"EUR/GBP\":" + body + "}")).Kind);
    }
}
