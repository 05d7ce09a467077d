using Cambist.Domain.Evaluation.Advice;
using Cambist.Domain.Forecasting;

namespace Cambist.App.Analytics;

/// <summary>
/// What a family says of a pair at the instants of a replay. It is asked for many instants at once, and for none twice; of the history it is handed nothing that closed after the last of them.
/// Instants may be read from several threads while none are added.
/// </summary>
/// <param name="history">The pair's hours, and those of others.</param>
/// <param name="family">The family.</param>
/// <param name="rates">The rate at each instant.</param>
internal sealed class ForecastBook(MarketHistory history, IForecastFamily family, RatePath rates)
{
    private readonly Dictionary<DateTimeOffset, Forecast?> _said = [];

    /// <summary>Asks for those of the instants that are not in the book yet. A rate must be known at each.</summary>
    public void Add(IEnumerable<DateTimeOffset> instants)
    {
        var standpoints = instants.Distinct().Where(at => !_said.ContainsKey(at)).Order().Select(at => new Standpoint(at, (double)rates.At(at)!.Rate.Mid)).ToList();
        if (standpoints.Count > 0)
        {
            foreach (var (standpoint, said) in standpoints.Zip(family.Predict(history.Until(standpoints[^1].AsOf), standpoints)))
            {
                _said[standpoint.AsOf] = said;
            }
        }
    }

    /// <summary>The forecast at an instant that was added; null where the family has none.</summary>
    public Forecast? At(DateTimeOffset instant) => _said[instant];
}
