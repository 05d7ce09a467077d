using static Cambist.Domain.Decisions.AdviceWording;

namespace Cambist.Domain.Decisions.Rules;

/// <summary>Whether the rate has fallen to where the person wants to put no more at risk: then the waiting ends.</summary>
internal sealed class FloorRate : IDecisionRule
{
    public Finding? Look(Situation situation)
    {
        if (situation.Question.FloorRate is not { } floor)
        {
            return null;
        }

        var (pair, mid) = (situation.Question.Pair, situation.Context.Mid);
        IReadOnlyList<Figure> figures = [new("rate", mid), new("floor_rate", floor)];
        return mid <= floor
            ? new Finding("rate.floor_reached", $"{pair} is at {Rate(mid)}, at or below your floor of {Rate(floor)}.")
            {
                Figures = figures,
                Verdict = Recommendation.ConvertNow,
                ChangesIf = $"Changes if {pair} rises above {Rate(floor)} again, or with a lower floor.",
            }
            : new Finding("rate.above_floor", $"{pair} is at {Rate(mid)}, above the floor of {Rate(floor)}.") { Figures = figures };
    }
}
