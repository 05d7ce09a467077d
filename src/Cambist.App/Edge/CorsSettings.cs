using Cambist.App.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Cambist.App.Edge;

/// <summary>Whose pages may read answers of the API in a browser: <c>Cors:Origins</c>. Nobody else's by default.</summary>
internal sealed record CorsSettings(IReadOnlyList<string> Origins)
{
    private const string Key = "Cors:Origins";

    /// <exception cref="WrongSettingException">One is no origin.</exception>
    public static CorsSettings Read(IConfiguration configuration) => new([.. configuration.Words(Key).Select(Origin)]);

    private static string Origin(string told) =>
        Uri.TryCreate(told, UriKind.Absolute, out var origin) && origin.Scheme is "http" or "https" && origin.GetLeftPart(UriPartial.Authority).Equals(told, StringComparison.OrdinalIgnoreCase) && origin.UserInfo.Length == 0
            ? told.ToLowerInvariant()
            : throw new WrongSettingException(Key, $"origins such as https://app.example.org, without a path, expected, found '{told}'");

    // Without credentials: a token is sent by whoever holds it, and a page's cookie is nobody else's business.
    public void Use(IApplicationBuilder app)
    {
        if (Origins.Count == 0)
        {
            return;
        }

        app.UseCors(policy => policy
            .WithOrigins([.. Origins])
            .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
            .WithHeaders("Authorization", "Content-Type", "If-None-Match", "Idempotency-Key", CorrelationId.Header)
            .WithExposedHeaders("ETag", "Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", CorrelationId.Header)
            .SetPreflightMaxAge(TimeSpan.FromHours(1)));
    }
}
