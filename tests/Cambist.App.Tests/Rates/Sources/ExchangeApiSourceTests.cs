using Cambist.App.Rates.Sources;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>Files of a documented shape: the README of exchange-api.</summary>
public sealed class ExchangeApiSourceTests : HttpSourceContract
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 27, 0, 0, 0, TimeSpan.Zero);

    protected override string Path => "/npm/@fawazahmed0/currency-api@latest/v1/currencies/usd.json";

    protected override string Sample =>
        """{"date":"2026-03-27","usd":{"@CODE":@FIGURE,"gbp":0.77134211,"1inch":4.1,"btc":0.0000157,"xau":0.00033,"jpy":150.1431,"usd":1}}""";

    protected override string Figure => "0.92208123";

    protected override string Code => "eur";

    protected override IReadOnlyList<Told> Expected =>
    [
        Told.Mid("USD/EUR", 0.92208123m, Midnight), Told.Mid("USD/GBP", 0.77134211m, Midnight), Told.Mid("USD/JPY", 150.1431m, Midnight),
    ];

    protected override IRateSource Create(HttpClient http, TimeProvider clock, RateSourceOptions options) => new ExchangeApiSource(http, clock, options);

    [Theory]
    [InlineData(404, "Couldn't find the requested file")]
    [InlineData(503, "")]
    [InlineData(200, "{\"date\":")]
    public async Task The_second_address_is_asked_where_the_first_fails(int status, string body)
    {
        await using var second = await StandInServer.StartAsync();
        second.Answers("/v1/currencies/usd.json", With());
        Server.Refuses(Path, status, body);
        Options.FallbackUrl = second.Address;
        using var http = new HttpClient { BaseAddress = Server.Address };

        var sheet = await Create(http, TimeProvider.System, Options).LatestAsync(WantedPairs, TestContext.Current.CancellationToken);

        Assert.Equal(3, sheet.Rates.Count);
    }

    [Fact]
    public async Task Both_addresses_failing_is_the_second_ones_fault()
    {
        Options.FallbackUrl = StandInServer.Unreachable;

        Assert.Equal(SourceFault.Unavailable, (await FaultOfAsync("", 404)).Kind);
    }
}
