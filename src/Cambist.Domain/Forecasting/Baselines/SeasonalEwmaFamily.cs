using System.Collections.Concurrent;
using Cambist.Domain.Calendars;

namespace Cambist.Domain.Forecasting.Baselines;

/// <summary>
/// The two families that need no training: the volatility of <see cref="SeasonalEwma"/>, fitted once a week, with Student-t tails (the baseline) or with the shape that its
/// own errors had over the same 104 weeks (filtered historical simulation; Barone-Adesi, Giannopoulos and Vosper 1999, "VaR without correlations for portfolios of
/// derivative securities").
/// </summary>
public sealed class SeasonalEwmaFamily : IForecastFamily
{
    // As TailFit: forgotten after a few months, for two years of hours are 12,500 returns.
    private const double PriorReturns = 200;

    private static readonly ReturnHistogram Prior = ReturnHistogram.Prior(PriorReturns);

    private readonly Func<IReturnTally> _tally;
    private readonly ConcurrentDictionary<DateTimeOffset, SeasonalEwma?>? _fits;

    private SeasonalEwmaFamily(string id, Func<IReturnTally> tally, ConcurrentDictionary<DateTimeOffset, SeasonalEwma?>? fits = null)
    {
        Id = id;
        _tally = tally;
        _fits = fits;
    }

    /// <summary>Student-t tails.</summary>
    public static SeasonalEwmaFamily Baseline { get; } = new(SeasonalEwma.Id, () => new TailFit());

    /// <summary>Empirical shapes, made symmetric.</summary>
    public static SeasonalEwmaFamily FilteredHistory { get; } = new("fhs", WithPrior);

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public int WeeksOfHistory => SeasonalEwma.FitWeeks;

    /// <summary>
    /// The same for one history that is asked for standpoints again and again, either way round: a week is fitted once. A pair and its inverse have the same returns but for their sign, which no fit
    /// looks at, and the last digit of a logarithm.
    /// </summary>
    public SeasonalEwmaFamily OfOneHistory() => new(Id, _tally, new ConcurrentDictionary<DateTimeOffset, SeasonalEwma?>());

    /// <inheritdoc/>
    public IEnumerable<Forecast?> Predict(MarketHistory history, IReadOnlyList<Standpoint> standpoints) => standpoints
        .GroupBy(standpoint => FxWeek.OpenOf(standpoint.AsOf))
        .AsParallel().AsOrdered() // A fit takes some ten milliseconds, and no week needs another's.
        .SelectMany(week => Week(history.Own, week.Key, [.. week]));

    private IEnumerable<Forecast?> Week(HourlySeries series, DateTimeOffset open, IReadOnlyList<Standpoint> standpoints)
    {
        var fit = _fits is null ? Fit(open) : _fits.GetOrAdd(open, Fit);
        return standpoints.Select(standpoint => fit?.Follow(series, standpoint.AsOf).Predict(standpoint.AsOf, standpoint.Spot));

        SeasonalEwma? Fit(DateTimeOffset at) => SeasonalEwma.Fit(series, at, Id, _tally);
    }

    private static ReturnHistogram WithPrior()
    {
        var histogram = new ReturnHistogram();
        histogram.Add(Prior, 1);
        return histogram;
    }
}
