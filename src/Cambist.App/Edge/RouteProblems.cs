using Cambist.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Edge;

/// <summary>Tells the API's description which problems a route answers with.</summary>
internal static class RouteProblems
{
    private static readonly int[] Usual =
    [
        StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status503ServiceUnavailable,
    ];

    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder route)
    {
        foreach (var status in Usual)
        {
            route.Produces<Problem>(status, "application/problem+json");
        }

        return route;
    }
}
