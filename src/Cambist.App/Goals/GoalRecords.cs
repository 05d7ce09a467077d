using System.Text.Json;
using System.Text.Json.Nodes;
using Cambist.App.Privacy;
using Cambist.Client;

namespace Cambist.App.Goals;

/// <summary>The goals of a person, with their conversions.</summary>
internal sealed class GoalRecords(GoalStore store, TimeProvider clock) : IPersonalRecords
{
    public string Name => "goals";

    public JsonNode Export(string accountId)
    {
        var conversions = store.ConversionsOfAccount(accountId).ToLookup(conversion => conversion.GoalId);
        return new JsonArray([.. store.Page(accountId, status: null, before: null, int.MaxValue)
            .Select(goal => JsonSerializer.SerializeToNode(GoalWire.Of(goal, clock.GetUtcNow(), [.. conversions[goal.Id]]), CambistJson.Wire.ConversionGoal))]);
    }

    public void Erase(string accountId) => store.Erase(accountId);
}
