using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Tests.Forecasting;
using Xunit;

namespace Cambist.Domain.Tests.Features;

public sealed class FeatureSetTests
{
    // A week of moves by 0.1 % up and down, each hour's range that of a walk of that volatility; then an hour that rises by 0.3 % with a range of twice as much volatility.
    private static readonly double UnitRange = 0.001 * Math.Sqrt(4 * Math.Log(2));
    private static readonly VarianceTrack Small = SimulatedHours.Track(SimulatedHours.Of(
        [.. Enumerable.Range(0, 120).Select(hour => hour % 2 * 0.001), 0.004],
        [.. Enumerable.Repeat(UnitRange, 120), 2 * UnitRange]));

    // In units of 1e-6: 0.8 × (k + (1 − k) × 9) + 0.2 with k = 0.5^(1 / 120).
    private static readonly double Level = 1 + 6.4 * (1 - Math.Pow(0.5, 1 / 120.0));

    private static readonly HourlySeries Four = Walks.Walk(seed: 12, weeks: 4);

    [Fact]
    public void Returns_are_in_units_of_what_was_expected_of_their_hours()
    {
        // From 0.001, 0, 0 and 0 to 0.004.
        Assert.Equal(3 / Math.Sqrt(Level), Last("return_1"), tolerance: 1e-5);
        Assert.Equal(4 / Math.Sqrt(6 * Level), Last("return_6"), tolerance: 1e-5);
        Assert.Equal(4 / Math.Sqrt(24 * Level), Last("return_24"), tolerance: 1e-5);
        Assert.Equal(4 / Math.Sqrt(120 * Level), Last("return_120"), tolerance: 1e-5);
    }

    [Fact]
    public void Moves_are_half_the_logarithm_of_the_squared_returns_and_a_floor()
    {
        Assert.Equal(0.5 * Math.Log(9 / Level + 0.05), Last("move_1"), tolerance: 1e-5);
        Assert.Equal(0.5 * Math.Log(16 / (6 * Level) + 0.05), Last("move_6"), tolerance: 1e-5);
        Assert.Equal(0.5 * Math.Log(16 / (24 * Level) + 0.05), Last("move_24"), tolerance: 1e-5);
    }

    [Fact]
    public void Ranges_are_half_the_logarithm_of_parkinsons_variance_and_a_floor()
    {
        // Variances of 1, and of 4 in the last hour; the first hour of all has none, for nothing is before it.
        Assert.Equal(0.5 * Math.Log(4 / Level + 0.05), Last("range_1"), tolerance: 1e-5);
        Assert.Equal(0.5 * Math.Log(9 / 6.0 / Level + 0.02), Last("range_6"), tolerance: 1e-5);
        Assert.Equal(0.5 * Math.Log(27 / 24.0 / Level + 0.01), Last("range_24"), tolerance: 1e-5);
        Assert.Equal(0.5 * Math.Log(123 / 120.0 / Level + 0.01), Last("range_120"), tolerance: 1e-5);
        Assert.Equal(0.5 * Math.Log(123 / 120.0 / Level + 0.01), Last("range_480"), tolerance: 1e-5);
        Assert.Equal(4 / Level, Last("hour_variance"), tolerance: 1e-4);
    }

    [Fact]
    public void Realised_volatility_is_of_the_squares_of_hourly_returns()
    {
        Assert.Equal(0.5 * Math.Log((23 + 9) / 24.0 / Level + 0.02), Last("realised_24"), tolerance: 1e-5);
        Assert.Equal(0.5 * Math.Log((119 + 9) / 120.0 / Level + 0.02), Last("realised_120"), tolerance: 1e-5);
        Assert.Equal(-0.5 * Math.Log(Level), Last("long_run"), tolerance: 1e-5);
        Assert.Equal(0.5 * Math.Log(Level), Last("log_level"), tolerance: 1e-5);
    }

