using System.CommandLine;
using Cambist.App.Accounts;
using Cambist.App.Edge;
using Cambist.App.Goals;
using Cambist.App.Privacy;
using Cambist.App.Rates.Sources;
using Cambist.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.Commands;

/// <summary>The goals of an account of the local store, for whoever can read it: <c>--email</c> says whose, and where there is one account alone it is that one's.</summary>
internal static class OwnGoals
{
    public static readonly Option<string?> Email = new("--email") { Description = "Whose goals: the account's e-mail or id (default: the only account).", HelpName = "ADDRESS" };

    /// <summary>Runs a command over somebody's goals.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="asksMarket">Whether rates of now are wanted: then the goals are looked at before, because no service may have done so.</param>
    /// <param name="run">The command.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<int> RunAsync(ParseResult parsed, bool asksMarket, Func<GoalDesk, string, DateTimeOffset, Task<int>> run, CancellationToken cancellationToken)
    {
        using var store = parsed.OpenStore();
        var services = LocalAssistant.Create(parsed, store, knowsLiveSources: asksMarket).WithAccounts(parsed, store);
        await using var provider = services.BuildServiceProvider();
        var (account, problem) = await provider.AccountAsync(parsed.GetValue(Email));
        if (account is null)
        {
            return Output.Fail(problem!, parsed.GetValue(CommonOptions.Json));
        }

        var asked = provider.GetRequiredService<TimeProvider>().GetUtcNow();
        if (asksMarket)
        {
            await provider.GetRequiredService<Collector>().AskOnceAsync(LocalAssistant.Patience, cancellationToken);
            provider.GetRequiredService<LookAtGoals>()(account, cancellationToken);
        }

        return await run(provider.GetRequiredService<GoalDesk>(), account, asked);
    }

    /// <summary>Adds accounts, and has changes of goals stand in the audit trail as the operator's.</summary>
    public static ServiceCollection WithAccounts(this ServiceCollection services, ParseResult parsed, App.Storage.Database store)
    {
        var settings = ProgramSettings.Read();
        services.AddPrivacy(settings, store, parsed.DataFolder()).AddOperatorAccounts(settings).AddSingleton(new GoalActor(OperatorAccounts.Actor));
        return services;
    }

    /// <summary>The id of the account, or why there is none; exactly one is set.</summary>
    public static async Task<(string? Account, Problem? Problem)> AccountAsync(this IServiceProvider provider, string? emailOrId)
    {
        await using var scope = provider.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<OperatorAccounts>();
        if (emailOrId is not null)
        {
            return await accounts.FindAsync(emailOrId) is { } named
                ? (named.Id, null)
                : (null, Problems.Of(404, "account_not_found", "There is no such account", "'cambist users list' names those that there are."));
        }

        return accounts.Ids() switch
        {
            [] => (null, Problems.Of(404, "account_not_found", "There is no account", "Goals belong to an account. 'cambist users add EMAIL' makes one.")),
            [var only] => (only, null),
            var several => (null, Problems.Of(400, "account_needed", "It is not said whose goals", $"There are {several.Count} accounts: '--email ADDRESS' was expected.")),
        };
    }
}
