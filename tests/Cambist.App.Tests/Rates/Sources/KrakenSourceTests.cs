using Cambist.App.Rates.Sources;
using Xunit;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>Answers of a documented shape: Kraken's REST documentation of Ticker and AssetPairs.</summary>
public sealed class KrakenSourceTests : HttpSourceContract
{
    protected override string Path => "/0/public/Ticker";

    protected override string Sample => """
        {"error":[],"result":{"ZEURZ@CODE":{"a":[@FIGURE,"12000","12000.000"],"b":[@FIGURE,"8000","8000.000"],"c":["1.08450","250.00000000"],
         "v":["1204000.1","5120330.7"],"p":["1.08431","1.08390"],"t":[1203,5210],"l":["1.08201","1.08120"],"h":["1.08520","1.08533"],"o":"1.08210"},
         "EURGBP":{"a":["0.83660","100","100.000"],"b":["0.83645","50","50.000"],"c":["0.83650","2.0"]},
         "ZUSDZJPY":{"a":["150.160","5","5.000"],"b":["150.144","7","7.000"],"c":["150.150","2.0"]}}}
        """;

    protected override string Figure => "\"1.08450\"";

    protected override IReadOnlyList<Told> Expected =>
    [
        Told.TwoSided("EUR/USD", 1.0845m, 1.0845m, Now),
        Told.TwoSided("EUR/GBP", 0.83645m, 0.8366m, Now),
        Told.TwoSided("USD/JPY", 150.144m, 150.16m, Now),
    ];

    protected override IRateSource Create(HttpClient http, TimeProvider clock, RateSourceOptions options) => new KrakenSource(http, clock);

    [Theory]
    [InlineData("""["EGeneral:Too many requests"]""", SourceFault.Throttled)]
    [InlineData("""["EAPI:Rate limit exceeded"]""", SourceFault.Throttled)]
    [InlineData("""["EService:Unavailable"]""", SourceFault.Unavailable)]
    [InlineData("""["EService:Busy"]""", SourceFault.Unavailable)]
    [InlineData("""["EGeneral:Internal error"]""", SourceFault.Unavailable)]
    [InlineData("""["EQuery:Unknown asset pair"]""", SourceFault.Refused)]
    [InlineData("""["EGeneral:Invalid arguments"]""", SourceFault.Refused)]
    public async Task An_error_inside_a_good_status_is_a_fault(string errors, SourceFault expected) =>
        Assert.Equal(expected, (await FaultOfAsync("{\"error\":" + errors + ",\"result\":{}}")).Kind);

    [Fact]
    public async Task The_instant_until_which_it_is_throttled_is_told()
    {
        var fault = await FaultOfAsync($$"""{ "error": ["EService:Throttled: {{Now.AddSeconds(75).ToUnixTimeSeconds()}}"] }""");

        Assert.Equal((SourceFault.Throttled, TimeSpan.FromSeconds(75)), (fault.Kind, fault.RetryAfter));
    }

    [Fact]
    public async Task Todays_list_of_pairs_is_what_is_asked()
    {
        Server.Answers("/0/public/AssetPairs", """
            {"error":[],"result":{"ZEURZUSD":{"altname":"EURUSD","wsname":"EUR/USD","base":"ZEUR","quote":"ZUSD","status":"online"},
             "GBP/JPY":{"altname":"GBPJPY","wsname":"GBP/JPY","status":"online"},"EURCHF":{"altname":"EURCHF","wsname":"EUR/CHF","status":"cancel_only"},
             "XXBTZUSD":{"altname":"XBTUSD","wsname":"XBT/USD","status":"online"},"MNTUSD":{"altname":"MNTUSD","wsname":"MNT/USD","status":"online"}}}
            """);

        await LookTwiceAsync();

        Assert.Equal(["/0/public/AssetPairs", "/0/public/Ticker?pair=EURUSD,GBPJPY"], Server.Requests.Skip(1).Select(request => request.Address));
    }

    [Theory]
    [InlineData("""{"error":["EService:Unavailable"]}""")]
    [InlineData("""{"error":[],"result":{}}""")]
    [InlineData("[]")]
    [InlineData("<html>")]
    public async Task Without_todays_list_the_documented_one_is_asked(string list)
    {
        Server.Answers("/0/public/AssetPairs", list);

        await LookTwiceAsync();

        Assert.Equal("/0/public/AssetPairs", Server.Requests[1].Address);
        Assert.Equal(
            "/0/public/Ticker?pair=EURUSD,GBPUSD,USDCAD,USDJPY,USDCHF,AUDUSD,AUDJPY,EURAUD,EURCAD,EURCHF,EURGBP,EURJPY", Server.Requests[^1].Address);
    }

    [Fact]
    public async Task An_empty_side_of_a_book_is_unreadable()
    {
        var sheet = await LookAsync("""{"error":[],"result":{"ZEURZUSD":{"a":[],"b":["1.08446","1","1"]}}}""");

        Assert.Empty(sheet.Rates);
        Assert.Equal("EUR/USD", Assert.Single(sheet.Unreadable).Pair.ToString());
    }

    // The first look goes without a list.
    private async Task LookTwiceAsync()
    {
        Server.Answers(Path, With());
        using var http = new HttpClient { BaseAddress = Server.Address };
        var source = new KrakenSource(http, TimeProvider.System);
        await source.LatestAsync(WantedPairs, TestContext.Current.CancellationToken);
        await source.LatestAsync(WantedPairs, TestContext.Current.CancellationToken);
    }
}
