using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Features;
using Xunit;

namespace Cambist.Domain.Tests.Features;

public sealed class AnnouncementTests
{
    [Fact]
    public void Of_an_hour_named_twice_the_stronger_effect_counts()
    {
        var hours = new AnnouncedHours([2, 5], [(30, 0), (20, 1), (30, 1), (20, 0), (25, 0)]);

        Assert.Equal((1, 0, 1, -1), (hours.EffectAt(20), hours.EffectAt(25), hours.EffectAt(30), hours.EffectAt(26)));
    }

    [Fact]
    public void Hours_between_two_times_leave_out_the_first_and_have_the_last()
    {
        var hours = new AnnouncedHours([2, 5], [(20, 1), (25, 0), (30, 1)]);

        Assert.Equal([25, 30], hours.Between(20, 30, out var effects).ToArray());
        Assert.Equal([0, 1], effects.ToArray());
        Assert.Equal([20, 25], hours.Between(19, 29, out _).ToArray());
        Assert.True(hours.Between(30, 90, out _).IsEmpty);
        Assert.True(AnnouncedHours.None.Between(0, 1_000_000, out _).IsEmpty);
    }

    [Fact]
    public void The_federal_reserve_moves_dollars_most_in_its_hour()
    {
        // The decision of 11 December 2019 came at 14:00 in New York, 19:00 UTC.
        var hour = (int)FxWeek.MarketHours(new DateTimeOffset(2019, 12, 11, 20, 0, 0, TimeSpan.Zero));
        var (dollar, other) = (AnnouncementEffects.For(CurrencyPair.Parse("EUR/USD")), AnnouncementEffects.For(CurrencyPair.Parse("GBP/JPY")));

        Assert.Equal([15.6, 4.9, 2.2, 2.5], Enumerable.Range(hour, 4).Select(time => dollar.Usual[dollar.EffectAt(time)]));
        Assert.Equal([6.2, 2.4, 1.9, 1.7], Enumerable.Range(hour, 4).Select(time => other.Usual[other.EffectAt(time)]));
        Assert.Equal((-1, -1), (dollar.EffectAt(hour - 1), dollar.EffectAt(hour + 4)));
    }

    [Fact]
    public void An_effect_is_learned_from_its_announcements()
    {
        var fit = new EffectFit([4, 1]);

        Assert.Equal([4, 1], fit.Begin(0));
        fit.Add(0, 9);

        // One of three standard deviations against 0.85 of ordinary hours, beside eight of sqrt(4): (8 × 2 + 3 / 0.85) / 9 = 2.16993, squared 4.70860.
        var learned = fit.Begin(1);
        Assert.Equal((4.70860, 1.0), (learned[0], learned[1]), Near);

        // A second one of 1: (16 + (0.9 × 3 + 1) / 0.85) / (8 + 1.9) = 2.05585, squared 4.22653.
        fit.Add(0, 1);
        Assert.Equal(4.22653, fit.Begin(2)[0], tolerance: 1e-5);
    }

    [Fact]
    public void Ordinary_hours_tell_what_an_announcement_is_held_against()
    {
        var fit = new EffectFit([1]);
        fit.Begin(0);
        for (var hour = 0; hour < 500; hour++)
        {
            fit.Add(-1, 0.64);
        }

        fit.Add(0, 1);

        // Ordinary hours: (500 × 0.85 + 500 × 0.8) / 1000 = 0.825. The effect: (8 + 1 / 0.825) / 9 = 1.023569, squared 1.047693.
        Assert.Equal(1.047693, fit.Begin(1)[0], tolerance: 1e-6);
    }

    [Fact]
    public void An_announcement_is_forgotten_with_its_104_weeks()
    {
        var fit = new EffectFit([4]);
        for (var week = 0; week <= EffectFit.Weeks + 1; week++)
        {
            Assert.Equal(week is 0 or > EffectFit.Weeks, fit.Begin(week)[0] == 4);
            if (week == 0)
            {
                fit.Add(0, 9);
                fit.Add(-1, 100);
            }
        }
    }

    [Fact]
    public void No_announcement_counts_as_more_than_twenty_standard_deviations()
    {
        var (wild, twenty) = (new EffectFit([4]), new EffectFit([4]));
        wild.Begin(0);
        twenty.Begin(0);
        wild.Add(0, 1e9);
        twenty.Add(0, 400);

        Assert.Equal(twenty.Begin(1)[0], wild.Begin(1)[0]);
    }

    private static bool Near((double, double) expected, (double, double) actual) =>
        Math.Abs(expected.Item1 - actual.Item1) < 1e-4 && Math.Abs(expected.Item2 - actual.Item2) < 1e-4;
}
