using Cambist.App.Rates.Sources;

namespace Cambist.App.Rates.Feeds;

/// <summary>How a connection to a feed ended, or did not come about.</summary>
/// <param name="Kind">What kind of failure it was; null where the service ended it in good order.</param>
/// <param name="Reason">What people are told.</param>
/// <param name="RetryAfter">How long the service asks to be left alone; null where it does not say.</param>
/// <param name="Lasted">From the first sign of life to the end; zero where there was none.</param>
/// <param name="IsPaused">Whether it had announced that it does not trade.</param>
internal sealed record FeedLoss(SourceFault? Kind, string Reason, TimeSpan? RetryAfter, TimeSpan Lasted, bool IsPaused);

/// <summary>
/// When a feed is connected to again: at once after a loss, but at most once a minute, and from then on after 5 to 10 s, doubling up to a minute, with jitter. That
/// is less than 131 attempts in ten minutes, whatever happens; Kraken locks an address out after about 150.
/// </summary>
/// <param name="random">The jitter.</param>
internal sealed class ReconnectSchedule(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UntilMended = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MostPatience = TimeSpan.FromHours(1);

    // A connection that held this long was a good one.
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(1);

    private DateTimeOffset _lastAtOnce = DateTimeOffset.MinValue;
    private TimeSpan _next = First;

    /// <summary>How long to wait after this loss.</summary>
    public TimeSpan After(FeedLoss loss, DateTimeOffset now)
    {
        if (loss.Kind is SourceFault.KeyRefused or SourceFault.NotInPlan or SourceFault.Refused or SourceFault.QuotaSpent)
        {
            return AtLeast(loss.RetryAfter, Jittered(UntilMended));
        }

        if (loss.Lasted >= Settled || loss.IsPaused)
        {
            _next = First;
        }

        if (loss is { IsPaused: false, Kind: not SourceFault.Throttled } && loss.Lasted > TimeSpan.Zero && now - _lastAtOnce >= Settled)
        {
            _lastAtOnce = now;
            return TimeSpan.Zero;
        }

        var wait = Jittered(_next);
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return AtLeast(loss.RetryAfter, wait);
    }

    private static TimeSpan AtLeast(TimeSpan? asked, TimeSpan wait) => asked is not { } time || time <= wait ? wait : time < MostPatience ? time : MostPatience;

    private TimeSpan Jittered(TimeSpan longest) => longest / 2 + longest / 2 * random.NextDouble();
}
