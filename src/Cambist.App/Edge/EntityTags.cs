using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Cambist.App.Edge;

/// <summary>
/// <c>ETag</c> and <c>If-None-Match</c> (RFC 9110, 13.1.2) of JSON answers: what a client has already is not sent again. The tag is a digest of the answer,
/// and weak, because the same answer may be sent compressed.
/// </summary>
internal static class EntityTags
{
    // Twelve bytes: two answers of one address that differ have the same tag once in 10^28.
    private const int TagBytes = 12;

    /// <summary>Tags the route's JSON answers. Not for streams: an answer is held back until it is whole.</summary>
    public static TBuilder WithEntityTags<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder
    {
        route.Add(endpoint =>
        {
            var answer = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => WantsText(context.Request) ? answer(context) : AnswerAsync(context, answer);
        });
        return route;
    }

    private static async Task AnswerAsync(HttpContext context, RequestDelegate answer)
    {
        var (response, body) = (context.Response, context.Response.Body);
        using var held = new MemoryStream();
        response.Body = held;
        try
        {
            await answer(context);
            await response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        finally
        {
            response.Body = body;
        }

        var bytes = held.GetBuffer().AsMemory(0, (int)held.Length);
        if (response.StatusCode == StatusCodes.Status200OK)
        {
            var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes.Span).AsSpan(0, TagBytes))}\"", isWeak: true);
            response.Headers.ETag = tag.ToString();
            response.Headers.CacheControl = "private, no-cache"; // Kept, and asked about each time.
            if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false)))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                response.ContentLength = null;
                response.ContentType = null;
                return;
            }
        }

        await body.WriteAsync(bytes, context.RequestAborted);
    }

    // Those may be millions of lines, and are sent as they are read.
    private static bool WantsText(HttpRequest request)
    {
        var accept = request.Headers.Accept.ToString();
        return accept.Contains("text/csv", StringComparison.OrdinalIgnoreCase) || accept.Contains("ndjson", StringComparison.OrdinalIgnoreCase);
    }
}
