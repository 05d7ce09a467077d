using Cambist.Domain.Calendars;

namespace Cambist.Domain.Forecasting.Baselines;

/// <summary>
/// The bar that skill is measured against: a driftless Gaussian random walk whose variance is the same in every hour of the market, the mean squared
/// return of the last 60 days. It knows neither the shape of the week nor that volatility clusters.
/// </summary>
public sealed class RandomWalk : IForecastFamily
{
    /// <summary>Calendar days of hourly returns that its variance is measured on.</summary>
    public const int Days = 60;

    private RandomWalk()
    {
    }

    /// <summary>The one random walk there is.</summary>
    public static RandomWalk Family { get; } = new();

    /// <inheritdoc/>
    public string Id => "random-walk";

    /// <inheritdoc/>
    public int WeeksOfHistory => (Days + 6) / 7;

    /// <inheritdoc/>
    public IEnumerable<Forecast?> Predict(MarketHistory history, IReadOnlyList<Standpoint> standpoints) =>
        standpoints.Select(standpoint => From(history.Own, standpoint));

    /// <summary>Mean squared log return per market hour; null where fewer than a market week of bars is there, or none moved.</summary>
    internal static double? Variance(HourlySeries bars)
    {
        if (bars.Count < SeasonalEwma.LeastBars)
        {
            return null;
        }

        var squares = 0.0;
        for (var i = 1; i < bars.Count; i++)
        {
            var logReturn = Math.Log(bars.Closes[i] / bars.Closes[i - 1]);
            squares += logReturn * logReturn;
        }

        // A return over missing bars counts with the market hours that it spans; a weekend has none.
        var hours = FxWeek.MarketHours(bars.LastCloseTime) - FxWeek.MarketHours(UnixHour.ToInstant(bars.CloseHours[0]));
        return squares > 0 ? squares / hours : null;
    }

    private Forecast? From(HourlySeries series, Standpoint standpoint)
    {
        var (asOf, spot) = standpoint;
        if (Variance(series.Until(asOf).After(asOf.AddDays(-Days))) is not { } variance)
        {
            return null;
        }

        var start = FxWeek.MarketHours(asOf);
        return new Forecast(series.Pair, asOf, spot, Id, asOf, instant =>
            new RateDistribution(spot, Math.Sqrt(variance * Math.Max(0, FxWeek.MarketHours(instant) - start)), NormalShape.Standard));
    }
}
