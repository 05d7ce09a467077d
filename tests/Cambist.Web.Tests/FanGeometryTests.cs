using Cambist.Client;
using Cambist.Web.Chart;
using Xunit;

namespace Cambist.Web.Tests;

public sealed class FanGeometryTests
{
    // Friday 20 November 2026; the market closes at 22:00 UTC and opens on Sunday at 22:00 UTC.
    private static readonly DateTimeOffset FridayNoon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_flat_series_is_drawn_in_the_middle()
    {
        var geometry = FanGeometry.Of(Hours(FridayNoon, 6, 0.92m), Sample.Forecast(FridayNoon.AddHours(6), 0.92, 0))!;

        Assert.InRange(geometry.Price.Place(0.92), 300, 700);
        Assert.DoesNotContain("NaN", geometry.HistoryPath + geometry.BandPath(q => q.Q025, q => q.Q975), StringComparison.Ordinal);
        Assert.NotEmpty(geometry.Price.Ticks());
    }

    [Fact]
    public void The_line_breaks_at_the_weekend()
    {
        var geometry = FanGeometry.Of([.. Hours(FridayNoon, 10, 0.92m), .. Hours(FridayNoon.AddHours(58), 5, 0.93m)], null)!;

        Assert.Equal(2, geometry.HistoryPath.Count(letter => letter == 'M'));
        var closure = Assert.Single(geometry.Time.Closures());
        Assert.Equal(FridayNoon.AddHours(10), closure.From);
        Assert.Equal(FridayNoon.AddHours(58), closure.To);
    }

    [Fact]
    public void Rates_that_a_source_repeats_through_the_weekend_are_left_out()
    {
        var geometry = FanGeometry.Of(Hours(FridayNoon, 70, 0.92m), null)!;

        Assert.DoesNotContain(geometry.Past, point => point.At > FridayNoon.AddHours(10) && point.At < FridayNoon.AddHours(58));
    }

    [Fact]
    public void A_missing_bar_is_bridged()
    {
        var geometry = FanGeometry.Of([.. Hours(FridayNoon, 3, 0.92m), .. Hours(FridayNoon.AddHours(4), 3, 0.93m)], null)!;

        Assert.Equal(1, geometry.HistoryPath.Count(letter => letter == 'M'));
    }

    [Fact]
    public void The_bar_of_the_running_hour_ends_now()
    {
        var now = FridayNoon.AddHours(2).AddMinutes(20);

        var geometry = FanGeometry.Of(Hours(FridayNoon, 3, 0.92m), Sample.Forecast(now, 0.92, 0.001))!;

        Assert.Equal(now, geometry.Past[^1].At);
    }

    [Fact]
    public void The_fan_starts_at_the_rate_of_now_and_opens()
    {
        var geometry = FanGeometry.Of([], Sample.Forecast(FridayNoon, 0.92, 0.001))!;

        Assert.Equal(0.92, geometry.Now.Rate, 6);
        Assert.Equal("0", geometry.X(geometry.Now));
        Assert.True(Height(geometry, 24) > Height(geometry, 1));
        Assert.True(geometry.Price.Low <= 0.92 - 1.96 * 0.001 * Math.Sqrt(24));
    }

    [Fact]
    public void With_neither_history_nor_forecast_there_is_no_chart()
    {
        Assert.Null(FanGeometry.Of([], null));
    }

    [Theory]
    [InlineData(0.9131, 0.9285, 0.005)]
    [InlineData(156.2, 158.9, 1)]
    [InlineData(0.0000612, 0.0000627, 0.0000005)]
    public void The_price_axis_ends_on_nice_steps(double lowest, double highest, double step)
    {
        var axis = PriceAxis.Around(lowest, highest);

        Assert.Equal(step, axis.Step, 12);
        Assert.True(axis.Low <= lowest && axis.High >= highest);
        Assert.Equal(Math.Round(axis.Low / step), axis.Low / step, 6);
        Assert.Equal(Math.Round(axis.High / step), axis.High / step, 6);
    }

    [Fact]
    public void The_price_axis_holds_still_while_the_rate_moves_a_little()
    {
        Assert.Equal(PriceAxis.Around(0.9131, 0.9285), PriceAxis.Around(0.9134, 0.9288));
    }

    [Fact]
    public void The_summary_tells_in_words_what_the_chart_shows()
    {
        var words = ChartSummary.Of(FanGeometry.Of(Hours(FridayNoon, 6, 0.92m), Sample.Forecast(FridayNoon.AddHours(6), 0.92, 0.001))!);

        Assert.Contains("from 0.92000 to 0.92000", words, StringComparison.Ordinal);
        Assert.Contains("0.91373 and 0.92627 with 80 %", words, StringComparison.Ordinal);
    }

    private static double Height(FanGeometry geometry, int hours) =>
        geometry.Future[hours].Quantiles!.Q90 - geometry.Future[hours].Quantiles!.Q10;

    private static List<RateBar> Hours(DateTimeOffset start, int count, decimal rate) =>
        [.. Enumerable.Range(0, count).Select(hour => Sample.Bar(start.AddHours(hour), rate))];
}
