using Cambist.App.Edge.Limits;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Edge;

/// <summary>Whose a request is, for features that know nothing of accounts.</summary>
internal static class WhoAsks
{
    /// <summary>Id of the account; null: of nobody.</summary>
    public static string? AccountOf(HttpContext context) => LimitedClient.UserOf(context);
}
