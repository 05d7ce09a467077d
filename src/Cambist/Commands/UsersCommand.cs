using System.CommandLine;
using Cambist.App.Accounts;
using Cambist.App.Edge;
using Cambist.App.Goals;
using Cambist.App.Privacy;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Cambist.Commands;

/// <summary><c>cambist users</c>: accounts, for whoever runs the service. It works on the store directly, while a service runs on it or not.</summary>
internal static class UsersCommand
{
    private const string Admin = "admin";
    private const string User = "user";
    private static readonly Argument<string> Role = new("ROLE") { Description = "What it may do: user, or admin." };
    private static readonly Option<bool> AsAdmin = new("--admin") { Description = "Make it an admin's." };
    private static readonly Option<bool> ShowEmails = new("--show-emails") { Description = "Print e-mail addresses whole." };

    /// <summary>Whose account.</summary>
    public static readonly Argument<string> Who = new("EMAIL|ID") { Description = "The account's e-mail, or its id." };

    static UsersCommand() => Role.AcceptOnlyFromAmong(User, Admin);

    public static Command Create()
    {
        var list = new Command("list", "Every account; addresses are masked.") { ShowEmails };
        list.SetAction((parsed, _) => RunAsync(parsed, accounts => Task.FromResult(UsersView.WriteAll(accounts.All(), parsed.GetValue(ShowEmails), parsed.GetValue(CommonOptions.Json)))));

        var email = new Argument<string>("EMAIL") { Description = "The new account's e-mail; it counts as confirmed." };
        var add = new Command("add", "Make an account. The password is asked for.") { email, AsAdmin, SecretInput.FromStandardInput };
        add.SetAction((parsed, stop) => RunAsync(parsed, accounts => AddAsync(parsed, accounts, parsed.GetValue(email)!, stop)));

        var password = new Command("password", "Set another password, which is asked for; all sessions end.") { Who, SecretInput.FromStandardInput };
        password.SetAction((parsed, stop) => WithAccountAsync(parsed, (accounts, account) => PasswordAsync(parsed, accounts, account, stop)));

        var role = new Command("role", "Make somebody an admin, or a user again; all sessions end.") { Who, Role };
        role.SetAction((parsed, _) => WithAccountAsync(parsed, async (accounts, account) =>
            Written(parsed, account, await accounts.SetRoleAsync(account, parsed.GetValue(Role) == Admin ? AccountRole.Admin : AccountRole.User), $"is {parsed.GetValue(Role)} now")));

        var unlock = new Command("unlock", "Let somebody try again at once whose account is locked after wrong passwords.") { Who };
        unlock.SetAction((parsed, _) => WithAccountAsync(parsed, (accounts, account) => Done(parsed, account, "is unlocked", () => accounts.Unlock(account))));

        var signOut = new Command("sign-out", "End all sessions of an account.") { Who };
        signOut.SetAction((parsed, _) => WithAccountAsync(parsed, (accounts, account) => Done(parsed, account, "is signed out everywhere", () => accounts.SignOut(account))));

        var off = new Command("off", "Turn it off, for somebody who lost it and the recovery codes.") { Who };
        off.SetAction((parsed, _) => WithAccountAsync(parsed, async (accounts, account) =>
            await accounts.RemoveSecondFactorAsync(account) is ChangeResult.Wrong wrong
                ? Output.Fail(Problems.Of(409, wrong.Code, "Nothing was done", wrong.Reason), parsed.GetValue(CommonOptions.Json))
                : UsersView.WriteDone(account, "has no second factor now", parsed.GetValue(CommonOptions.Json))));

        return new Command("users", "Accounts: list them, make them, help people in, export and erase what is stored of them.")
        {
            list, add, password, role, unlock, signOut, new Command("second-factor", "The second factor of an account.") { off }, UsersDataCommand.Export(), UsersDataCommand.Erase(),
        };
    }

    /// <summary>Does something with the account that the command line names.</summary>
    public static Task<int> WithAccountAsync(ParseResult parsed, Func<OperatorAccounts, Account, Task<int>> run) => RunAsync(parsed, async accounts =>
        await accounts.FindAsync(parsed.GetValue(Who)!) is { } account
            ? await run(accounts, account)
            : Output.Fail(Problems.Of(404, "account_not_found", "There is no such account", "'cambist users list' names those that there are."), parsed.GetValue(CommonOptions.Json)));

    private static async Task<int> RunAsync(ParseResult parsed, Func<OperatorAccounts, Task<int>> run)
    {
        using var store = parsed.OpenStore();
        var settings = ProgramSettings.Read();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(store).AddPrivacy(settings, store, parsed.DataFolder()).AddOperatorAccounts(settings).AddGoalRecords();
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        return await run(scope.ServiceProvider.GetRequiredService<OperatorAccounts>());
    }

    private static async Task<int> AddAsync(ParseResult parsed, OperatorAccounts accounts, string email, CancellationToken cancellationToken)
    {
        var json = parsed.GetValue(CommonOptions.Json);

        // Before anybody types a password for it.
        if (!EmailAddress.TryRead(email, out _, out var fault))
        {
            return Output.Fail(Problems.Of(422, "invalid_email", "The e-mail cannot be used", fault), json);
        }

        if (await SecretInput.ReadAsync(parsed, cancellationToken) is not { } password)
        {
            return ExitCode.BadUsage;
        }

        var (account, refused) = await accounts.AddAsync(email, password, parsed.GetValue(AsAdmin) ? AccountRole.Admin : AccountRole.User);
        return account is null ? Refused(refused!, json) : UsersView.WriteDone(account, parsed.GetValue(AsAdmin) ? "is a new admin" : "is a new user", json);
    }

    private static async Task<int> PasswordAsync(ParseResult parsed, OperatorAccounts accounts, Account account, CancellationToken cancellationToken)
    {
        var json = parsed.GetValue(CommonOptions.Json);
        if (await SecretInput.ReadAsync(parsed, cancellationToken) is not { } password)
        {
            return ExitCode.BadUsage;
        }

        return await accounts.SetPasswordAsync(account, password, cancellationToken) is ChangeResult.Wrong wrong
            ? Refused(new IdentityError { Code = wrong.Code, Description = wrong.Reason }, json)
            : UsersView.WriteDone(account, "has another password, and is signed out everywhere", json);
    }

    private static Task<int> Done(ParseResult parsed, Account account, string what, Action act)
    {
        act();
        return Task.FromResult(UsersView.WriteDone(account, what, parsed.GetValue(CommonOptions.Json)));
    }

    private static int Written(ParseResult parsed, Account account, IdentityResult result, string what) =>
        result.Succeeded ? UsersView.WriteDone(account, what, parsed.GetValue(CommonOptions.Json)) : Refused(result.Errors.First(), parsed.GetValue(CommonOptions.Json));

    private static int Refused(IdentityError fault, bool json) =>
        Output.Fail(Problems.Of(fault.Code is "invalid_email" or "weak_password" ? 422 : 409, fault.Code, "That cannot be done", fault.Description), json);
}
