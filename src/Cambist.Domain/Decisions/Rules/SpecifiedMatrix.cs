using static Cambist.Domain.Decisions.AdviceWording;

namespace Cambist.Domain.Decisions.Rules;

/// <summary>The <see cref="DecisionMatrix"/>; its savings thresholds are scaled by the risk tolerance. It always decides where there is a forecast and a worth in USD.</summary>
internal sealed class SpecifiedMatrix : IDecisionRule
{
    // The row that waits for the least.
    private static readonly MatrixRow Least = DecisionMatrix.Rows.Where(row => row.Verdict == Recommendation.Wait).MinBy(row => row.Savings.Above)!;

    public Finding? Look(Situation situation)
    {
        if (situation.Outlook is not { } outlook || situation.InUsd(outlook.ExpectedSaving) is not { } saving)
        {
            return null;
        }

        var scale = DecisionMatrix.SavingsScale(situation.Question.Risk);
        var row = DecisionMatrix.Find(saving, outlook.Confidence, situation.DaysToDeadline, situation.Question.Risk);
        var verdict = row?.Verdict ?? Recommendation.ConvertNow;
        return new Finding(
            row?.Code ?? DecisionMatrix.NoRow,
            Text($"Waiting until {Instant(outlook.Horizon)} is expected to save {Usd(saving)} and is {Probability(outlook.Confidence)} likely to be cheaper. {Conclusion(row, scale, situation.DaysToDeadline)}"))
        {
            Figures =
            [
                new("expected_saving_usd", saving),
                Figure.Probability("confidence", outlook.Confidence),
                Figure.Days("days_to_deadline", situation.DaysToDeadline),
                new("savings_scale", scale),
            ],
            Verdict = verdict,
            ChangesIf = ChangesIf(situation, verdict, scale),
        };
    }

    private static string Conclusion(MatrixRow? row, decimal scale, double days) => row?.Code switch
    {
        null => Text($"That is not enough, at this probability and with {days:0.#} days left, to wait for."),
        "matrix.small_savings" => Text($"Below {row.Savings.Below * scale:0.##} USD waiting is not worth the risk."),
        "matrix.low_confidence" => Text($"Less than {row.Confidence.Below:0 %} likely is no reason to wait."),
        "matrix.deadline_near" => Text($"With {days:0.#} days to the deadline there is no room to wait."),
        _ => Text($"That is above {row.Savings.Above * scale:0.##} USD and {row.Confidence.Above:0 %}, with {days:0.#} days left."),
    };

    private static string ChangesIf(Situation situation, Recommendation verdict, decimal scale)
    {
        var (saving, confidence, days) = (Least.Savings.Above * scale, Least.Confidence.Above, Least.Days.Above);
        if (verdict == Recommendation.Wait)
        {
            var safe = situation.LatestSafe is { } known ? $", and at the latest on {Instant(known)}, the last safe order with {situation.Best.Provider.Name}" : "";
            return Text($"Changes to convert now if the expected saving falls to {saving:0.##} USD or its probability to {confidence:0 %}{safe}.");
        }

        return situation.DaysToDeadline > days
            ? Text($"Changes to wait if waiting is expected to save more than {saving:0.##} USD with a probability above {confidence:0 %} while more than {days} days are left.")
            : Text($"Only a later deadline would change it: nobody is told to wait in the last {days} days.");
    }
}
