namespace Cambist.Domain.Decisions.Rules;

/// <summary>Whether it is known what the money is worth in USD, the unit of the thresholds.</summary>
internal sealed class MissingUsdRate : IDecisionRule
{
    public Finding? Look(Situation situation) => situation.Context.UsdPerBase is not null
        ? null
        : new Finding("rate.usd_missing", $"No rate of {situation.Question.Pair.Base} in USD is known, and the thresholds of waiting are in USD.")
        {
            Verdict = Recommendation.ConvertNow,
            ChangesIf = $"A rate of {situation.Question.Pair.Base} in USD may change it.",
        };
}
