using Cambist.App.Notifications.Channels.Email;
using CsCheck;
using Xunit;

namespace Cambist.App.Tests.Notifications;

public sealed class RetryScheduleTests
{
    [Theory]
    [InlineData(1, 30, 30)]
    [InlineData(2, 60, 60)]
    [InlineData(4, 240, 240)]
    [InlineData(5, 480, 240)]
    [InlineData(8, 3600, 240)]
    [InlineData(int.MaxValue, 3600, 240)]
    public void Waits_double_up_to_an_hour_and_pauses_up_to_four_minutes_each_between_half_and_all_of_it(int count, int longest, int longestPause) => Gen.Int.Sample(seed =>
    {
        var schedule = new RetrySchedule(new Random(seed));
        Assert.InRange(schedule.After(count).TotalSeconds, longest / 2.0, longest);
        Assert.InRange(schedule.Pause(count).TotalSeconds, longestPause / 2.0, longestPause);
    });

    [Fact]
    public void Waits_differ_from_one_mail_to_the_next()
    {
        var schedule = new RetrySchedule(new Random(1));

        Assert.NotEqual(schedule.After(3), schedule.After(3));
    }
}
