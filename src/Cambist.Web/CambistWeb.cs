using Cambist.App.Edge;
using Cambist.App.Edge.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.Web;

/// <summary>The web pages. The program maps the static assets and registers the delegate <see cref="Cambist.App.Assistant.AnswerQuestion"/>.</summary>
public static class CambistWeb
{
    /// <summary>Registers what the pages need: server-side rendering without interactivity.</summary>
    public static IServiceCollection AddCambistWeb(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<ShowProblem>((context, problem) => new RazorComponentResult<App>(new Dictionary<string, object?> { [nameof(App.Problem)] = problem }) { StatusCode = problem.Status }.ExecuteAsync(context));
        return services;
    }

    /// <summary>Maps every page. Call it after <c>MapStaticAssets</c>, so that asset addresses carry their fingerprint.</summary>
    public static IEndpointRouteBuilder MapCambistWeb(this IEndpointRouteBuilder routes)
    {
        routes.MapRazorComponents<App>()
            .WithStaticAssets()
            // A page answers the question that the API answers.
            .Limit();
        return routes;
    }
}
