namespace Cambist.App.Notifications.Channels.Email;

/// <summary>
/// When a mail is tried again: after half a minute, doubling up to an hour, each between half of it and all of it. Servers that make strangers wait (greylisting, RFC 6647) often want five minutes, which
/// are over at the sixth attempt at the latest; ten attempts take between an hour and a half and three hours.
/// </summary>
/// <param name="random">The jitter: without it all that failed together would come back together.</param>
internal sealed class RetrySchedule(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(4);

    /// <summary>How long a mail waits after its attempts so far.</summary>
    public TimeSpan After(int attempts) => Jittered(Doubled(attempts, Longest));

    /// <summary>How long the server is left alone after this many faults of its own in a row.</summary>
    public TimeSpan Pause(int faults) => Jittered(Doubled(faults, LongestPause));

    private static TimeSpan Doubled(int count, TimeSpan longest) => TimeSpan.FromTicks(Math.Min(First.Ticks << Math.Clamp(count - 1, 0, 16), longest.Ticks));

    private TimeSpan Jittered(TimeSpan wait) => wait / 2 + wait / 2 * random.NextDouble();
}
