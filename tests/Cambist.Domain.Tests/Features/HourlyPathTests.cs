using Cambist.Domain.Features;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Tests.Forecasting;
using Xunit;

namespace Cambist.Domain.Tests.Features;

public sealed class HourlyPathTests
{
    private static readonly HourlySeries Week = SimulatedHours.Clustered(1, 2);

    [Fact]
    public void Each_hour_of_the_market_is_a_row_and_the_weekend_is_none()
    {
        var path = HourlyPath.Of(Week);

        Assert.Equal((240, 1), (path.Rows, path.Start % 120)); // The first bar closes an hour after the Sunday open.
        Assert.True(path.HasBar.IndexOf(false) < 0);
        Assert.Equal(Math.Log(Week.Closes[130]), path.LogCloses[130]);
        Assert.Equal((float)Week.LogRanges[130], path.LogRanges[130]);
    }

    [Fact]
    public void A_missing_hour_repeats_the_close_before_it_and_has_no_range()
    {
        var path = HourlyPath.Of(Week.Without(i => i is >= 50 and < 90));

        Assert.Equal(240, path.Rows);
        for (var row = 50; row < 90; row++)
        {
            Assert.False(path.HasBar[row]);
            Assert.Equal(path.LogCloses[49], path.LogCloses[row]);
            Assert.True(float.IsNaN(path.LogRanges[row]));
        }

        Assert.Equal(Math.Log(Week.Closes[90]), path.LogCloses[90]);
    }

    [Fact]
    public void A_path_goes_on_to_an_instant_after_its_last_bar()
    {
        var path = HourlyPath.Of(Week.Without(i => i >= 100), SimulatedHours.Start.AddHours(110.9));

        Assert.Equal(110, path.Rows); // 110 whole hours since the open.
        Assert.Equal((true, false, path.LogCloses[99]), (path.HasBar[99], path.HasBar[100], path.LogCloses[109]));
        Assert.Equal(240, HourlyPath.Of(Week, SimulatedHours.Start).Rows); // Never shorter than its bars.
    }

    [Fact]
    public void A_bar_that_closed_at_the_weekend_does_not_replace_fridays_last()
    {
        var saturday = Walks.Of(Week.Bars().Take(120).Append((Week.CloseHours[119] + 10, 7.0)));
        var path = HourlyPath.Of(saturday);

        Assert.Equal((120, Math.Log(Week.Closes[119])), (path.Rows, path.LogCloses[119]));
    }

    [Fact]
    public void The_row_at_an_instant_is_the_last_that_has_ended()
    {
        var path = HourlyPath.Of(Week);

        Assert.Equal(-1, path.RowAt(SimulatedHours.Start));
        Assert.Equal(0, path.RowAt(SimulatedHours.Start.AddMinutes(119)));
        Assert.Equal(119, path.RowAt(SimulatedHours.Start.AddDays(6))); // Saturday.
        Assert.Equal(119, path.RowAt(SimulatedHours.Start.AddDays(7).AddMinutes(59)));
        Assert.Equal(120, path.RowAt(SimulatedHours.Start.AddDays(7).AddMinutes(60)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    [InlineData(-1.1)]
    [InlineData(double.PositiveInfinity)]
    public void A_close_that_is_no_rate_is_named(double close)
    {
        var error = Assert.Throws<ArgumentException>(() => HourlyPath.Of(Walks.Of(Week.Bars().Select((bar, i) => i == 3 ? (bar.Hour, close) : bar))));

        Assert.StartsWith(FormattableString.Invariant($"A close of EUR/USD is a number above zero, was {close} at 2014-01-06 02:00:00Z."), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.001)]
    [InlineData(double.PositiveInfinity)]
    public void A_range_that_is_none_is_named(double range)
    {
        var bad = new HourlySeries(Walks.EurUsd, Week.CloseHours.ToArray(), Week.Closes.ToArray(), Enumerable.Repeat(range, Week.Count).ToArray());

        Assert.Contains("ln(high / low) of EUR/USD is 0 or more, was ", Assert.Throws<ArgumentException>(() => HourlyPath.Of(bad)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_bar_there_is_no_path() => Assert.Throws<ArgumentException>(() => HourlyPath.Of(Walks.Of([])));
}
