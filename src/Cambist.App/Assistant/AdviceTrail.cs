using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Cambist.App.Audit;
using Cambist.App.Edge;
using Cambist.App.Storage;

namespace Cambist.App.Assistant;

/// <summary>
/// Tells the audit trail of advice that somebody with an account was given: for which pair, and the digest of the answer as it went out, so that whoever kept an answer can show that it was given. No amount stands in
/// the trail, which cannot be erased.
/// </summary>
internal sealed class AdviceTrail(WriteBehind<AuditEntry> queue, TimeProvider clock)
{
    /// <summary>Tells of an answer; of one to a stranger nothing.</summary>
    /// <param name="user">Who asked; null: a stranger.</param>
    /// <param name="form">The question.</param>
    /// <param name="answer">The answer as JSON.</param>
    /// <param name="cancellationToken">Ends the wait, where more is told than the database takes.</param>
    public ValueTask TellAsync(ClaimsPrincipal? user, AskForm form, ReadOnlyMemory<byte> answer, CancellationToken cancellationToken)
    {
        if (WhoAsks.AccountOf(user) is not { } account)
        {
            return ValueTask.CompletedTask;
        }

        var details = new JsonObject { ["from"] = form.From?.Trim().ToUpperInvariant(), ["to"] = form.To?.Trim().ToUpperInvariant(), ["answer_sha256"] = Convert.ToHexStringLower(SHA256.HashData(answer.Span)) };
        return queue.AddAsync(new AuditEntry(clock.GetUtcNow(), "advice.given", account, Subject: null, details.ToJsonString()), cancellationToken);
    }
}
