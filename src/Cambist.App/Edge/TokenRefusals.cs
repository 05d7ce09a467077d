using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Edge;

/// <summary>
/// Refuses what came with an access token that is none, or none any more, on routes that would answer without one too: who believes to be known must not be answered as a stranger.
/// Authentication in another way (<c>Basic</c>, of a proxy in front) is not looked at.
/// </summary>
internal static class TokenRefusals
{
    private const string Bearer = "Bearer";

    public static IApplicationBuilder UseTokenRefusals(this IApplicationBuilder app) => app.Use(static (context, next) =>
        HasToken(context.Request) && context.User.Identity?.IsAuthenticated != true && context.GetEndpoint()?.Metadata.GetMetadata<AnswersWithoutToken>() is null ? RefuseAsync(context) : next(context));

    private static bool HasToken(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } told && told.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && (told.Length == Bearer.Length || told[Bearer.Length] == ' ');

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return new ProblemResult(Problems.Of(
            StatusCodes.Status401Unauthorized,
            "token_refused",
            "The access token is refused",
            "It is none of this service, has run out, or its session has ended: refresh it at /api/v1/auth/refresh, or log in again.")).ExecuteAsync(context);
    }
}

/// <summary>Marks a route that is answered whatever token it comes with: one that gives out new ones.</summary>
internal sealed record AnswersWithoutToken;
