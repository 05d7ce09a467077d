using Microsoft.AspNetCore.Http;

namespace Cambist.App.Edge;

/// <summary>Where tokens and personal data are told: nobody keeps such an answer, and it is not compressed.</summary>
internal static class PrivatePaths
{
    private static readonly PathString[] Paths = ["/api/v1/auth", "/api/v1/me", "/api/v1/goals", "/api/v1/dashboard", "/account", "/goals"];

    public static bool Contain(PathString path) => Array.Exists(Paths, one => path.StartsWithSegments(one, StringComparison.OrdinalIgnoreCase));
}
