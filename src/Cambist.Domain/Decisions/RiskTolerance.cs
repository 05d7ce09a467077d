namespace Cambist.Domain.Decisions;

/// <summary>How much a person lets the money wait for. It scales the savings thresholds of the <see cref="DecisionMatrix"/>.</summary>
public enum RiskTolerance
{
    /// <summary>Waits only for twice the savings: thresholds ×2.</summary>
    Conservative,

    /// <summary>The thresholds as they are.</summary>
    Moderate,

    /// <summary>Waits for half the savings: thresholds ×0.5.</summary>
    Aggressive,
}

/// <summary>The words of both, as every face has them.</summary>
public static class DecisionWords
{
    /// <summary>Each risk tolerance by its word, the usual one first.</summary>
    public static IReadOnlyList<(string Word, RiskTolerance Value)> Risks { get; } =
        [("moderate", RiskTolerance.Moderate), ("conservative", RiskTolerance.Conservative), ("aggressive", RiskTolerance.Aggressive)];

    /// <summary><c>conservative</c>, <c>moderate</c> or <c>aggressive</c>.</summary>
    public static string Word(this RiskTolerance risk) => Risks.First(known => known.Value == risk).Word;

    /// <summary><c>CONVERT_NOW</c> or <c>WAIT</c>.</summary>
    public static string Word(this Recommendation recommendation) => recommendation == Recommendation.Wait ? "WAIT" : "CONVERT_NOW";
}

/// <summary>The verdict.</summary>
public enum Recommendation
{
    /// <summary>Convert now.</summary>
    ConvertNow,

    /// <summary>Wait, and look again at the next check.</summary>
    Wait,
}
