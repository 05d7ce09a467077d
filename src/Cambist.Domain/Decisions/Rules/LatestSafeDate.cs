using static Cambist.Domain.Decisions.AdviceWording;

namespace Cambist.Domain.Decisions.Rules;

/// <summary>Whether an order later than now is known to arrive by the deadline. Where it is not, it is time to convert.</summary>
internal sealed class LatestSafeDate : IDecisionRule
{
    public Finding Look(Situation situation)
    {
        var (provider, asOf, deadline) = (situation.Best.Provider.Name, situation.Context.AsOf, situation.Question.Deadline);
        return situation.LatestSafe switch
        {
            null => new Finding("deadline.delivery_unknown", $"{provider} does not say how long delivery takes, so no later day is known to be safe.")
            {
                Verdict = Recommendation.ConvertNow,
                ChangesIf = "Only a provider that tells how long delivery takes would change it.",
            },
            { } last when !situation.CanWait && last < situation.Best.LatestSafe => new Finding("deadline.last_order", asOf < last ? $"An order is due by {Instant(last)}." : $"An order was due by {Instant(last)}: every hour counts now.")
            {
                Verdict = Recommendation.ConvertNow,
                ChangesIf = "Only a later deadline would change it.",
            },
            { } safe when asOf < safe && !situation.CanWait => new Finding("deadline.latest_safe_date_near", $"To arrive by {Instant(deadline)} an order with {provider} is due by {Instant(safe)}.")
            {
                Verdict = Recommendation.ConvertNow,
                ChangesIf = "Only a later deadline or a faster provider would change it.",
            },
            { } safe when !situation.CanWait => new Finding("deadline.latest_safe_date_passed", $"To arrive by {Instant(deadline)} an order with {provider} was due by {Instant(safe)}: every hour counts now.")
            {
                Verdict = Recommendation.ConvertNow,
                ChangesIf = "Only a later deadline or a faster provider would change it.",
            },
            { } safe => new Finding("deadline.latest_safe_date", $"With {provider} the latest safe order is {Instant(safe)}.") { Figures = [Figure.Days("days_to_latest_safe_date", (safe - asOf).TotalDays)] },
        };
    }
}
