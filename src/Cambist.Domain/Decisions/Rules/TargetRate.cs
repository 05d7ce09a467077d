using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;
using static Cambist.Domain.Decisions.AdviceWording;

namespace Cambist.Domain.Decisions.Rules;

/// <summary>
/// Whether the rate has come to the person's target. Until then they wait, as they ordered, as long as it is safe; how likely it is, and what it may cost, is told.
/// </summary>
internal sealed class TargetRate : IDecisionRule
{
    public Finding? Look(Situation situation)
    {
        if (situation.Question.TargetRate is not { } target)
        {
            return null;
        }

        var (pair, mid) = (situation.Question.Pair, situation.Context.Mid);
        List<Figure> figures = [new("rate", mid), new("target_rate", target)];
        if (mid >= target)
        {
            return new Finding("target.reached", $"{pair} is at {Rate(mid)}, and the target was {Rate(target)}.")
            {
                Figures = figures,
                Verdict = Recommendation.ConvertNow,
                ChangesIf = $"Changes if {pair} falls below {Rate(target)} again, or with a higher target.",
            };
        }

        var text = $"{pair} is at {Rate(mid)} and the target is {Rate(target)}";
        if (!situation.CanWait)
        {
            return new Finding("target.missed", text + ", and no time is left to wait for it.") { Figures = figures };
        }

        var safe = situation.LatestSafe!.Value;
        var chance = ChanceOf(situation, target, safe);
        if (chance is { } known)
        {
            figures.Add(Figure.Probability("probability", known));
        }

        return new Finding("target.awaited", $"{text}; {(chance is { } told ? $"it is {Probability(told)} likely to be reached" : "how likely it is to be reached is not known")} by {Instant(safe)}.{AtRisk(situation)}")
        {
            Figures = figures,
            Verdict = Recommendation.Wait,
            ChangesIf = $"Changes to convert now when {pair} reaches {Rate(target)}{(situation.Question.FloorRate is { } floor ? $" or falls to {Rate(floor)}" : "")}, and at the latest on {Instant(safe)}, the last safe order with {situation.Best.Provider.Name}.",
        };
    }

    private static double? ChanceOf(Situation situation, decimal target, DateTimeOffset until) =>
        situation.Context.Forecast is { } forecast && until - forecast.AsOf <= TouchProbability.LongestDeadline
            ? TouchProbability.Of(forecast, (double)target, until, TargetSide.AtOrAbove)
            : null;

    private static string AtRisk(Situation situation) =>
        situation.Outlook?.AtRisk is { } lost ? $" Waiting until then costs {Amount(lost.Rounded())} or more in the worst 5 %." : "";
}
