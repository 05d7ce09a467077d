using System.Reflection;
using Cambist.App.Edge;
using Cambist.App.Edge.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ModelContextProtocol.Protocol;

namespace Cambist.App.Assistant;

/// <summary>The server of the Model Context Protocol: the same tools on standard input and output, and over HTTP.</summary>
public static class AssistantServer
{
    /// <summary>Where it is over HTTP.</summary>
    public const string Path = "/mcp";

    /// <summary>Registers the server; how it is reached is the caller's business.</summary>
    public static IMcpServerBuilder AddAssistantServer(this IServiceCollection services) => services
        .AddMcpServer(server =>
        {
            server.ServerInfo = new Implementation { Name = "cambist", Title = "Cambist", Version = Version };
            server.ServerInstructions = AssistantTools.Instructions;
        })
        .WithTools<AssistantTools>();

    /// <summary>Adds the tools of somebody's goals.</summary>
    public static IMcpServerBuilder WithGoalTools(this IMcpServerBuilder server, Func<IServiceProvider, WhoseGoals> whose)
    {
        server.Services.AddSingleton(whose);
        return server.WithTools<GoalTools>();
    }

    /// <summary>Registers the server for <see cref="MapAssistantServer"/>. It keeps nothing between requests, so any node answers any of them; rates are kept up to date by the service itself.</summary>
    internal static IServiceCollection AddAssistantServerOverHttp(this IServiceCollection services)
    {
        services.AddAssistantServer().WithGoalTools(_ => (user, _) => ValueTask.FromResult(WhoAsks.AccountOf(user)!)).WithHttpTransport(http => http.Stateless = true);
        services.TryAddSingleton<LookAtMarket>(_ => ValueTask.CompletedTask);
        services.AddSingleton<NoteAdvice>(provider => provider.GetRequiredService<AdviceTrail>().TellAsync);
        return services;
    }

    /// <summary>Maps Streamable HTTP. Whoever asks needs an access token, and every message counts under the user's limit.</summary>
    internal static void MapAssistantServer(this IEndpointRouteBuilder routes)
    {
        var server = routes.MapMcp(Path).RequireAuthorization().Limit().ExcludeFromDescription();

        // By the specification's security notes: a server looks at Origin, lest a page that somebody visits speaks to it. No endpoint filter, because the endpoints are no handlers.
        server.Add(endpoint =>
        {
            var answer = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => context.RequestServices.GetRequiredService<PageOrigins>().Allows(context.Request) ? answer(context) : RefuseAsync(context);
        });
    }

    private static string Version => typeof(AssistantServer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static Task RefuseAsync(HttpContext context) => new ProblemResult(Problems.Of(
        StatusCodes.Status403Forbidden, "origin_refused", "The page may not ask", "Pages of this host and those named in Cors:Origins may use the tools.")).ExecuteAsync(context);
}
