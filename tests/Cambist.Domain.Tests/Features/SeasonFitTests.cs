using Cambist.Domain.Calendars;
using Cambist.Domain.Features;
using Cambist.Domain.Tests.Forecasting;
using Xunit;

namespace Cambist.Domain.Tests.Features;

public sealed class SeasonFitTests
{
    private static readonly WeekClocks Winter = ClocksOn(2020, 1, 8);
    private static readonly WeekClocks Summer = ClocksOn(2020, 7, 8);

    // New York changed on 8 March, London on 29 March.
    private static readonly WeekClocks Between = ClocksOn(2020, 3, 18);

    [Fact]
    public void Clocks_stand_to_new_yorks_as_summer_times_have_it()
    {
        // 20:00 in New York on Sunday, hour 3 of the week, is 01:00 UTC in winter and 00:00 UTC in summer: 10:00 and 09:00 in Tokyo.
        Assert.Equal(Winter.Hour(MarketPlace.Tokyo, 3), Summer.Hour(MarketPlace.Tokyo, 4));
        Assert.Equal(Between.Hour(MarketPlace.Tokyo, 3), Summer.Hour(MarketPlace.Tokyo, 3));

        // London is five hours ahead of New York, and four where only New York has summer time.
        Assert.Equal(Winter.Hour(MarketPlace.London, 12), Summer.Hour(MarketPlace.London, 12));
        Assert.Equal(Winter.Hour(MarketPlace.London, 12), Between.Hour(MarketPlace.London, 13));
        Assert.All(new[] { Winter, Summer, Between }, clocks => Assert.Equal(12, clocks.Hour(MarketPlace.NewYork, 12)));
    }

    [Theory]
    [InlineData(0, MarketPlace.NewYork)] // 17:00 in New York.
    [InlineData(1, MarketPlace.Tokyo)]
    [InlineData(7, MarketPlace.Tokyo)] // 05:00 in London.
    [InlineData(8, MarketPlace.London)]
    [InlineData(14, MarketPlace.London)] // 07:00 in New York.
    [InlineData(15, MarketPlace.NewYork)]
    public void An_hour_belongs_to_the_place_at_work(int hourOfWeek, object place)
    {
        Assert.Equal((MarketPlace)place, Winter.AtWork(hourOfWeek));
        Assert.Equal((MarketPlace)place, Winter.AtWork(hourOfWeek + 96));
    }

    [Fact]
    public void In_the_weeks_between_the_changes_london_begins_an_hour_later_by_new_yorks_clock()
    {
        Assert.Equal(MarketPlace.Tokyo, Between.AtWork(8));
        Assert.Equal(MarketPlace.London, Between.AtWork(9));
    }

    [Fact]
    public void A_known_shape_is_recovered()
    {
        var random = new Random(2);
        var fit = new SeasonFit();
        for (var week = 0; week < SeasonFit.Weeks; week++)
        {
            for (var hour = 0; hour < FxWeek.Hours; hour++)
            {
                var step = 0.001 * Math.Sqrt(Planted(hour)) * Walks.Normal(random);
                fit.Add(Summer, hour, step, double.NaN, 1);
            }
        }

        var season = fit.Fit(Summer, []);
        var average = Enumerable.Range(0, FxWeek.Hours).Average(Planted);
        Assert.Equal(FxWeek.Hours * SeasonFit.Weeks, fit.Count);
        Assert.Equal(120, season.Between(240, 360), tolerance: 1e-9); // The weights of a week average to 1.
        Assert.All(Enumerable.Range(0, FxWeek.Hours), hour => Assert.InRange(season[hour] / (Planted(hour) / average), 0.6, 1.6));
        Assert.InRange(Enumerable.Range(0, FxWeek.Hours).Average(hour => Math.Abs(Math.Log(season[hour] / (Planted(hour) / average)))), 0, 0.12);
        Assert.InRange(season.LongRun / (1e-6 * average), 0.95, 1.05);
    }

    [Fact]
    public void A_whole_path_is_what_its_hours_add_up_to()
    {
        var walk = Walks.Walk(seed: 3, weeks: 20, weightOfHour: Planted);
        var path = HourlyPath.Of(Walks.Of(walk.Bars().Where((_, i) => i % 50 != 7)));
        var season = SeasonFit.Of(path).Fit(Summer, []);

        Assert.Equal(path.Rows - 1 - 2 * 48, SeasonFit.Of(path).Count); // An hour that is missing takes two returns with it.
        Assert.InRange(season[12] / season[1], 4, 10); // 2 / 0.3 is planted.
    }

