using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.App.Edge.Limits;

/// <summary>
/// Refuses what is beyond the limits with 429, and tells every client of the API how it stands: <c>RateLimit-Limit</c>, <c>RateLimit-Remaining</c> and
/// <c>RateLimit-Reset</c> (draft-ietf-httpapi-ratelimit-headers-06, the last with separate fields, which is what clients read), <c>Retry-After</c> with a refusal.
/// </summary>
internal sealed class RateLimitEdge(RequestDelegate next, RateLimitsOptions options, IRequestCounter counter)
{
    private readonly LimitRule[] _rules = [.. options.Rules];

    public Task InvokeAsync(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        var route = metadata?.GetMetadata<RateLimited>();
        if (route is null && !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            return next(context);
        }

        var isAuth = route?.IsAuth == true || (HttpMethods.IsPost(context.Request.Method) && metadata?.GetMetadata<LimitedAsAuthAttribute>() is not null);
        var user = isAuth ? null : WhoAsks.AccountOf(context.User);
        var rule = _rules[(int)(isAuth ? LimitKind.Auth : user is null ? LimitKind.Anonymous : LimitKind.User)];
        return rule.Limit == 0 || (rule.Kind == LimitKind.Anonymous && options.Spares(context))
            ? next(context)
            : CountAsync(context, rule, user is null ? LimitedClient.OfAddress(context.Connection.RemoteIpAddress) : LimitedClient.OfUser(user));
    }

    private async Task CountAsync(HttpContext context, LimitRule rule, LimitedClient client)
    {
        var standing = await counter.CountAsync(rule, client);

        // At the last moment, because an error answer begins with clearing what was set before.
        context.Response.OnStarting(Told.SetAsync, new Told(context.Response, rule, standing));
        if (standing.IsAllowed)
        {
            await next(context);
            return;
        }

        await RefuseAsync(context, rule, standing);
    }

    private static Task RefuseAsync(HttpContext context, LimitRule rule, Standing standing)
    {
        var detail = string.Create(
            CultureInfo.InvariantCulture,
            $"{(rule.Kind == LimitKind.User ? "A user" : "An address")} gets at most {rule.Limit} answers {(rule.Kind == LimitKind.Auth ? "of this kind " : "")}in {rule.Window.TotalSeconds:0} seconds; the next one in {standing.ResetSeconds}.");
        return PageProblems.AnswerAsync(context, Problems.Of(StatusCodes.Status429TooManyRequests, "rate_limited", "Too many requests", detail));
    }

    private sealed class Told(HttpResponse response, LimitRule rule, Standing standing)
    {
        public static Task SetAsync(object told)
        {
            ((Told)told).Set();
            return Task.CompletedTask;
        }

        private void Set()
        {
            var headers = response.Headers;
            headers["RateLimit-Limit"] = rule.Limit.ToString(CultureInfo.InvariantCulture);
            headers["RateLimit-Remaining"] = standing.Remaining.ToString(CultureInfo.InvariantCulture);
            headers["RateLimit-Reset"] = standing.ResetSeconds.ToString(CultureInfo.InvariantCulture);
            if (!standing.IsAllowed)
            {
                headers.RetryAfter = standing.ResetSeconds.ToString(CultureInfo.InvariantCulture);
            }
        }
    }
}

/// <summary>Marks a route that is not below <c>/api</c> as limited, or one as checking passwords and tokens.</summary>
/// <param name="IsAuth">Whether it checks passwords or tokens.</param>
internal sealed record RateLimited(bool IsAuth);

/// <summary>Marks a page whose form checks passwords, codes or tokens: what is sent with it counts under <c>RateLimits:Auth</c>, looking at it does not.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LimitedAsAuthAttribute : Attribute;

/// <summary>What a route says of its limit. Everything below <c>/api</c> is limited without a word.</summary>
public static class RateLimits
{
    /// <summary>Counts requests of an address to this route under <c>RateLimits:Auth</c>, whoever sends them.</summary>
    public static TBuilder LimitAsAuth<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new RateLimited(IsAuth: true));

    /// <summary>Limits a route outside of <c>/api</c> as those inside are.</summary>
    public static TBuilder Limit<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new RateLimited(IsAuth: false));

    internal static IServiceCollection AddRateLimits(this IServiceCollection services) => services
        .AddSingleton(provider => new MemoryCounter(provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<RateLimitsOptions>().MostClients))
        .AddSingleton<RequestCounter>()
        .AddSingleton<IRequestCounter>(provider => provider.GetRequiredService<RequestCounter>());

    internal static IApplicationBuilder UseRateLimits(this IApplicationBuilder app) => app.UseMiddleware<RateLimitEdge>();
}
