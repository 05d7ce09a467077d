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

    private SeasonalEwmaFamily(string id, Func<IReturnTally> tally)
    {
        Id = id;
        _tally = tally;
    }

    /// <summary>Student-t tails.</summary>
    public static SeasonalEwmaFamily Baseline { get; } = new(SeasonalEwma.Id, () => new TailFit());

    /// <summary>Empirical shapes, made symmetric.</summary>
    public static SeasonalEwmaFamily FilteredHistory { get; } = new("fhs", WithPrior);

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public int WeeksOfHistory => SeasonalEwma.FitWeeks;

    /// <inheritdoc/>
    public IEnumerable<Forecast?> Predict(MarketHistory history, IReadOnlyList<Standpoint> standpoints) => standpoints
        .GroupBy(standpoint => FxWeek.OpenOf(standpoint.AsOf))
        .AsParallel().AsOrdered() // A fit takes some ten milliseconds, and no week needs another's.
        .SelectMany(week => Week(history.Own, [.. week]));

    private IEnumerable<Forecast?> Week(HourlySeries series, IReadOnlyList<Standpoint> standpoints)
    {
        var fit = SeasonalEwma.Fit(series, standpoints[0].AsOf, Id, _tally);
        return standpoints.Select(standpoint => fit?.Follow(series, standpoint.AsOf).Predict(standpoint.AsOf, standpoint.Spot));
    }

    private static ReturnHistogram WithPrior()
    {
        var histogram = new ReturnHistogram();
        histogram.Add(Prior, 1);
        return histogram;
    }
}
