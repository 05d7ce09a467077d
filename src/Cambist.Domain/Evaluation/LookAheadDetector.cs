using Cambist.Domain.Calendars;
using Cambist.Domain.Forecasting;

namespace Cambist.Domain.Evaluation;

/// <summary>A published quantile that moved though nothing that was known had changed.</summary>
/// <param name="Change">What was done to the bars that close after the instant.</param>
/// <param name="AsOf">The instant of the forecast.</param>
/// <param name="HorizonHours">The first horizon that moved; 0 where a forecast came or went.</param>
/// <param name="Level">Probability of the quantile.</param>
/// <param name="Before">The quantile from the history as it is.</param>
/// <param name="After">The quantile from the changed history.</param>
public sealed record LookAheadLeak(string Change, DateTimeOffset AsOf, int HorizonHours, double Level, double Before, double After)
{
    /// <inheritdoc/>
    public override string ToString() => HorizonHours == 0
        ? FormattableString.Invariant($"The forecast of {AsOf:O} {(double.IsNaN(Before) ? "came" : "went")} with {Change}.")
        : FormattableString.Invariant($"The forecast of {AsOf:O} moved with {Change}: {HorizonHours} h, quantile {Level}, from {Before:R} to {After:R}.");
}

/// <summary>
/// Catches a forecaster that reads the future: changes, removes and adds bars that close after the instant of a forecast, of the pair and of all others, and holds every
/// published quantile to the bit. It finds what a run with these changes can find; a forecaster that remembers the future from elsewhere passes.
/// </summary>
public static class LookAheadDetector
{
    private const int AddedHours = 500;
    private const ulong Seed = 1;

    private static readonly (string Name, Func<FutureBar, ulong, FutureBar?> Change)[] Changes =
    [
        ("later closes scaled", (bar, noise) => bar with { Close = bar.Close * Math.Exp(Symmetric(noise)) }),
        ("the next bar moved by a thousandth", (bar, _) => bar.Index == 0 ? bar with { Close = bar.Close * 1.001 } : bar),
        ("the next bar removed", (bar, _) => bar.Index == 0 ? null : bar),
        ("later bars removed", (_, _) => null),
        ("half of the later bars removed", (bar, noise) => noise % 2 == 0 ? bar : null),
        ("later ranges doubled", (bar, _) => bar with { LogRange = double.IsNaN(bar.LogRange) ? 0.001 : 2 * bar.LogRange }),
        ("later closes not a number", (bar, _) => bar with { Close = double.NaN, LogRange = double.NaN }),
        ("later closes infinite", (bar, _) => bar with { Close = double.PositiveInfinity }),
        ("later closes zero", (bar, _) => bar with { Close = 0 }),
        ("later closes negative", (bar, _) => bar with { Close = -bar.Close }),
    ];

    /// <summary>The first leak of a family at an instant; null where there is none. Other instants in the same batch, earlier and later, may change nothing either.</summary>
    /// <param name="family">The family.</param>
    /// <param name="history">History that goes on after the instant.</param>
    /// <param name="asOf">The instant, with a bar closed by then.</param>
    public static LookAheadLeak? Find(IForecastFamily family, MarketHistory history, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(history);
        Forecast? Alone(MarketHistory known) => family.Predict(known, [Standing(history, asOf)]).Single();

        var leak = Find(Alone, history, asOf);
        if (leak is not null)
        {
            return leak;
        }

        // Instants without a bar before them have no spot to stand on.
        var others = new[] { -24 * 8, -6, 3, 24 * 4 }.Select(hours => asOf.AddHours(hours)).Where(instant => history.Own.Until(instant).Count > 0);
        var batch = others.Append(asOf).Order().Select(instant => Standing(history, instant)).ToList();
        var position = batch.FindIndex(standpoint => standpoint.AsOf == asOf);
        return Difference("other instants asked for beside it", asOf, Alone(history.Until(asOf)), family.Predict(history, batch).ElementAt(position));
    }

