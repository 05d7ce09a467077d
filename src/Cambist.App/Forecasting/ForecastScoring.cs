using Cambist.Domain.Evaluation;
using Cambist.Domain.Forecasting;

namespace Cambist.App.Forecasting;

/// <summary>Puts past forecasts on a scoreboard, at every horizon whose outcome is recorded.</summary>
public static class ForecastScoring
{
    /// <summary>Counts a past forecast beside what its references said.</summary>
    public static void Add(this ForecastScores scores, PastForecast past)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var said = new RateDistribution?[past.References.Count];
        for (var hours = 1; hours <= Forecast.LongestFittedHorizon; hours++)
        {
            if (past.Outcome(hours) is not { } outcome)
            {
                continue;
            }

            for (var i = 0; i < said.Length; i++)
            {
                said[i] = past.References[i]?.AfterHours(hours);
            }

            scores.Add(past.Forecast.Pair, past.Forecast.AsOf, hours, past.Forecast.AfterHours(hours), outcome, said);
        }
    }
}
