using Microsoft.Extensions.Time.Testing;

namespace Cambist.App.Tests.Forecasting.Registry.Mlflow;

/// <summary>Fake time in which short waits are over at once: pauses before another attempt. Longer ones, the limits of patience, end when the test moves time on.</summary>
internal sealed class HurriedClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(20);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > TimeSpan.Zero && dueTime < Short ? TimeSpan.Zero : dueTime, period);
}
