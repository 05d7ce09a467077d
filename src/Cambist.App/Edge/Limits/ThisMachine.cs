using System.Net;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Edge.Limits;

/// <summary>Who sits at the machine is no stranger. But what somebody's proxy on it forwards comes from strangers, whether the proxy is known or not.</summary>
internal static class ThisMachine
{
    /// <summary>Whether a request of nobody known comes from this very machine and is therefore not counted by its address.</summary>
    public static bool Spares(this RateLimitsOptions options, HttpContext context) =>
        !options.CountLoopback
        && context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");
}
