namespace Cambist.App.Rates.Replay;

/// <summary>A clock that starts at an instant of the past and runs at a multiple of real time. Timers keep real time: only what is read as "now" is moved.</summary>
/// <param name="start">Where it starts.</param>
/// <param name="speed">Seconds that pass in a real second; 1 is real time.</param>
public sealed class ReplayClock(DateTimeOffset start, double speed) : TimeProvider
{
    private readonly long _startedAt = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(_startedAt) * speed;
}
