using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;
using CsCheck;
using Xunit;

namespace Cambist.Domain.Tests.Forecasting;

public sealed class HourlySeriesTests
{
    private static readonly HourlySeries Series = Walks.Of([(10, 1.0), (11, 2.0), (13, 4.0)]);

    [Theory]
    [InlineData(9.99, 0)]
    [InlineData(10, 1)]
    [InlineData(10.99, 1)]
    [InlineData(12, 2)] // There is no bar of that hour.
    [InlineData(12.99, 2)]
    [InlineData(13, 3)]
    [InlineData(1000, 3)]
    public void A_close_is_known_from_its_close_hour_on(double hours, int known)
    {
        var instant = DateTimeOffset.UnixEpoch.AddHours(hours);

        Assert.Equal(known, Series.Until(instant).Count);
        Assert.Equal(3 - known, Series.After(instant).Count);
        Assert.Equal(Series.Bars(), Series.Until(instant).Bars().Concat(Series.After(instant).Bars()));
    }

    [Fact]
    public void Hours_are_counted_downwards_before_1970_too()
    {
        Assert.Equal(-1, UnixHour.Floor(DateTimeOffset.UnixEpoch.AddMinutes(-1)));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddHours(-1), UnixHour.ToInstant(-1));
    }

    [Fact]
    public void The_inverse_is_the_same_history_from_the_other_side()
    {
        var inverse = Series.Inverse();

        Assert.Equal(CurrencyPair.Parse("USD/EUR"), inverse.Pair);
        Assert.Equal([(10, 1.0), (11, 0.5), (13, 0.25)], inverse.Bars());
    }

    [Fact]
    public void A_cross_has_the_hours_in_which_both_pairs_closed()
    {
        var usdJpy = new HourlySeries(CurrencyPair.Parse("USD/JPY"), new long[] { 9, 11, 12, 13, 14 }, new double[] { 90, 110, 120, 130, 140 });

        var cross = Series.Times(usdJpy);

        Assert.Equal(CurrencyPair.Parse("EUR/JPY"), cross.Pair);
        Assert.Equal([(11, 220.0), (13, 520.0)], cross.Bars());
    }

    [Fact]
    public void A_cross_is_what_a_look_up_by_hour_gives() =>
        Gen.Select(Histories, Histories).Sample((left, right) =>
        {
            var cross = Walks.Of(left).Times(new HourlySeries(CurrencyPair.Parse("USD/JPY"), right.Select(bar => bar.Hour).ToArray(), right.Select(bar => bar.Close).ToArray()));
            var looked = from bar in left join other in right on bar.Hour equals other.Hour select (bar.Hour, bar.Close * other.Close);
            return cross.Bars().SequenceEqual(looked);
        });

    [Fact]
    public void Pairs_that_do_not_meet_have_no_cross() => Assert.Throws<ArgumentException>(() => Series.Times(Series));

    [Fact]
    public void Each_close_has_an_hour() => Assert.Throws<ArgumentException>(() => new HourlySeries(Walks.EurUsd, new long[] { 1, 2 }, new double[] { 1.1 }));

    [Fact]
    public void The_last_close_time_is_that_of_the_last_bar()
    {
        Assert.Equal(DateTimeOffset.UnixEpoch.AddHours(13), Series.LastCloseTime);
        Assert.Throws<InvalidOperationException>(() => Walks.Of([]).LastCloseTime);
    }

    private static Gen<(long Hour, double Close)[]> Histories =>
        Gen.Select(Gen.Int[0, 60], Gen.Double[0.5, 2]).Array[0, 40].Select(bars =>
            bars.Select(bar => ((long)bar.Item1, bar.Item2)).DistinctBy(bar => bar.Item1).OrderBy(bar => bar.Item1).ToArray());
}
