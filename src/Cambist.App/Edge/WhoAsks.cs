using System.Security.Claims;

namespace Cambist.App.Edge;

/// <summary>Whose a request is, by token or by cookie, for features that know nothing of accounts.</summary>
public static class WhoAsks
{
    /// <summary>Name of the claim with the account's id (RFC 7519, 4.1.2).</summary>
    public const string AccountClaim = "sub";

    /// <summary>Name of the claim with the session's id (OpenID Connect Back-Channel Logout 1.0, 2.4).</summary>
    public const string SessionClaim = "sid";

    /// <summary>Id of the account; null: of nobody.</summary>
    public static string? AccountOf(ClaimsPrincipal? user) => user?.FindFirst(AccountClaim)?.Value;

    /// <summary>Id of the session; null: of none.</summary>
    public static string? SessionOf(ClaimsPrincipal? user) => user?.FindFirst(SessionClaim)?.Value;
}
