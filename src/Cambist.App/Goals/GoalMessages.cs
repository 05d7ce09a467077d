using System.Text.Json;
using Cambist.App.Streaming;
using Cambist.Client;

namespace Cambist.App.Goals;

/// <summary>Tells the owner of a goal, on the personal stream, that the advice has become another or the goal has come nearer.</summary>
internal sealed class GoalMessages(PersonalStream stream)
{
    /// <summary>Tells of a goal's progress, or of what has happened to it.</summary>
    public void Progress(StoredGoal goal, string whatHappened)
    {
        var progress = GoalWire.Of(goal, goal.UpdatedAt, conversions: null).Progress;
        Publish(goal, PersonalMessage.GoalProgress, new GoalProgressMessage(
            goal.Id, whatHappened, GoalWords.Statuses.Of(goal.Status), progress.Converted, progress.Remaining, progress.Share, progress.Milestone));
    }

    /// <summary>Tells of a goal's advice where it has become another.</summary>
    public void Changed(StoredGoal goal, StoredGoal after)
    {
        if (goal.Advice.LastVerdict is { } before && GoalWire.Of(after.Advice) is { } said && said.Recommendation != before)
        {
            Publish(goal, PersonalMessage.RecommendationChange, new RecommendationChangeMessage(
                goal.Id, before, said.Recommendation, said.Reason, said.Confidence, said.Provider, said.ExpectedSavings, said.Amount, said.NextCheck, said.AsOf));
        }
    }

    private void Publish(StoredGoal goal, PersonalMessage type, GoalProgressMessage message) => stream.Publish(goal.Account, type, JsonSerializer.SerializeToElement(message, CambistJson.Wire.GoalProgressMessage));

    private void Publish(StoredGoal goal, PersonalMessage type, RecommendationChangeMessage message) =>
        stream.Publish(goal.Account, type, JsonSerializer.SerializeToElement(message, CambistJson.Wire.RecommendationChangeMessage));
}
