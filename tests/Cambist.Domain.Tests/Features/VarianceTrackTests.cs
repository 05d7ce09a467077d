using Cambist.Domain.Calendars;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting;
using Xunit;

namespace Cambist.Domain.Tests.Features;

public sealed class VarianceTrackTests
{
    // Of the weight of an hour in the average, with a half-life of 120.
    private static readonly double Keep = Math.Pow(0.5, 1 / 120.0);

    private static readonly HourlySeries History = SimulatedHours.Clustered(5, 30);

    /// <summary>A week of moves by 0.1 % up and down has a level of 1e-6, and no season.</summary>
    private static double[] EvenWeek => [.. Enumerable.Range(0, 120).Select(hour => hour % 2 * 0.001)];

    [Fact]
    public void The_level_begins_at_the_average_square_of_the_weeks_before()
    {
        var track = SimulatedHours.Track(SimulatedHours.Of([.. EvenWeek, 0]));

        Assert.Equal(120, track.FirstReady);
        Assert.True(double.IsNaN(track.Levels[119]));
        Assert.Equal(1e-6, track.Levels[120], tolerance: 1e-12);
        Assert.Equal(1e-6, track.LongRun(120), tolerance: 1e-12);
    }

    [Fact]
    public void Each_return_moves_the_average_and_a_fifth_of_the_level_is_the_long_run()
    {
        var track = SimulatedHours.Track(SimulatedHours.Of([.. EvenWeek, 0.004]));

        // 0.8 × (k × 1e-6 + (1 − k) × 9e-6) + 0.2 × 1e-6, for the return of 0.3 %.
        Assert.Equal(0.8 * (Keep * 1e-6 + (1 - Keep) * 9e-6) + 0.2e-6, track.Levels[120], tolerance: 1e-13);
        Assert.Equal(9e-6, track.Squares[120], tolerance: 1e-11);
    }

    [Fact]
    public void A_return_over_missing_hours_counts_with_the_hours_that_it_spans()
    {
        // 60 hours without a bar, of which none is at a weekend; then a move as large as they let expect: sqrt(60) × 0.1 %.
        var bars = SimulatedHours.Of([.. EvenWeek, .. Enumerable.Repeat(0.001, 60), 0.001 + 0.001 * Math.Sqrt(61)]);
        var track = SimulatedHours.Track(bars.Without(i => i is >= 120 and < 180));

        Assert.Equal(1e-6, track.Levels[150], tolerance: 1e-12);
        Assert.True(float.IsNaN(track.Squares[150]) && float.IsNaN(track.HourVariances[150]));
        Assert.Equal(1e-6, track.Levels[180], tolerance: 1e-12);
        Assert.Equal(1e-6, track.HourVariances[180], tolerance: 1e-12);
    }

    [Fact]
    public void An_hour_with_a_range_has_parkinsons_variance()
    {
        double[] ranges = [.. Enumerable.Repeat(0.002, 120), 0.003];
        var track = SimulatedHours.Track(SimulatedHours.Of([.. EvenWeek, 0], ranges));

        Assert.Equal(9e-6 / (4 * Math.Log(2)), track.HourVariances[120], tolerance: 1e-11);
    }

    [Fact]
    public void An_absurd_range_counts_as_two_hundred_times_what_was_expected()
    {
        double[] ranges = [.. Enumerable.Repeat(0.002, 120), 3];
        var track = SimulatedHours.Track(SimulatedHours.Of([.. EvenWeek, 0], ranges));

        Assert.Equal(200 * track.Levels[120], track.HourVariances[120], tolerance: 1e-9);
    }

    [Fact]
    public void A_week_of_bars_is_enough_and_one_less_is_not()
    {
        Assert.Equal(119, VarianceTrack.LeastReturns);
        Assert.Equal(120, SimulatedHours.Track(SimulatedHours.Of([.. EvenWeek, 0])).FirstReady);
        var late = SimulatedHours.Track(SimulatedHours.Of([.. EvenWeek, .. EvenWeek, 0]).Without(i => i == 0));
        Assert.Equal(239, late.FirstReady); // Row 0 is the second hour of the week: the week after has a level, 239 rows on.
    }

