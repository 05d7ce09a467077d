using Cambist.Domain.Forecasting;
using Cambist.Domain.Forecasting.Baselines;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.App.Forecasting;

/// <summary>A model as it would have served: of what lies before the end of its training the baseline speaks, for the model knows how it came out.</summary>
/// <param name="model">The model.</param>
/// <param name="trainedUntil">The end of its training.</param>
/// <param name="baseline">The baseline; null: <see cref="SeasonalEwmaFamily.Baseline"/>.</param>
public sealed class ServedInTime(LearnedFamily model, DateTimeOffset trainedUntil, SeasonalEwmaFamily? baseline = null) : IForecastFamily
{
    /// <inheritdoc/>
    public string Id => model.Id;

    /// <inheritdoc/>
    public int WeeksOfHistory => model.WeeksOfHistory;

    /// <inheritdoc/>
    public IEnumerable<Forecast?> Predict(MarketHistory history, IReadOnlyList<Standpoint> standpoints)
    {
        ArgumentNullException.ThrowIfNull(standpoints);
        var learned = standpoints.TakeWhile(standpoint => standpoint.AsOf < trainedUntil).Count();
        return (baseline ?? SeasonalEwmaFamily.Baseline).Predict(history, [.. standpoints.Take(learned)]).Concat(model.Predict(history, [.. standpoints.Skip(learned)]));
    }
}
