using System.Net;
using Cambist.App.Privacy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Edge;

/// <summary>
/// Writes into the log who was refused what: nobody where somebody is needed (401), too little right (403), over a limit (429), and what routes mark. A line names the route and never the address that was asked, in
/// which there may be anything, and a client by a token that is the same each time, never by its address. A flood of refusals makes no flood of lines.
/// </summary>
public sealed partial class RefusalLog(RequestDelegate next, PersonalDataHash hash, TimeProvider clock, ILogger<RefusalLog> log)
{
    private const int MostASecond = 20;

    // 72 bits: no two clients of a log have the same.
    private const int TokenLength = 12;

    private static readonly object Mark = typeof(RefusalLog);

    private readonly Lock _count = new();
    private long _second;
    private int _written;
    private int _untold;

    /// <summary>Tells a request as refused whose status does not say so: a form that another site sent, or a page that is shown again after a wrong password.</summary>
    /// <param name="context">The request.</param>
    public static void Tell(HttpContext context) => context.Items[Mark] = true;

    /// <summary>Looks at the answer at the last moment before it goes out.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(
            () =>
            {
                var status = context.Response.StatusCode;
                if (context.Items.ContainsKey(Mark) || status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests)
                {
                    Write(context, status);
                }

                return Task.CompletedTask;
            });
        return next(context);
    }

    private void Write(HttpContext context, int status)
    {
        if (Turn() is not { } untold)
        {
            return;
        }

        if (untold > 0)
        {
            Untold(untold);
        }

        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "no route";
        Refused(status == StatusCodes.Status403Forbidden ? LogLevel.Warning : LogLevel.Information, context.Request.Method, route, status, WhoAsks.AccountOf(context.User) ?? "nobody", TokenOf(context.Connection.RemoteIpAddress));
    }

    // How many were not told before this one; null where this one is not told either.
    private int? Turn()
    {
        lock (_count)
        {
            var second = clock.GetUtcNow().ToUnixTimeSeconds();
            if (second != _second)
            {
                (_second, _written) = (second, 0);
            }

            if (_written >= MostASecond)
            {
                _untold++;
                return null;
            }

            _written++;
            var untold = _untold;
            _untold = 0;
            return untold;
        }
    }

    private string TokenOf(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        try
        {
            return hash.Of("log", (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString())[..TokenLength];
        }
        catch (KeyRingFaultException)
        {
            return "unknown";
        }
    }

    [LoggerMessage(Message = "Refused {Method} {Route} with {Status}: {Account} from client {Client}.")]
    private partial void Refused(LogLevel level, string method, string route, int status, string account, string client);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} refusals before the next were too many to be told one by one.")]
    private partial void Untold(int count);
}
