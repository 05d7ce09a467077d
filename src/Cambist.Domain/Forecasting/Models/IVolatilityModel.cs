using Cambist.Domain.Features;

namespace Cambist.Domain.Forecasting.Models;

/// <summary>
/// A learned correction of the baseline: what it knows of an hour are the features of that hour and of the hours before it, and it says for each horizon how much
/// wider than the baseline's volatility the coming returns will spread, and where their middle lies. The shape of returns around that is not its business: it is
/// measured on the model's own recent errors.
/// </summary>
public interface IVolatilityModel
{
    /// <summary>Hours before an hour whose features its outlook reads too: 0 for a regression, 167 for a network that sees a week.</summary>
    int Lookback { get; }

    /// <summary>
    /// The outlook at each of the rows [from, to) of a table. Rows before the table's first count as missing hours.
    /// </summary>
    /// <param name="table">The features of a pair.</param>
    /// <param name="from">First row.</param>
    /// <param name="to">The row after the last.</param>
    /// <param name="logScale">Filled with ln(σ of the model / σ of the baseline): (to − from) × 24 numbers, the horizons of a row together.</param>
    /// <param name="location">Filled with the expected log return in units of the baseline's σ, laid out alike.</param>
    void Predict(FeatureTable table, int from, int to, Span<float> logScale, Span<float> location);
}
