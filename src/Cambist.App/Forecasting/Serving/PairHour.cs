using System.Collections.Concurrent;
using Cambist.Domain.Calendars;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Forecasting.Baselines;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.App.Forecasting.Serving;

/// <summary>What is known of a pair at an hour, and what follows from it. Nothing of it changes: an hour later there is another.</summary>
/// <param name="hour">The hour's beginning in whole hours since 1970, the last close that may be in it.</param>
/// <param name="lookedAt">When the store was last looked at.</param>
/// <param name="bars">The sound bars, two and a half years of them; null where none are recorded.</param>
/// <param name="fit">The baseline's fit of the week; null where it has none.</param>
/// <param name="missing">Why there is no forecast at all; null where there is one.</param>
/// <param name="unsound">Why no learned model is trusted with these bars; null where one may be.</param>
/// <param name="track">Follows the volatility for learned models, when one first asks.</param>
internal sealed class PairHour(long hour, DateTimeOffset lookedAt, HourlySeries? bars, SeasonalEwma? fit, string? missing, string? unsound, Lazy<VarianceTrack?> track)
{
    // Hours are rolled up or fetched within half a minute of their end; and the first bars of a pair may come at any moment.
    private static readonly TimeSpan LooksAgain = TimeSpan.FromSeconds(30), LooksForFirstBars = TimeSpan.FromSeconds(2);

    public long Hour => hour;

    public HourlySeries? Bars => bars;

    public SeasonalEwma? Fit => fit;

    public string? Missing => missing;

    public string? Unsound => unsound;

    /// <summary>The baseline; null where there is no forecast at all.</summary>
    public Volatility? Baseline { get; } = missing is null ? fit!.Follow(bars!, UnixHour.ToInstant(hour)) : null;

    /// <summary>The track; null where there are too few bars.</summary>
    public VarianceTrack? Track => track.Value;

    /// <summary>What learned models said, by the fingerprint of the model.</summary>
    public ConcurrentDictionary<string, ModelHour> Outlooks { get; } = new(StringComparer.Ordinal);

    /// <summary>The Sunday open of the hour's week.</summary>
    public DateTimeOffset Open { get; } = FxWeek.OpenOf(UnixHour.ToInstant(hour));

    /// <summary>Whether it still says all that is known at an instant.</summary>
    public bool Holds(DateTimeOffset now)
    {
        if (UnixHour.Floor(now) != hour)
        {
            return false;
        }

        var isWhole = missing is null && FxWeek.OpenTimeBetween(bars!.LastCloseTime, UnixHour.ToInstant(hour)) <= TimeSpan.Zero;
        return isWhole || (now >= lookedAt && now - lookedAt < (missing is null ? LooksAgain : LooksForFirstBars));
    }
}

/// <summary>What a learned model says of a pair's hour.</summary>
/// <param name="Pulse">The market that it was asked with.</param>
/// <param name="Shapes">The shapes of its errors.</param>
/// <param name="From">The forecast from a standpoint; null where it is not to be served.</param>
/// <param name="Why">Why not; null where it is.</param>
internal sealed record ModelHour(MarketPulse Pulse, WeekShapes? Shapes, Func<Standpoint, Forecast>? From, string? Why);
