using Cambist.Domain.Currencies;
using static Cambist.Domain.Decisions.AdviceWording;

namespace Cambist.Domain.Decisions.Rules;

/// <summary>What the advised provider costs less than the one that the person would use without advice.</summary>
internal sealed class UsualProvider : IDecisionRule
{
    public Finding? Look(Situation situation)
    {
        if (situation.Question.UsualProvider is not { } id || situation.Quotes.FirstOrDefault(quote => quote.Provider.Id == id) is not { Cost: { } cost } usual || usual == situation.Best)
        {
            return null;
        }

        var saved = cost.TotalCost.Minus(situation.Cost.TotalCost).Rounded();
        // A usual provider that cannot deliver in time may be the cheaper one.
        var difference = saved.Amount < 0m ? $"{Amount(-saved)} more" : $"{Amount(saved)} less";
        return new Finding("provider.usual", $"Against {usual.Provider.Name}, your usual provider, {situation.Best.Provider.Name} costs {difference}.") { Figures = [new("saved_against_usual", saved.Amount)] };
    }
}
