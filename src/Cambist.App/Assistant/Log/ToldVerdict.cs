using System.Text.Json;
using Cambist.Client;

namespace Cambist.App.Assistant.Log;

/// <summary>What somebody who follows an advice goes by.</summary>
/// <param name="Recommendation"><c>CONVERT_NOW</c> or <c>WAIT</c>.</param>
/// <param name="Provider">Id of the best provider.</param>
/// <param name="HorizonHours">Hours to the instant that waiting is judged at; null where there is no forecast.</param>
internal sealed record ToldVerdict(string? Recommendation, string? Provider, double? HorizonHours)
{
    /// <summary>That of advice as it goes out.</summary>
    public static ToldVerdict Of(AnalyzeResponse advice) => new(advice.Recommendation, advice.BestProvider.Provider, advice.HorizonHours);

    /// <summary>That of advice as it was logged.</summary>
    public static ToldVerdict Of(JsonElement advice) => new(
        advice.GetProperty("recommendation").GetString(),
        advice.GetProperty("best_provider").GetProperty("provider").GetString(),
        advice.GetProperty("horizon_hours") is { ValueKind: JsonValueKind.Number } hours ? hours.GetDouble() : null);
}
