using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Edge;

/// <summary>
/// One id of a request in its answer, in every line of the log that was written for it, and in problems as <c>trace_id</c>. The client's own id is taken
/// where it can be put into a log and a header as it is.
/// </summary>
internal static partial class CorrelationId
{
    public const string Header = "X-Correlation-Id";

    public static IApplicationBuilder UseCorrelationIds(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.Headers.TryGetValue(Header, out var told) && told is [{ Length: <= 64 } id] && Token().IsMatch(id))
        {
            context.TraceIdentifier = id; // The scope of the request's log has it from here.
        }

        return next(context);
    });

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
