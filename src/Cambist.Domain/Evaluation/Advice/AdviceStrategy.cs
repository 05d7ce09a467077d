namespace Cambist.Domain.Evaluation.Advice;

/// <summary>What the advice is compared with. Each converts the goal's whole amount, with the best provider at each of its instants.</summary>
public enum AdviceStrategy
{
    /// <summary>Everything when it is asked.</summary>
    AtOnce,

    /// <summary>Everything at the latest safe instant that is told when it is asked.</summary>
    LastSafeDay,

    /// <summary>Equal parts, evenly over the days until then.</summary>
    EqualParts,

    /// <summary>Threat-based one-way trading until then.</summary>
    OneWayTrading,

    /// <summary>Everything at the best hour until then, which only hindsight knows. What the advice loses against it is the regret.</summary>
    Hindsight,
}
