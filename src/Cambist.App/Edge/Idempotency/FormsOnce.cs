using System.Security.Cryptography;
using System.Text;
using Cambist.Client;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Edge.Idempotency;

/// <summary>What becomes of a page's form; exactly one is set.</summary>
/// <param name="Address">Where it leads when it is done.</param>
/// <param name="Problem">Why nothing was done.</param>
public readonly record struct FormAnswer(string? Address, Problem? Problem)
{
    /// <summary>Name of the hidden field with the key by which a form is done once.</summary>
    public const string KeyField = "once";

    /// <summary>Code of the problem of a form that was done with other values before; the page then gives it another key.</summary>
    public const string SentBefore = "form_sent_before";
}

/// <summary>
/// Does once what a form says, however often it is sent: by a double click, a reload, or the way back. The form carries a key of its own, as a request of the API does in <c>Idempotency-Key</c>, and both are kept in
/// one place. A form that was refused had no effect: with its key it may be mended and sent again.
/// </summary>
internal sealed class FormsOnce(IdempotentAnswers answers)
{
    /// <summary>Does it, unless it was.</summary>
    /// <param name="account">Who sends it.</param>
    /// <param name="form">Which form.</param>
    /// <param name="told">Its fields. Without a key it is done as often as it is sent.</param>
    /// <param name="meanwhile">Where it leads while the same form is being done.</param>
    /// <param name="act">Does it.</param>
    public async Task<FormAnswer> DoAsync(string account, string form, FormFields told, string meanwhile, Func<Task<FormAnswer>> act)
    {
        if (told[FormAnswer.KeyField] is not { } key)
        {
            return await act();
        }

        var id = SHA256.HashData(Encoding.UTF8.GetBytes($"{account}\nFORM {form}\n{key}"));
        return answers.Begin(id, told.Fingerprint()) switch
        {
            KnownKey.New => await DoOnceAsync(id, act),
            KnownKey.Answered(var kept) => new FormAnswer(kept.Location, null),
            KnownKey.Running => new FormAnswer(meanwhile, null),
            _ => new FormAnswer(null, Problems.Of(
                StatusCodes.Status409Conflict, FormAnswer.SentBefore, "The form was sent before", "This form was sent before with other values, and done. See whether what you mean is there already; if it is not, send the form once more.")),
        };
    }

    private async Task<FormAnswer> DoOnceAsync(byte[] id, Func<Task<FormAnswer>> act)
    {
        var isKept = false;
        try
        {
            var answer = await act();
            if (answer.Address is { } address)
            {
                answers.Keep(id, new KeptAnswer(StatusCodes.Status303SeeOther, null, address, []));
                isKept = true;
            }

            return answer;
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
