namespace Cambist.App.Edge;

/// <summary>Names of policies that routes ask for.</summary>
public static class EdgePolicies
{
    /// <summary>Only who runs the service.</summary>
    public const string Admin = "admin";

    /// <summary>Only within <c>Auth:RecentLoginMinutes</c> of a log-in.</summary>
    public const string RecentLogin = "recent login";
}
