using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Cambist.App.Tests.Notifications;

/// <summary>Fake time that tells which timers are armed, so that a test moves it on when somebody waits and not before.</summary>
internal sealed class ArmedClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Channel<(TimeSpan Wait, DateTimeOffset At)> _armed = Channel.CreateUnbounded<(TimeSpan, DateTimeOffset)>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Told(base.CreateTimer(callback, state, dueTime, period), dueTime, Tell);

    /// <summary>Waits until somebody waits for this long, and moves on to its end.</summary>
    /// <returns>When the waiting began.</returns>
    public async Task<DateTimeOffset> PassAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        var since = await ArmedAsync(wait, cancellationToken);
        Advance(wait);
        return since;
    }

    /// <summary>Waits until a connection is kept open for nothing, and then until somebody waits for what is left of a longer time; moves on to the ends of both.</summary>
    public async Task PassIdleAsync(TimeSpan idle, TimeSpan wait, CancellationToken cancellationToken)
    {
        await PassAsync(idle, cancellationToken);
        await PassAsync(wait - idle, cancellationToken);
    }

    /// <summary>Waits until somebody waits for this long.</summary>
    /// <returns>Since when.</returns>
    public async Task<DateTimeOffset> ArmedAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        while (true)
        {
            var armed = await _armed.Reader.ReadAsync(cancellationToken);
            if (armed.Wait == wait)
            {
                return armed.At;
            }
        }
    }

    private void Tell(TimeSpan dueTime) => _armed.Writer.TryWrite((dueTime, GetUtcNow()));

    private sealed class Told : ITimer
    {
        private readonly ITimer _timer;
        private readonly Action<TimeSpan> _armed;

        public Told(ITimer timer, TimeSpan dueTime, Action<TimeSpan> armed)
        {
            (_timer, _armed) = (timer, armed);
            armed(dueTime);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var isChanged = _timer.Change(dueTime, period);
            _armed(dueTime);
            return isChanged;
        }

        public void Dispose() => _timer.Dispose();

        public ValueTask DisposeAsync() => _timer.DisposeAsync();
    }
}
