namespace Cambist.Domain.Decisions;

/// <summary>The verdict.</summary>
public enum Recommendation
{
    /// <summary>Convert now.</summary>
    ConvertNow,

    /// <summary>Wait, and look again at the next check.</summary>
    Wait,
}
