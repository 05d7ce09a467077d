using static Cambist.Domain.Decisions.AdviceWording;

namespace Cambist.Domain.Decisions.Rules;

/// <summary>Transfers over time that are cheaper for certain at today's rate. What is certain stands apart from what the rate may do.</summary>
internal sealed class CostPlan : IDecisionRule
{
    public Finding? Look(Situation situation)
    {
        if (situation.Plan is not { Plan: { CertainSaving: { } saving } plan } advised)
        {
            return null;
        }

        var first = plan.Transfers[0];
        var risk = advised.AtRisk switch
        {
            null => "What the rate may do meanwhile is not known.",
            { Amount: 0m } => "Nothing of it waits.",
            { } lost => $"The rate may take {Amount(lost)} from what waits in the worst 5 %.",
        };
        var how = plan.Transfers.Count == 1 ? "another hour" : Text($"{plan.Transfers.Count} transfers, the first");
        return new Finding("plan.certain_saving", $"At today's rate {Amount(saving)} is saved for certain by {how} with {first.Provider.Name} on {Instant(first.At)}, {first.Why}. {risk}")
        {
            Figures = [new("transfers", plan.Transfers.Count), new("certain_saving", saving.Amount)],
        };
    }
}
