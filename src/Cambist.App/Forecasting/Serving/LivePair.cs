using Cambist.App.Rates.History;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Forecasting.Baselines;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.App.Forecasting.Serving;

/// <summary>A pair that is followed hour by hour: its bars are read once a week, and between only the newest ones. Safe to use from any thread.</summary>
internal sealed class LivePair(CurrencyPair pair, RateHistory history, TimeProvider clock)
{
    // Bars may come late or be corrected by a better source; what is older waits for the week's end.
    private static readonly TimeSpan ReadsAgain = TimeSpan.FromDays(2);

    // A level of volatility that is a market day old says little about the next hours.
    private static readonly TimeSpan OldestLastBar = TimeSpan.FromHours(24);

    // What a model reads, and the 480 hours that features of its first hour look back at, twice.
    private const int HoursOfTrack = 2 * (LivePairs.PulseHours + 480);

    // After that the clock is believed again.
    private static readonly TimeSpan DistrustsClock = TimeSpan.FromHours(1);

    private readonly Lock _reading = new();
    private volatile PairHour? _latest;
    private long _latestAt;

    public CurrencyPair Pair => pair;

    /// <summary>When somebody last asked, on the monotonic clock.</summary>
    public long UsedAt { get; set; }

    /// <summary>The newest hour; null where nobody has asked yet.</summary>
    public PairHour? Latest => _latest;

    /// <summary>What is known at an instant of now; null where a later hour was reached before: the clock went back.</summary>
    public PairHour? At(DateTimeOffset now)
    {
        var latest = _latest;
        if (latest is null || !latest.Holds(now))
        {
            lock (_reading)
            {
                latest = _latest is { } other && other.Holds(now) ? other : Next(_latest, now);
            }
        }

        return UnixHour.Floor(now) < latest.Hour ? null : latest;
    }

    /// <summary>What was known at an instant of the past, read anew; nothing is kept.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="asOf">The instant.</param>
    /// <param name="weeks">Weeks of history before the instant's.</param>
    /// <param name="history">Where the bars are.</param>
    public static PairHour Past(CurrencyPair pair, DateTimeOffset asOf, int weeks, RateHistory history)
    {
        var hour = UnixHour.ToInstant(UnixHour.Floor(asOf));
        return Of(pair, Read(pair, Start(asOf, weeks), hour, history), hour, asOf, fit: null);
    }

    private PairHour Next(PairHour? latest, DateTimeOffset now)
    {
        var hour = UnixHour.ToInstant(UnixHour.Floor(now));
        if (latest is not null && UnixHour.Floor(now) < latest.Hour && clock.GetElapsedTime(_latestAt) < DistrustsClock)
        {
            return latest;
        }

        var goesOn = latest is { Bars: not null, Missing: null } && latest.Open == FxWeek.OpenOf(hour) && latest.Hour <= UnixHour.Floor(now);
        var next = goesOn ? GoOn(latest!, hour, now) : Of(pair, Read(pair, Start(now, LearnedFamily.WeeksOfFeatures), hour, history), hour, now, fit: null);
        _latestAt = clock.GetTimestamp();
        return _latest = next;
    }

    private PairHour GoOn(PairHour latest, DateTimeOffset hour, DateTimeOffset now)
    {
        var from = latest.Bars!.LastCloseTime - ReadsAgain;
        var (later, fault) = Read(pair, from, hour, history);
        return later is null || SoundBars.AreSame(later, latest.Bars.After(from))
            ? Of(pair, (latest.Bars, fault), hour, now, latest.Fit)
            : Of(pair, (SoundBars.Joined(latest.Bars, later, from), fault), hour, now, latest.Fit);
    }

    private static DateTimeOffset Start(DateTimeOffset asOf, int weeks) => FxWeek.OpenOf(asOf).AddDays(-7 * weeks);

    private static (HourlySeries? Bars, string? Fault) Read(CurrencyPair pair, DateTimeOffset from, DateTimeOffset hour, RateHistory history) =>
        history.Closes(pair, from, hour) is { } read ? SoundBars.Of(read) : (null, null);

    private static PairHour Of(CurrencyPair pair, (HourlySeries? Bars, string? Fault) read, DateTimeOffset hour, DateTimeOffset now, SeasonalEwma? fit)
    {
        var (bars, fault) = read;
        var track = new Lazy<VarianceTrack?>(() => bars is null ? null : LearnedFamily.Track(bars, hour)?.Last(HoursOfTrack));
        var recent = bars?.After(SeasonalEwma.HistoryStart(hour));
        if (recent is not { Count: > 0 })
        {
            return Without(fault ?? $"no recent history of {pair} is recorded");
        }

        if (FxWeek.OpenTimeBetween(bars!.LastCloseTime, hour) > OldestLastBar)
        {
            return Without($"the recorded history of {pair} ends on {bars.LastCloseTime:yyyy-MM-dd HH:mm} UTC");
        }

        fit ??= SeasonalEwma.Fit(bars, hour);
        return fit is null
            ? Without($"{recent.Count} hours of {pair} are recorded, and a forecast needs {SeasonalEwma.LeastBars} moving ones before the week's open")
            : new PairHour(UnixHour.Floor(hour), now, bars, fit, missing: null, fault ?? SoundBars.Fault(bars), track);

        PairHour Without(string missing) => new(UnixHour.Floor(hour), now, bars, fit: null, missing, unsound: missing, track);
    }
}
