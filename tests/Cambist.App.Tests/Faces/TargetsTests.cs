using System.Globalization;
using Cambist.Client;
using Xunit;

namespace Cambist.App.Tests.Faces;

/// <summary>The chance of a target, over the API.</summary>
[Collection(ReplayedMarketTests.Name)]
public sealed class TargetsTests(ReplayedMarket market)
{
    private HttpClient Http => market.Http;

    [Fact]
    public async Task It_tells_the_chance_with_everything_that_it_rests_on()
    {
        var spot = await SpotAsync();

        var told = (await Http.Get(Address(spot * 1.01m, "2026-03-20T12:00:00Z"))).Json();

        Shape.AssertOf(
            told,
            ("pair", Shape.Text),
            ("target", Shape.Rate),
            ("by", Shape.Time),
            ("side", Shape.OneOf("at_or_above")),
            ("spot", Shape.Rate),
            ("probability", Shape.Number),
            ("horizon_hours", Shape.Number),
            ("market_hours", Shape.Number),
            ("model", WireShapes.Model),
            ("as_of", Shape.Time),
            ("simulated", Shape.Flag));
        Assert.InRange(told.GetProperty("probability").GetDouble(), 0.01, 0.6);
        Assert.Equal((48, 48), (told.GetProperty("horizon_hours").GetDouble(), told.GetProperty("market_hours").GetDouble()));
    }

    [Fact]
    public async Task A_nearer_target_and_a_later_deadline_are_likelier_and_the_present_rate_is_certain()
    {
        var spot = await SpotAsync();

        var chances = new List<double>();
        foreach (var (target, by) in new[] { (1.02m, "2026-03-20"), (1.01m, "2026-03-20"), (1.01m, "2026-04-20"), (0.99m, "2026-04-20"), (1.001m, "2026-04-20"), (1m, "2026-04-20") })
        {
            chances.Add((await Http.Get(Address(spot * target, by))).Json().GetProperty("probability").GetDouble());
        }

        Assert.Equal([0, 1, 2, 4, 5], Enumerable.Range(0, 6).Where(i => i != 3).OrderBy(i => chances[i]));
        Assert.Equal(chances[2], chances[3], 0.02);
        Assert.Equal(1, chances[5]);
    }

    [Fact]
    public async Task A_date_ends_in_the_zone_that_was_named()
    {
        var client = new CambistClient(Http);
        var zoned = (await Http.Get("/api/v1/targets/probability?pair=EUR/USD&target=2&by=2026-03-20&time_zone=America/New_York")).Json();

        // Midnight after the 20th in New York's summer time is four hours later in UTC.
        Assert.Equal("2026-03-21T04:00:00Z", zoned.GetProperty("by").GetString());
        var typed = await client.TargetProbabilityAsync("EUR/USD", 2m, new DateTimeOffset(2026, 3, 21, 4, 0, 0, TimeSpan.Zero), TestContext.Current.CancellationToken);
        Assert.Equal(zoned.GetProperty("probability").GetDouble(), typed.Probability);
    }

    private async Task<decimal> SpotAsync() =>
        decimal.Parse((await Http.Get("/api/v1/forecasts/EUR/USD")).Json().GetProperty("spot").GetString()!, CultureInfo.InvariantCulture);

    private static string Address(decimal target, string by) => string.Create(CultureInfo.InvariantCulture, $"/api/v1/targets/probability?pair=EUR/USD&target={target:0.########}&by={by}");
}
