using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Rates.Feeds;

/// <summary>Fake time that tells when somebody has begun to wait, so that a test moves it on only then.</summary>
internal sealed class ArmedClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Channel<TimeSpan> _armed = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _armed.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>The next wait that anybody begins, other than the watch over a feed's silence.</summary>
    public async Task<TimeSpan> ArmedAsync(ScriptedFeed feed)
    {
        TimeSpan due;
        while ((due = await _armed.Reader.ReadAsync(TestContext.Current.CancellationToken)) == feed.LongestSilence || due < TimeSpan.Zero)
        {
        }

        return due;
    }
}