    [Fact]
    public void The_relative_strength_index_and_the_distance_from_the_average_are_textbook()
    {
        // 14 changes: seven of +1, six of −1 and one of +3: (10 − 6) / 16.
        Assert.Equal(0.25, Last("rsi_14"), tolerance: 1e-6);

        // 20 closes: ten of 1, nine of 0 and one of 4 have a mean of 0.7; from there to 4 are 3.3.
        Assert.Equal(3.3 / Math.Sqrt(20 * Level), Last("average_20"), tolerance: 1e-5);
    }

    [Fact]
    public void Where_no_major_pair_is_known_the_market_is_the_pair()
    {
        Assert.All(new[] { "1", "6", "24", "120", "480" }, hours => Assert.Equal(Last("range_" + hours), Last("market_" + hours)));
    }

    [Fact]
    public void The_market_is_the_average_of_the_majors_that_are_known()
    {
        var (one, other) = (SimulatedHours.Track(SimulatedHours.Clustered(1, 4)), SimulatedHours.Track(SimulatedHours.Clustered(2, 4).Without(i => i < FxWeek.Hours)));
        var end = one.Path.Start + one.Path.Rows;
        var pulse = MarketPulse.Of([one, other], one.Path.Start, end);
        float Range(VarianceTrack track, int back) => Column(FeatureSet.Build(track, MarketPulse.None, track.Path.Rows - back, track.Path.Rows - back + 1), "range_24");

        Assert.Equal((Range(one, 5) + Range(other, 5)) / 2, pulse.At(end - 5)[2], tolerance: 1e-6);
        Assert.Equal(Range(one, 300), pulse.At(end - 300)[2], tolerance: 1e-6); // The other has no level yet.
        Assert.True(float.IsNaN(pulse.At(one.Path.Start)[2]));
        Assert.Empty(pulse.At(end));
        Assert.Empty(pulse.At(one.Path.Start - 1));
        Assert.Equal(pulse.At(end - 5)[2], Column(FeatureSet.Build(one, pulse, one.Path.Rows - 5, one.Path.Rows - 4), "market_24"));
    }

    [Fact]
    public void Without_season_and_announcement_the_hours_to_come_are_ordinary() =>
        Assert.All(
            new[] { "season_1", "season_4", "season_12", "season_24", "announced_1", "announced_4", "announced_24", "announced_before_6" },
            name => Assert.Equal(0, Last(name), tolerance: 1e-6));

    [Fact]
    public void The_season_to_come_is_half_the_logarithm_of_the_weights_ahead()
    {
        var track = SimulatedHours.Track(SimulatedHours.Clustered(7, 20));
        var (row, end) = (18 * FxWeek.Hours + 60, track.Path.Start + 18 * FxWeek.Hours + 60);
        var table = FeatureSet.Build(track, MarketPulse.None, row, row + 1);

        Assert.Equal(0.5 * Math.Log(track.Weight(row, end, end + 4) / 4), Column(table, "season_4"), tolerance: 1e-6);
        Assert.Equal(0.5 * Math.Log(track.Weight(row, end, end + 24) / 24), Column(table, "season_24"), tolerance: 1e-6);
        Assert.True(Math.Abs(Column(table, "season_4")) > 0.1);
    }

    [Fact]
    public void Announcements_to_come_and_just_gone_are_told()
    {
        var series = SimulatedHours.Of([.. Enumerable.Range(0, 270).Select(hour => hour % 2 * 0.001)]);
        var path = HourlyPath.Of(series);
        var track = VarianceTrack.Of(path, new AnnouncedHours([7], [(path.Start + 250, 0)]));
        float At(int row, string name) => Column(FeatureSet.Build(track, MarketPulse.None, row, row + 1), name);

        // The hour before it: seven times the variance in one hour, 10 in four hours of 4, 30 in a day of 24.
        Assert.Equal((0.5 * Math.Log(7), 0.5 * Math.Log(10 / 4.0), 0.5 * Math.Log(30 / 24.0), 0.0), ((double)At(249, "announced_1"), (double)At(249, "announced_4"), (double)At(249, "announced_24"), (double)At(249, "announced_before_6")), Near);
        Assert.Equal((0.0, 0.5 * Math.Log(10 / 4.0), 0.5 * Math.Log(30 / 24.0), 0.0), ((double)At(246, "announced_1"), (double)At(246, "announced_4"), (double)At(246, "announced_24"), (double)At(246, "announced_before_6")), Near);

        // After it: 12 in six hours of 6, as long as it is one of them.
        Assert.Equal((0.0, 0.0, 0.0, 0.5 * Math.Log(2)), ((double)At(250, "announced_1"), (double)At(250, "announced_4"), (double)At(250, "announced_24"), (double)At(250, "announced_before_6")), Near);
        Assert.Equal(0.5 * Math.Log(2), At(255, "announced_before_6"), tolerance: 1e-5);
        Assert.Equal(0, At(256, "announced_before_6"), tolerance: 1e-5);
    }

