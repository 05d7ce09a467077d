using Cambist.Domain.Decisions;
using Cambist.Domain.Forecasting;

namespace Cambist.App.Assistant.Log;

/// <summary>Decides what will be logged.</summary>
internal static class HeardDecision
{
    /// <summary>The outcome, and whoever listened to what the forecast was asked; null where there is no forecast. What is still asked while the decision is put into words is heard too.</summary>
    public static (DecisionOutcome Outcome, ForecastListener? Listener) Decide(DecisionContext context)
    {
        var listener = context.Forecast is { } forecast ? new ForecastListener(forecast) : null;
        return (DecisionEngine.Decide(listener is null ? context : context with { Forecast = listener.Forecast }), listener);
    }
}