    [Fact]
    public void A_hand_computed_week_is_shrunk_towards_its_hour_of_the_day()
    {
        // All hours moved by 1 but hour 20, which moved by 25: the day's mean is (25 + 4 + 10 × overall) / 15 with overall = (119 + 25) / 120 = 1.2, so 41 / 15; the hour's
        // (25 + 10 × 41 / 15) / 11 = 4.7576. Its neighbours of another day: (1 + 10 × 41 / 15) / 11 = 2.5758. Other hours of the day: (5 + 12) / 15 = 17 / 15, and (1 + 170 / 15) / 11 = 1.1212.
        var fit = new SeasonFit();
        for (var hour = 0; hour < FxWeek.Hours; hour++)
        {
            fit.Add(Summer, hour, hour == 20 ? -0.025 : 0.001, double.NaN, 1);
        }

        var season = fit.Fit(Summer, []);

        Assert.Equal(Math.Pow(4.7576 / 1.1212, 2), season[20] / season[21], tolerance: 1e-3);
        Assert.Equal(Math.Pow(2.5758 / 1.1212, 2), season[44] / season[45], tolerance: 1e-3);
    }

    [Fact]
    public void The_opening_of_tokyo_is_told_by_tokyos_clock()
    {
        // Tokyo opens at 09:00, which is hour 2 of New York's week in winter (19:00) and hour 3 in summer (20:00).
        var fit = new SeasonFit();
        foreach (var (clocks, opening) in new[] { (Winter, 2), (Summer, 3) })
        {
            for (var i = 0; i < 10 * FxWeek.Hours; i++)
            {
                var hour = i % FxWeek.Hours;
                fit.Add(clocks, hour, hour % 24 == opening ? 0.004 : 0.001, double.NaN, 1);
            }
        }

        var (winter, summer) = (fit.Fit(Winter, []), fit.Fit(Summer, []));

        Assert.InRange(winter[26] / winter[27], 12, 17); // 4² = 16, shrunk a little.
        Assert.InRange(summer[27] / summer[26], 12, 17);
        Assert.Equal(winter[50], summer[51], tolerance: 0.02);
    }

    [Fact]
    public void What_has_left_the_window_leaves_no_trace()
    {
        var (window, fresh) = (new SeasonFit(), new SeasonFit());
        Fill(window, seed: 1, sign: 1);
        Fill(window, seed: 2, sign: 1);
        Fill(window, seed: 1, sign: -1);
        Fill(fresh, seed: 2, sign: 1);

        var (moved, direct) = (window.Fit(Winter, []), fresh.Fit(Winter, []));

        Assert.Equal(fresh.Count, window.Count);
        Assert.Equal(direct.LongRun, moved.LongRun);
        Assert.All(Enumerable.Range(0, FxWeek.Hours), hour => Assert.Equal((direct[hour], direct.Range(hour)), (moved[hour], moved.Range(hour))));
    }

    [Fact]
    public void Ranges_have_a_season_of_their_own_where_they_are_known()
    {
        var fit = new SeasonFit();
        for (var hour = 0; hour < FxWeek.Hours; hour++)
        {
            fit.Add(Summer, hour, 0.001, hour % 24 == 0 ? 0.006 : 0.002, 1);
        }

        var season = fit.Fit(Summer, []);

        Assert.Equal(season[0], season[1], tolerance: 1e-9);
        Assert.InRange(season.Range(24) / season.Range(25), 2, 9);
    }

    [Fact]
    public void Without_a_move_all_hours_are_alike_and_the_long_run_is_not_known()
    {
        var fit = new SeasonFit();
        fit.Add(Winter, 5, 0, 0, 1);
        var season = fit.Fit(Winter, []);

        Assert.Equal(7, season.Between(11, 18), tolerance: 1e-12);
        Assert.True(double.IsNaN(season.LongRun));
    }

    [Fact]
    public void Parts_of_hours_add_up()
    {
        var fit = new SeasonFit();
        Fill(fit, seed: 4, sign: 1);
        var season = fit.Fit(Winter, []);

        Assert.Equal(season.Between(119, 125), season.Between(119.0, 125.0), tolerance: 1e-12);
        Assert.Equal(season.Between(119.5, 121.75), season.Between(119.5, 120) + season.Between(120, 121.75), tolerance: 1e-12);
        Assert.Equal(season[40] / 4, season.Between(40.5, 40.75), tolerance: 1e-12);
    }

    private static void Fill(SeasonFit fit, int seed, int sign)
    {
        var random = new Random(seed);
        for (var hour = 0; hour < FxWeek.Hours; hour++)
        {
            fit.Add(seed == 1 ? Summer : Winter, hour, 0.001 * Walks.Normal(random), 0.002 * random.NextDouble(), sign);
        }
    }

    private static WeekClocks ClocksOn(int year, int month, int day) =>
        WeekClocks.Of(MarketClock.WeekOf((int)FxWeek.MarketHours(new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero))));

    private static double Planted(int hourOfWeek) => (hourOfWeek % 24) switch { < 4 => 0.3, >= 10 and < 19 => 2, _ => 0.8 };
}
