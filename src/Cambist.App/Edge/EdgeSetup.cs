using Cambist.App.Edge.Idempotency;
using Cambist.App.Edge.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.App.Edge;

/// <summary>What stands between the network and the routes.</summary>
public static class EdgeSetup
{
    /// <summary>Reads the sections <c>RateLimits</c>, <c>Redis</c>, <c>Cors</c> and <c>Edge</c>.</summary>
    /// <exception cref="Storage.WrongSettingException">A value is not allowed.</exception>
    public static IServiceCollection AddEdgeSettings(this IServiceCollection services, IConfiguration configuration)
    {
        var redis = RedisLink.Read(configuration);
        return services
            .AddSingleton(RateLimitsOptions.Read(configuration))
            .AddSingleton(ProxySettings.Read(configuration))
            .AddSingleton(CorsSettings.Read(configuration))
            .AddSingleton<PageOrigins>()
            // By a factory, because what the container did not make it does not close.
            .AddSingleton(_ => redis)
            .AddSingleton<IdempotentAnswers>().AddSingleton<FormsOnce>()
            .AddRateLimits();
    }

    /// <summary>In this order: which request it is, who is refused for the log, the headers of every answer, problem answers, other people's pages, whose it is, limits, what is refused, compression.</summary>
    internal static IApplicationBuilder UseEdge(this IApplicationBuilder app)
    {
        app.ApplicationServices.GetRequiredService<ProxySettings>().Use(app);
        app.UseCorrelationIds().UseMiddleware<RefusalLog>().UseSecurityHeaders().UseProblemAnswers();
        app.ApplicationServices.GetRequiredService<CorsSettings>().Use(app);
        return app.UseAuthentication().UseRateLimits().UseTokenRefusals().UseAuthorization().UseCompression();
    }
}
