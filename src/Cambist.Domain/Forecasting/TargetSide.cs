namespace Cambist.Domain.Forecasting;

/// <summary>From which rates on a target counts as reached.</summary>
public enum TargetSide
{
    /// <summary>The target and everything above it.</summary>
    AtOrAbove,

    /// <summary>The target and everything below it.</summary>
    AtOrBelow,
}
