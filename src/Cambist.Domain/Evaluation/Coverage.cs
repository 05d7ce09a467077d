using Cambist.Domain.Forecasting;

namespace Cambist.Domain.Evaluation;

/// <summary>How often outcomes fall inside the central intervals of forecasts: 50, 80 and 95 % of the time where the forecaster knows its own error.</summary>
public sealed class Coverage
{
    private int _in50, _in80, _in95;

    /// <summary>Outcomes counted.</summary>
    public int Count { get; private set; }

    /// <summary>Share of outcomes inside [q25, q75].</summary>
    public double Of50 => (double)_in50 / Count;

    /// <summary>Share of outcomes inside [q10, q90].</summary>
    public double Of80 => (double)_in80 / Count;

    /// <summary>Share of outcomes inside [q2.5, q97.5].</summary>
    public double Of95 => (double)_in95 / Count;

    /// <summary>Counts one outcome against the distribution that was forecast for it.</summary>
    public void Add(RateDistribution forecast, double outcome)
    {
        Count++;
        _in50 += Inside(forecast, outcome, 0.25) ? 1 : 0;
        _in80 += Inside(forecast, outcome, 0.10) ? 1 : 0;
        _in95 += Inside(forecast, outcome, 0.025) ? 1 : 0;
    }

    /// <summary>Counts all that another counted.</summary>
    public void Add(Coverage other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Count += other.Count;
        _in50 += other._in50;
        _in80 += other._in80;
        _in95 += other._in95;
    }

    private static bool Inside(RateDistribution forecast, double outcome, double tail) =>
        outcome >= forecast.Quantile(tail) && outcome <= forecast.Quantile(1 - tail);
}
