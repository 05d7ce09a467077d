using Cambist.App.Accounts;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary>The JSON document of <c>cambist users list</c>.</summary>
internal sealed record UsersReport(IReadOnlyList<UserReport> Users);

/// <summary>An account in the JSON documents of <c>cambist users</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Email">Its e-mail, masked unless it was asked for.</param>
/// <param name="EmailConfirmed">Whether the address is confirmed.</param>
/// <param name="Role"><c>user</c> or <c>admin</c>.</param>
/// <param name="SecondFactor">Whether a code is asked for at log-in.</param>
/// <param name="LockedUntil">Until when nobody can try to log in; null: it is not locked.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastSeenAt">When somebody last logged in.</param>
internal sealed record UserReport(string Id, string Email, bool EmailConfirmed, string Role, bool SecondFactor, DateTimeOffset? LockedUntil, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt);

/// <summary>The JSON document of <c>cambist users erase</c>.</summary>
internal sealed record UserErasedReport(string Erased);

/// <summary>Accounts at the terminal.</summary>
internal static class UsersView
{
    private static readonly string[] Headings = ["Account", "E-mail", "Role", "Last seen", "State"];

    public static int WriteAll(IReadOnlyList<Account> accounts, bool showEmails, bool json)
    {
        if (json)
        {
            Output.WriteJson(new UsersReport([.. accounts.Select(account => Of(account, showEmails))]));
            return ExitCode.Done;
        }

        if (accounts.Count == 0)
        {
            AnsiConsole.WriteLine("There is no account. 'cambist users add EMAIL --admin' makes the first admin.");
            return ExitCode.Done;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns([.. Headings.Select(heading => new TableColumn(heading) { Padding = new Padding(0, 0), NoWrap = heading != "State" })]);
        foreach (var one in accounts.Select(account => Of(account, showEmails)))
        {
            table.AddRow(one.Id, Markup.Escape(one.Email), one.Role, ModelsView.Minute(one.LastSeenAt)[.."2026-03-18".Length], string.Join(", ", StateOf(one)));
        }

        AnsiConsole.Write(table);
        return ExitCode.Done;
    }

    public static int WriteDone(Account account, string what, bool json)
    {
        if (json)
        {
            Output.WriteJson(Of(account, showEmail: false));
        }
        else
        {
            AnsiConsole.MarkupLineInterpolated($"[green]{Masked(account.Email)}[/] ({account.Id}) {what}.");
        }

        return ExitCode.Done;
    }

    public static int WriteErased(string id, bool json)
    {
        if (json)
        {
            Output.WriteJson(new UserErasedReport(id));
        }
        else
        {
            AnsiConsole.WriteLine($"{id} is erased. The audit trail keeps what was done under this id, which leads to nobody now.");
        }

        return ExitCode.Done;
    }

    /// <summary>Enough of an address to tell two apart by eye, and too little to write to.</summary>
    public static string Masked(string email)
    {
        var at = email.LastIndexOf('@');
        return $"{First(email)}***@{First(email[(at + 1)..])}***{email[email.LastIndexOf('.')..]}";
    }

    private static IEnumerable<string> StateOf(UserReport one)
    {
        if (one.LockedUntil is { } until)
        {
            yield return $"locked until {ModelsView.Minute(until)}";
        }

        if (!one.EmailConfirmed)
        {
            yield return "address not confirmed";
        }

        if (one.SecondFactor)
        {
            yield return "second factor";
        }
    }

    private static string First(string text) => System.Globalization.StringInfo.GetNextTextElement(text);

    // A lock that has run out is none.
    private static UserReport Of(Account account, bool showEmail) => new(
        account.Id, showEmail ? account.Email : Masked(account.Email), account.IsEmailConfirmed, account.Role == AccountRole.Admin ? "admin" : "user", account.HasSecondFactor,
        account.LockedUntil > TimeProvider.System.GetUtcNow() ? account.LockedUntil : null, account.CreatedAt, account.LastSeenAt);
}
