namespace Cambist.Domain.Forecasting;

/// <summary>Where a forecaster stands: an instant and the rate at it, live the mid-market rate, in walk-forward the last close.</summary>
/// <param name="AsOf">The instant; horizons count from here.</param>
/// <param name="Spot">The rate at that instant, quote currency per unit of base currency.</param>
public readonly record struct Standpoint(DateTimeOffset AsOf, double Spot);

/// <summary>
/// A way of forecasting any pair. The service asks it from one instant, walk-forward from thousands in rising time, so that it may fit once a week and carry its own
/// past errors along; the answer at an instant is the same either way. Whatever it is given, the forecast at an instant rests on bars that had closed by then and on
/// nothing else: the look-ahead detector holds every family to that.
/// </summary>
public interface IForecastFamily
{
    /// <summary>The id in answers and on the command line: <c>baseline</c>.</summary>
    string Id { get; }

    /// <summary>How many weeks before the Sunday open of the first standpoint it reads.</summary>
    int WeeksOfHistory { get; }

    /// <summary>A forecast per standpoint, in their order; null where the history before it is too short or never moved.</summary>
    /// <param name="history">The bars from <see cref="WeeksOfHistory"/> before the first standpoint up to the last standpoint, or later.</param>
    /// <param name="standpoints">Rising in time.</param>
    IEnumerable<Forecast?> Predict(MarketHistory history, IReadOnlyList<Standpoint> standpoints);
}
