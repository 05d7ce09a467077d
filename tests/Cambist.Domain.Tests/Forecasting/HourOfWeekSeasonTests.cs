using Cambist.Domain.Calendars;
using Cambist.Domain.Forecasting.Baselines;
using Xunit;

namespace Cambist.Domain.Tests.Forecasting;

public sealed class HourOfWeekSeasonTests
{
    [Fact]
    public void A_planted_shape_of_the_week_is_recovered()
    {
        var season = HourOfWeekSeason.Fit(MarketPath.Of(Walks.Walk(seed: 2, weeks: 104, degreesOfFreedom: 8, Planted)).HourlyReturns());

        var average = Enumerable.Range(0, FxWeek.Hours).Average(Planted);
        Assert.All(Enumerable.Range(0, FxWeek.Hours), hour =>
            Assert.InRange(season.Between(hour, hour + 1) / (Planted(hour) / average), 0.6, 1.6));
        var error = Enumerable.Range(0, FxWeek.Hours).Average(hour => Math.Abs(Math.Log(season.Between(hour, hour + 1) / (Planted(hour) / average))));
        Assert.True(error < 0.15, $"Expected a mean error below 15 %, was {error:0.0 %}.");
    }

    [Fact]
    public void Weights_average_to_one_and_add_up_over_weeks_and_parts_of_hours()
    {
        var season = HourOfWeekSeason.Fit(MarketPath.Of(Walks.Walk(seed: 3, weeks: 20, weightOfHour: Planted)).HourlyReturns());

        Assert.Equal(FxWeek.Hours, season.Between(0, FxWeek.Hours), tolerance: 1e-9);
        Assert.Equal(3 * FxWeek.Hours, season.Between(37.25, 37.25 + 3 * FxWeek.Hours), tolerance: 1e-9);
        Assert.Equal(season.Between(119.5, 121.75), season.Between(119.5, 120) + season.Between(0, 1.75), tolerance: 1e-9);
        Assert.Equal(season.Between(40, 41) / 4, season.Between(40.5, 40.75), tolerance: 1e-9);
    }

    [Fact]
    public void Without_returns_every_hour_weighs_the_same() =>
        Assert.Equal(7, HourOfWeekSeason.Fit([]).Between(11, 18), tolerance: 1e-12);

    // Busy from London's morning to New York's noon, quiet after New York's close, and one hour of one day (non-farm payrolls) of its own. Hour 0 is Sunday 17:00 New York.
    private static double Planted(int hourOfWeek) => hourOfWeek == 111 ? 9 : (hourOfWeek % 24) switch
    {
        < 4 => 0.3,
        >= 10 and < 19 => 2,
        _ => 0.8,
    };
}