    [Theory]
    [InlineData("2020-01-13T00:00Z", 2)] // 19:00 on Sunday in New York, two hours after the open.
    [InlineData("2020-01-15T15:00Z", 65)] // 10:00 on Wednesday.
    public void Cycles_are_read_off_new_yorks_clock(string instant, int hourOfWeek)
    {
        var row = At(instant);

        Assert.Equal(Math.Sin(2 * Math.PI * hourOfWeek / 24), row("day_sin"), tolerance: 1e-6);
        Assert.Equal(Math.Cos(2 * Math.PI * hourOfWeek / 24), row("day_cos"), tolerance: 1e-6);
        Assert.Equal(Math.Sin(2 * Math.PI * hourOfWeek / 120), row("week_sin"), tolerance: 1e-6);
        Assert.Equal(Math.Cos(2 * Math.PI * hourOfWeek / 120), row("week_cos"), tolerance: 1e-6);
        Assert.Equal((120 - hourOfWeek) / 120.0, row("to_close"), tolerance: 1e-6);
    }

    [Fact]
    public void At_the_weekly_close_the_week_begins_anew()
    {
        var row = At("2020-01-17T22:00Z");

        Assert.Equal((1f, 0f, 1f), (row("to_close"), row("week_sin"), row("week_cos")));
    }

    [Theory]
    [InlineData("2020-01-14T23:00Z", 0, 0, 0)] // 08:00 in Tokyo.
    [InlineData("2020-01-15T00:00Z", 1, 0, 0)]
    [InlineData("2020-01-15T08:00Z", 1, 1, 0)]
    [InlineData("2020-01-15T09:00Z", 0, 1, 0)]
    [InlineData("2020-01-15T13:00Z", 0, 1, 1)] // 08:00 in New York.
    [InlineData("2020-01-15T17:00Z", 0, 0, 1)]
    [InlineData("2020-01-15T22:00Z", 0, 0, 0)] // 17:00 in New York.
    public void Sessions_are_told_by_the_clocks_of_their_places(string instant, float tokyo, float london, float newYork)
    {
        var row = At(instant);

        Assert.Equal((tokyo, london, newYork), (row("tokyo"), row("london"), row("new_york")));
    }

    [Theory]
    [InlineData("2020-03-18T07:00Z", 0)] // Only New York has summer time: London opens at 08:00 UTC.
    [InlineData("2020-03-18T08:00Z", 1)]
    [InlineData("2020-04-15T07:00Z", 1)]
    public void London_opens_by_its_own_summer_time(string instant, float open)
    {
        var track = SimulatedHours.Track(Walks.Walk(seed: 12, weeks: 16));
        var row = track.Path.RowAt(DateTimeOffset.Parse(instant, null));

        Assert.Equal(open, Column(FeatureSet.Build(track, MarketPulse.None, row, row + 1), "london"));
    }

    [Theory]
    [InlineData("2020-01-17T20:00Z", 1)] // Friday: twelve market hours on it is Monday, Martin Luther King's day.
    [InlineData("2020-01-16T20:00Z", 0)] // Thursday: Friday.
    [InlineData("2020-01-20T20:00Z", 0)] // Monday itself: Tuesday.
    public void A_holiday_is_told_for_the_market_hours_to_come(string instant, float holiday) => Assert.Equal(holiday, At(instant)("holiday"));

