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

/// <summary>The strategies in order, and their words.</summary>
public static class AdviceStrategies
{
    /// <summary>The words, in the order of <see cref="AdviceStrategy"/>.</summary>
    public static Words<AdviceStrategy> Words { get; } = new(
        ("at_once", AdviceStrategy.AtOnce),
        ("last_safe_day", AdviceStrategy.LastSafeDay),
        ("equal_parts", AdviceStrategy.EqualParts),
        ("one_way_trading", AdviceStrategy.OneWayTrading),
        ("hindsight", AdviceStrategy.Hindsight));

    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<AdviceStrategy> All { get; } = Enum.GetValues<AdviceStrategy>();
}
