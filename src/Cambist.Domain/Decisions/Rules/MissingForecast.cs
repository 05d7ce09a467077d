namespace Cambist.Domain.Decisions.Rules;

/// <summary>Whether there is a forecast: waiting is advised only on one.</summary>
internal sealed class MissingForecast : IDecisionRule
{
    public Finding? Look(Situation situation) => situation.Outlook is not null
        ? null
        : new Finding("forecast.missing", $"There is no forecast: {situation.Context.ForecastMissing}. Waiting is advised only on a forecast.")
        {
            Verdict = Recommendation.ConvertNow,
            ChangesIf = "A forecast of the pair may change it.",
        };
}
