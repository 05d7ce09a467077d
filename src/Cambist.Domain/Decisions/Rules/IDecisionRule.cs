namespace Cambist.Domain.Decisions.Rules;

/// <summary>One question that is asked of every situation. A rule reads nothing but the situation, so that the same facts always give the same advice.</summary>
public interface IDecisionRule
{
    /// <summary>What the rule finds, with its numbers, and a verdict where one follows; null where it has nothing to say.</summary>
    Finding? Look(Situation situation);
}
