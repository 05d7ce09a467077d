using Microsoft.AspNetCore.WebUtilities;

namespace Cambist.Web.Accounts;

/// <summary>What a link of a mail holds behind its <c>#</c>, where it reaches no log.</summary>
/// <param name="Account">Id of the account.</param>
/// <param name="Token">Works once.</param>
/// <param name="Email">A new address; null: the account's own.</param>
internal sealed record MailLink(string Account, string Token, string? Email)
{
    /// <summary>Name of the form's field, which the script fills in.</summary>
    public const string Field = "link";

    /// <summary>Reads what was pasted, the whole link or what is behind its <c>#</c>; null where it is none.</summary>
    public static MailLink? Of(string? told)
    {
        var parts = QueryHelpers.ParseQuery((told ?? "").Trim().Split('#')[^1]);
        return parts.TryGetValue("id", out var id) && parts.TryGetValue("token", out var token) && id is [{ Length: > 0 } account] && token is [{ Length: > 0 } secret]
            ? new MailLink(account, secret, parts.TryGetValue("email", out var email) ? email.ToString() : null)
            : null;
    }
}
