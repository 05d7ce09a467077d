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