    [Fact]
    public void A_rate_that_never_moved_has_no_level()
    {
        var track = SimulatedHours.Track(SimulatedHours.Of([.. Enumerable.Repeat(0.1, 1000)]));

        Assert.Equal(track.Path.Rows, track.FirstReady);
        Assert.True(track.Levels.IndexOfAnyExcept(double.NaN) < 0);
    }

    [Fact]
    public void After_two_years_without_a_bar_the_level_is_measured_anew()
    {
        var holed = SimulatedHours.Clustered(6, 120).Without(i => i >= 10 * FxWeek.Hours && i < 116 * FxWeek.Hours);
        var track = SimulatedHours.Track(holed);

        Assert.Equal(FxWeek.Hours, track.FirstReady);
        Assert.True(double.IsFinite(track.Levels[113 * FxWeek.Hours]));
        Assert.True(double.IsNaN(track.Levels[116 * FxWeek.Hours - 1])); // 106 weeks after the last bar.
        Assert.True(double.IsNaN(track.Levels[117 * FxWeek.Hours - 1])); // The first week is not over.
        Assert.Equal(track.LongRun(117 * FxWeek.Hours), track.Levels[117 * FxWeek.Hours], tolerance: 0.05 * track.LongRun(117 * FxWeek.Hours));
    }

    [Fact]
    public void A_level_says_nothing_of_later_bars()
    {
        var (whole, until) = (SimulatedHours.Track(History), SimulatedHours.Track(History.Until(SimulatedHours.Start.AddDays(100).AddHours(7))));

        Assert.Equal(until.Levels.ToArray(), whole.Levels[..until.Path.Rows].ToArray());
        Assert.Equal(until.HourVariances.ToArray(), whole.HourVariances[..until.Path.Rows].ToArray());
    }

    [Fact]
    public void Variances_by_row_by_hour_and_by_outlook_are_the_same()
    {
        var last = HourlyPath.Of(History).Start + History.Count - 50;
        var track = SimulatedHours.Track(History, new AnnouncedHours([4, 9], [(last + 3, 0), (last + 20, 1), (last - 500, 1), (last - 700, 0)]));
        var row = History.Count - 50;
        var variances = new double[24];
        track.Variances(row, variances);

        for (var hours = 1; hours <= 24; hours++)
        {
            Assert.Equal(variances[hours - 1], track.Variance(row, hours), tolerance: 1e-12 * variances[23]);
            Assert.Equal(variances[hours - 1], track.Outlook(row).Between(last, last + hours), tolerance: 1e-12 * variances[23]);
        }
    }

    [Fact]
    public void An_announced_hour_has_its_effect_once_and_parts_of_it_a_part()
    {
        var last = HourlyPath.Of(History).Start + History.Count - 50;
        var announced = new AnnouncedHours([4], [(last + 3, 0)]);
        var (with, without) = (SimulatedHours.Track(History, announced).Outlook(History.Count - 50), SimulatedHours.Track(History).Outlook(History.Count - 50));
        double Ratio(double from, double to) => with.Between(last + from, last + to) / without.Between(last + from, last + to);

        Assert.Equal(4, Ratio(2, 3), tolerance: 1e-9);
        Assert.Equal(4, Ratio(2.25, 2.5), tolerance: 1e-9);
        Assert.Equal(1, Ratio(0, 2), tolerance: 1e-9);
        Assert.Equal(1, Ratio(3, 30), tolerance: 1e-9);
        Assert.Equal(with.Between(last + 0.3, last + 7.7), with.Between(last + 0.3, last + 2.6) + with.Between(last + 2.6, last + 7.7), tolerance: 1e-15);
        Assert.Equal(0, with.Between(last + 5.5, last + 5.5));
    }

    [Fact]
    public void What_an_announcement_did_is_no_surprise()
    {
        // A move of 0.4 % in an hour in which sixteen times the variance was expected: as large as an ordinary 0.1 %.
        var path = HourlyPath.Of(SimulatedHours.Of([.. EvenWeek, 0.005]));
        var track = VarianceTrack.Of(path, new AnnouncedHours([16], [(path.Start + 120, 0)]));

        Assert.Equal(1e-6, track.Levels[120], tolerance: 1e-12);
        Assert.Equal(1e-6, track.Squares[120], tolerance: 1e-11);
    }
}
