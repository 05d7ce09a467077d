using Cambist.Domain.Calendars;
using Cambist.Domain.Features;

namespace Cambist.Domain.Forecasting.Models;

/// <summary>What a model expects from one standpoint, at any later instant.</summary>
internal sealed class ModelOutlook(double start, double spot, VarianceOutlook baseline, float[] logScales, float[] locations, ReturnShape[] shapes)
{
    /// <summary>
    /// The distribution at an instant. Up to 24 market hours ahead the model speaks; what lies beyond adds the baseline's variance, for by then a model knows no more than
    /// that volatility returns to its long run; what it expects of the mean at 24 hours stays.
    /// </summary>
    public RateDistribution At(DateTimeOffset instant)
    {
        var end = FxWeek.MarketHours(instant);
        var horizon = (int)Math.Clamp(Math.Ceiling(end - start), 1, logScales.Length);
        var fitted = Math.Min(end, start + logScales.Length);
        var usual = baseline.Between(start, fitted);
        var variance = Math.Exp(2 * logScales[horizon - 1]) * usual;
        var shape = shapes[horizon - 1];
        if (end > fitted)
        {
            variance += baseline.Between(fitted, end) / (shape.Std * shape.Std);
        }

        return new RateDistribution(spot, Math.Sqrt(variance), shape, locations[horizon - 1] * Math.Sqrt(usual));
    }
}