    [Fact]
    public void The_days_around_new_year_are_told()
    {
        var track = SimulatedHours.Track(Walks.Walk(seed: 12, weeks: 54));
        float YearEnd(int month, int day, int year) =>
            track.Path.RowAt(new DateTimeOffset(year, month, day, 4, 0, 0, TimeSpan.Zero)) is var row ? Column(FeatureSet.Build(track, MarketPulse.None, row, row + 1), "year_end") : 0;

        Assert.Equal((0f, 1f, 1f, 0f), (YearEnd(12, 18, 2020), YearEnd(12, 21, 2020), YearEnd(12, 31, 2020), YearEnd(1, 6, 2021)));
    }

    [Fact]
    public void A_missing_hour_is_told_and_has_no_variance()
    {
        var track = SimulatedHours.Track(Four.Without(i => i == 300));
        var table = FeatureSet.Build(track, MarketPulse.None, 299, 302);
        float At(int row, string name) => table.Values(row, row + 1)[FeatureSet.Column(name)];

        Assert.Equal((0f, 1f, 0f), (At(0, "missing"), At(1, "missing"), At(2, "missing")));
        Assert.True(float.IsNaN(At(1, "hour_variance")));
        Assert.Equal(0, At(1, "return_1"));
        Assert.Equal(FeatureSet.Names.Count - 1, table.Values(1, 2).ToArray().Count(float.IsFinite));
    }

    [Fact]
    public void After_a_gap_of_more_than_a_day_all_is_known_again()
    {
        var track = SimulatedHours.Track(Four.Without(i => i is >= 260 and < 310));
        var table = FeatureSet.Build(track, MarketPulse.None, 310, 480);

        Assert.True(table.Values(0, 170).IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) < 0);
    }

    [Fact]
    public void A_cross_without_ranges_has_features_from_its_closes()
    {
        var cross = Four.Times(new HourlySeries(CurrencyPair.Parse("USD/JPY"), Four.CloseHours.ToArray(), Enumerable.Repeat(110.0, Four.Count).ToArray()));
        var track = SimulatedHours.Track(cross);
        var table = FeatureSet.Build(track, MarketPulse.None, 130, 480);

        Assert.Equal(track.Squares[200], track.HourVariances[200]);
        Assert.True(table.Values(0, 350).IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) < 0);
    }

    [Fact]
    public void A_return_beyond_eight_standard_deviations_says_no_more()
    {
        var track = SimulatedHours.Track(SimulatedHours.Of([.. Enumerable.Range(0, 120).Select(hour => hour % 2 * 0.001), 0.5]));
        var table = FeatureSet.Build(track, MarketPulse.None, 120, 121);

        Assert.Equal(8, Column(table, "return_1"));
        Assert.Equal(50, Column(table, "hour_variance"));
    }

    [Fact]
    public void Rows_that_are_not_ready_or_not_there_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureSet.Build(Small, MarketPulse.None, 119, 121));
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureSet.Build(Small, MarketPulse.None, 120, 122));
        Assert.Equal(0, FeatureSet.Build(Small, MarketPulse.None, 121, 121).Rows);
        Assert.Contains("'spread'", Assert.Throws<ArgumentException>(() => FeatureSet.Column("spread")).Message, StringComparison.Ordinal);
    }

    private static float Last(string name) => Column(FeatureSet.Build(Small, MarketPulse.None, 120, 121), name);

    private static float Column(FeatureTable table, string name) => table.Values(0, 1)[FeatureSet.Column(name)];

    private static Func<string, float> At(string instant)
    {
        var track = SimulatedHours.Track(Four);
        var row = track.Path.RowAt(DateTimeOffset.Parse(instant, null));
        var table = FeatureSet.Build(track, MarketPulse.None, row, row + 1);
        return name => Column(table, name);
    }

    private static bool Near((double, double, double, double) expected, (double, double, double, double) actual) =>
        Math.Abs(expected.Item1 - actual.Item1) < 1e-5 && Math.Abs(expected.Item2 - actual.Item2) < 1e-5 && Math.Abs(expected.Item3 - actual.Item3) < 1e-5 && Math.Abs(expected.Item4 - actual.Item4) < 1e-5;
}
