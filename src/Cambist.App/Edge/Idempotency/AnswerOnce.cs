using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Cambist.App.Edge.Limits;
using Cambist.Client;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Edge.Idempotency;

/// <summary>Idempotency keys for faces that are no routes: what they ask with a key is what the route is asked with the same key and body, so that neither has the effect twice.</summary>
internal sealed class AnswerOnce(IdempotentAnswers answers)
{
    /// <summary>Answers, or repeats the answer that was given; exactly one is set.</summary>
    /// <param name="account">Who asks.</param>
    /// <param name="path">The route that is posted to.</param>
    /// <param name="key">The key.</param>
    /// <param name="body">What is asked, as the route has it.</param>
    /// <param name="type">The answer on the wire.</param>
    /// <param name="answer">Answers.</param>
    public async Task<(T? Answer, Problem? Problem)> AskAsync<T>(string account, string path, string key, byte[] body, JsonTypeInfo<T> type, Func<Task<(T? Answer, Problem? Problem)>> answer)
        where T : class
    {
        if (IdempotencyKey.Fault(key) is { } fault)
        {
            return (null, fault);
        }

        var id = IdempotencyKey.IdOf(LimitedClient.OfUser(account).ToString(), HttpMethods.Post, path, key);
        switch (answers.Begin(id, SHA256.HashData(body)))
        {
            case KnownKey.New:
                return await AnswerAsync(id, type, answer);
            case KnownKey.Answered({ Status: < StatusCodes.Status400BadRequest, Body: var kept }):
                return (JsonSerializer.Deserialize(kept, type), null);
            case KnownKey.Answered({ Body: var kept }):
                return (null, JsonSerializer.Deserialize(kept, CambistJson.Wire.Problem));
            case KnownKey.Other:
                return (null, IdempotencyKey.Mismatch);
            default:
                return (null, IdempotencyKey.InProgress);
        }
    }

    private async Task<(T? Answer, Problem? Problem)> AnswerAsync<T>(byte[] id, JsonTypeInfo<T> type, Func<Task<(T? Answer, Problem? Problem)>> answer)
        where T : class
    {
        var isKept = false;
        try
        {
            var (told, problem) = await answer();
            if (problem is null || IdempotencyKey.IsFinal(problem.Status))
            {
                answers.Keep(id, problem is null
                    ? new KeptAnswer(StatusCodes.Status201Created, "application/json; charset=utf-8", null, JsonSerializer.SerializeToUtf8Bytes(told!, type))
                    : new KeptAnswer(problem.Status, "application/problem+json", null, JsonSerializer.SerializeToUtf8Bytes(problem, CambistJson.Wire.Problem)));
                isKept = true;
            }

            return (told, problem);
        }
        finally
        {
            if (!isKept)
            {
                answers.Release(id);
            }
        }
    }
}
