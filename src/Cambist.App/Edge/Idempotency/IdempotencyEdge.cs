using System.Security.Cryptography;
using Cambist.App.Edge.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.App.Edge.Idempotency;

/// <summary>
/// <c>Idempotency-Key</c> (draft-ietf-httpapi-idempotency-key-header) on a route that has effects: a client that did not hear the answer asks again with the
/// same key, and gets the answer that was given instead of a second effect.
/// </summary>
internal static class IdempotencyEdge
{
    public const string ReplayedHeader = "Idempotency-Replayed";

    /// <summary>Lets the route's requests carry a key. It works before the body is read, and therefore is no endpoint filter.</summary>
    public static TBuilder WithIdempotency<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder
    {
        route.Add(endpoint =>
        {
            var answer = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => context.Request.Headers.TryGetValue(IdempotencyKey.Header, out var keys) ? AnswerAsync(context, keys.ToString(), answer) : answer(context);
        });
        return route;
    }

    private static async Task AnswerAsync(HttpContext context, string key, RequestDelegate answer)
    {
        if (IdempotencyKey.Fault(key) is { } fault)
        {
            await new ProblemResult(fault).ExecuteAsync(context);
            return;
        }

        context.Request.EnableBuffering();
        var id = IdOf(context, key);
        var body = await SHA256.HashDataAsync(context.Request.Body, context.RequestAborted);
        context.Request.Body.Position = 0;
        var answers = context.RequestServices.GetRequiredService<IdempotentAnswers>();
        switch (answers.Begin(id, body))
        {
            case KnownKey.New:
                await AnswerOnceAsync(context, id, answers, answer);
                return;
            case KnownKey.Answered(var kept):
                await RepeatAsync(context, kept);
                return;
            case KnownKey.Other:
                await new ProblemResult(IdempotencyKey.Mismatch).ExecuteAsync(context);
                return;
            default:
                context.Response.Headers.RetryAfter = "1";
                await new ProblemResult(IdempotencyKey.InProgress).ExecuteAsync(context);
                return;
        }
    }

    private static async Task AnswerOnceAsync(HttpContext context, byte[] id, IdempotentAnswers answers, RequestDelegate answer)
    {
        var (response, body) = (context.Response, context.Response.Body);
        using var held = new MemoryStream();
        response.Body = held;
        var isKept = false;
        try
        {
            await answer(context);
            await response.BodyWriter.FlushAsync(CancellationToken.None);
            if (IdempotencyKey.IsFinal(response.StatusCode))
            {
                answers.Keep(id, new KeptAnswer(response.StatusCode, response.ContentType, response.Headers.Location, held.ToArray()));
                isKept = true;
            }
        }
        finally
        {
            response.Body = body;
            if (!isKept)
            {
                answers.Release(id);
            }
        }

        held.Position = 0;
        await held.CopyToAsync(body, context.RequestAborted);
    }

    private static async Task RepeatAsync(HttpContext context, KeptAnswer kept)
    {
        var response = context.Response;
        (response.StatusCode, response.ContentType) = (kept.Status, kept.ContentType);
        response.Headers.Location = kept.Location;
        response.Headers[ReplayedHeader] = "true";
        await response.Body.WriteAsync(kept.Body, context.RequestAborted);
    }

    // Who is not known by an id is told by the address and by what was shown as a key: nobody at the same address gets somebody else's answer.
    private static byte[] IdOf(HttpContext context, string key)
    {
        var caller = WhoAsks.AccountOf(context.User) is { } user
            ? LimitedClient.OfUser(user).ToString()
            : $"{LimitedClient.OfAddress(context.Connection.RemoteIpAddress)} {context.Request.Headers.Authorization}";
        return IdempotencyKey.IdOf(caller, context.Request.Method, $"{context.Request.Path}", key);
    }
}
