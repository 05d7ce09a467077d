namespace Cambist.Domain.Rates.Checks;

/// <summary>The questions in the order in which they are asked; the first that finds something decides.</summary>
public static class RateChecks
{
    /// <summary>All of them. A new check is a file and a line here.</summary>
    public static IReadOnlyList<IRateCheck> InOrder { get; } =
    [
        new IsPositive(),
        new IsNotCrossed(),
        new IsNotOfTheFuture(),
        new IsNotStale(),
        new IsInOrder(),
        new HasNoUnitError(),
        new IsNotFrozen(),
        new AgreesWithOthers(),
        new IsNoJump(),
    ];
}