    /// <summary>The first leak of any forecaster of a pair from its own bars; null where there is none.</summary>
    public static LookAheadLeak? Find(Func<HourlySeries, DateTimeOffset, Forecast?> forecaster, HourlySeries history, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(forecaster);
        ArgumentNullException.ThrowIfNull(history);
        return Find(known => forecaster(known.Own, asOf), MarketHistory.Of(history), asOf);
    }

    private static LookAheadLeak? Find(Func<MarketHistory, Forecast?> forecaster, MarketHistory history, DateTimeOffset asOf)
    {
        var before = forecaster(history);
        foreach (var (name, change) in Changes)
        {
            if (Difference(name, asOf, before, forecaster(Changed(history, series => Rewritten(series, asOf, change)))) is { } leak)
            {
                return leak;
            }
        }

        return Difference("bars added after it", asOf, before, forecaster(Changed(history, series => Filled(series, asOf))));
    }

    private static Standpoint Standing(MarketHistory history, DateTimeOffset asOf) => new(asOf, history.Own.Until(asOf).Closes[^1]);

    private static MarketHistory Changed(MarketHistory history, Func<HourlySeries, HourlySeries> change) =>
        new(change(history.Own), pair => history.Other(pair) is { } other ? change(other) : null);

    private static HourlySeries Rewritten(HourlySeries series, DateTimeOffset asOf, Func<FutureBar, ulong, FutureBar?> change)
    {
        var later = series.After(asOf);
        var bars = new List<FutureBar>(later.Count);
        for (var i = 0; i < later.Count; i++)
        {
            if (change(new FutureBar(i, later.CloseHours[i], later.Closes[i], later.LogRanges[i]), Noise(later.CloseHours[i])) is { } bar)
            {
                bars.Add(bar);
            }
        }

        return Joined(series.Until(asOf), bars);
    }

    // An hour each hour, at weekends too, where there may have been none.
    private static HourlySeries Filled(HourlySeries series, DateTimeOffset asOf)
    {
        var known = series.Until(asOf);
        var close = known.Count > 0 ? known.Closes[^1] : 1;
        var next = UnixHour.Floor(asOf) + 1;
        return Joined(known, [.. Enumerable.Range(0, AddedHours).Select(i => new FutureBar(i, next + i, close * Math.Exp(0.1 * Symmetric(Noise(next + i))), 0.01))]);
    }

    private static HourlySeries Joined(HourlySeries known, IReadOnlyList<FutureBar> later) => new(
        known.Pair,
        (long[])[.. known.CloseHours, .. later.Select(bar => bar.Hour)],
        (double[])[.. known.Closes, .. later.Select(bar => bar.Close)],
        (double[])[.. known.LogRanges, .. later.Select(bar => bar.LogRange)]);

    private static LookAheadLeak? Difference(string change, DateTimeOffset asOf, Forecast? before, Forecast? after)
    {
        if (before is null || after is null)
        {
            return before is null == after is null ? null : new LookAheadLeak(change, asOf, 0, 0, before?.Spot ?? double.NaN, after?.Spot ?? double.NaN);
        }

        for (var hours = 1; hours <= Forecast.LongestFittedHorizon; hours++)
        {
            var (was, now) = (before.AfterHours(hours), after.AfterHours(hours));
            foreach (var level in RateDistribution.Levels)
            {
                if (BitConverter.DoubleToInt64Bits(was.Quantile(level)) != BitConverter.DoubleToInt64Bits(now.Quantile(level)))
                {
                    return new LookAheadLeak(change, asOf, hours, level, was.Quantile(level), now.Quantile(level));
                }
            }
        }

        return null;
    }

    // The finaliser of MurmurHash3 (Appleby 2008): the same noise for the same hour, whatever bars lie before it.
    private static ulong Noise(long hour)
    {
        var bits = Seed * 0x9E3779B97F4A7C15 + (ulong)hour;
        bits = (bits ^ (bits >> 33)) * 0xFF51AFD7ED558CCD;
        bits = (bits ^ (bits >> 33)) * 0xC4CEB9FE1A85EC53;
        return bits ^ (bits >> 33);
    }

    // From −1 to 1.
    private static double Symmetric(ulong noise) => (noise >> 11) * (2.0 / (1UL << 53)) - 1;

    private readonly record struct FutureBar(int Index, long Hour, double Close, double LogRange);
}
