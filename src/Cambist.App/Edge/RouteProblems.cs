using Cambist.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cambist.App.Edge;

/// <summary>Tells the API's description which problems a route answers with.</summary>
internal static class RouteProblems
{
    private static readonly int[] Usual =
    [
        StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status503ServiceUnavailable,
    ];

    /// <summary>Routes of a group that answer with a problem of one more status.</summary>
    public static RouteGroupBuilder ProducesProblem(this RouteGroupBuilder group, int status) => group.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), ["application/problem+json"]));

    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder route)
    {
        foreach (var status in Usual)
        {
            route.Produces<Problem>(status, "application/problem+json");
        }

        return route;
    }
}
