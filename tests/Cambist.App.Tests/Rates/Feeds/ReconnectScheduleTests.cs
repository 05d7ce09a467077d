using Cambist.App.Rates.Feeds;
using Cambist.App.Rates.Sources;
using CsCheck;
using Xunit;

namespace Cambist.App.Tests.Rates.Feeds;

public sealed class ReconnectScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 27, 14, 31, 3, TimeSpan.Zero);
    private static readonly TimeSpan AnHour = TimeSpan.FromHours(1);

    [Fact]
    public void The_first_try_is_at_once_and_the_later_ones_take_ever_longer_up_to_a_minute()
    {
        var schedule = new ReconnectSchedule(new Largest());
        var waits = new List<double> { schedule.After(Loss(AnHour), Now).TotalSeconds };
        for (var failure = 0; failure < 5; failure++)
        {
            waits.Add(Math.Round(schedule.After(Loss(TimeSpan.Zero), Now.AddSeconds(failure)).TotalSeconds));
        }

        Assert.Equal([0, 10, 20, 40, 60, 60], waits);
    }

    [Fact]
    public void Jitter_takes_away_up_to_half() =>
        Assert.Equal(TimeSpan.FromSeconds(5), new ReconnectSchedule(new Smallest()).After(Loss(TimeSpan.Zero), Now));

    [Fact]
    public void A_connection_that_held_a_minute_starts_the_schedule_anew()
    {
        var schedule = new ReconnectSchedule(new Largest());
        for (var failure = 0; failure < 5; failure++)
        {
            schedule.After(Loss(TimeSpan.Zero), Now);
        }

        Assert.Equal(TimeSpan.Zero, schedule.After(Loss(AnHour), Now.AddHours(1)));
        Assert.InRange(schedule.After(Loss(TimeSpan.Zero), Now.AddHours(1)), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void During_maintenance_it_tries_every_few_seconds_and_never_at_once()
    {
        var schedule = new ReconnectSchedule(new Random(1));

        for (var failure = 0; failure < 20; failure++)
        {
            Assert.InRange(schedule.After(Loss(AnHour) with { IsPaused = true }, Now.AddHours(failure)), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));
        }
    }

    [Theory]
    [InlineData(120, 120)]
    [InlineData(1, 5)]
    [InlineData(86_400, 3_600)]
    public void A_service_that_names_a_time_is_left_alone_until_then_but_no_longer_than_an_hour(int asked, int waited) => Assert.Equal(
        TimeSpan.FromSeconds(waited),
        new ReconnectSchedule(new Smallest()).After(Loss(AnHour) with { Kind = SourceFault.Throttled, RetryAfter = TimeSpan.FromSeconds(asked) }, Now));

    [Theory]
    [InlineData(SourceFault.KeyRefused)]
    [InlineData(SourceFault.NotInPlan)]
    [InlineData(SourceFault.Refused)]
    [InlineData(SourceFault.QuotaSpent)]
    public void What_somebody_must_mend_is_tried_every_few_minutes(SourceFault kind) => Assert.InRange(
        new ReconnectSchedule(new Random(1)).After(Loss(AnHour) with { Kind = kind }, Now), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10));

    [Fact]
    public void Whatever_happens_there_are_fewer_attempts_in_ten_minutes_than_Kraken_allows() => Gen
        .Select(Gen.Int[0, 90_000], Gen.Bool, Gen.Enum<SourceFault>(), Gen.Bool)
        .Array[200, 400]
        .Select(Gen.Int)
        .Sample((losses, seed) =>
        {
            var schedule = new ReconnectSchedule(new Random(seed));
            var now = Now;
            var attempts = new List<DateTimeOffset>();
            foreach (var (milliseconds, isPaused, kind, isOrderly) in losses)
            {
                attempts.Add(now);
                var lasted = TimeSpan.FromMilliseconds(milliseconds % 3 == 0 ? 0 : milliseconds % 7 == 0 ? milliseconds : milliseconds % 50);
                now += lasted;
                now += schedule.After(new FeedLoss(isOrderly ? null : kind, "", null, lasted, isPaused), now);
            }

            Assert.All(attempts, from => Assert.InRange(attempts.Count(at => at >= from && at < from.AddMinutes(10)), 1, 131));
        }, iter: 50);

    private static FeedLoss Loss(TimeSpan lasted) => new(SourceFault.Unavailable, "", null, lasted, IsPaused: false);

    private sealed class Largest : Random
    {
        public override double NextDouble() => 1d - 1e-9;
    }

    private sealed class Smallest : Random
    {
        public override double NextDouble() => 0d;
    }
}
