namespace Cambist.Domain.Evaluation;

/// <summary>
/// Errors of a point forecast. The mean absolute percentage error is of the rate, as it is always told; the mean absolute and the root mean squared error are of the log return, so that
/// yen and dollars can be pooled.
/// </summary>
public sealed class PointErrors
{
    private double _percentages, _absolutes, _squares;

    /// <summary>Outcomes counted.</summary>
    public int Count { get; private set; }

    /// <summary>Mean of |outcome − forecast| / outcome, in per cent.</summary>
    public double Mape => 100 * _percentages / Count;

    /// <summary>Mean of |ln(outcome / forecast)|.</summary>
    public double Mae => _absolutes / Count;

    /// <summary>Root of the mean of ln(outcome / forecast)².</summary>
    public double Rmse => Math.Sqrt(_squares / Count);

    /// <summary>Counts a forecast of a rate and the rate that came.</summary>
    public void Add(double forecast, double outcome)
    {
        Count++;
        var logError = Math.Log(outcome / forecast);
        _percentages += Math.Abs(outcome - forecast) / outcome;
        _absolutes += Math.Abs(logError);
        _squares += logError * logError;
    }

    /// <summary>Counts all that another counted.</summary>
    public void Add(PointErrors other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Count += other.Count;
        _percentages += other._percentages;
        _absolutes += other._absolutes;
        _squares += other._squares;
    }
}
