using System.CommandLine;
using Cambist.App.Assistant;
using Cambist.App.Goals;
using Cambist.App.Rates.Sources;
using Cambist.App.Storage;
using Cambist.Client;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace Cambist.Commands;

/// <summary><c>cambist mcp</c>: the assistant as a server of the Model Context Protocol on standard input and output, for a person's AI assistant to ask.</summary>
internal static class McpCommand
{
    // As long as a rate of the sources is asked for anew anyway.
    private static readonly TimeSpan LooksAgain = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var command = new Command("mcp", "Serve AI assistants by the Model Context Protocol on standard input and output.") { OwnGoals.Email };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var store = parsed.OpenStore();
        var (account, problem) = await AccountAsync(parsed, store);
        if (problem is not null)
        {
            return Output.Fail(problem, parsed.GetValue(CommonOptions.Json));
        }

        var services = LocalAssistant.Create(parsed, store, knowsLiveSources: true).WithAccounts(parsed, store);
        services.AddSingleton<Glances>().AddSingleton<LookAtMarket>(provider => provider.GetRequiredService<Glances>().LookAsync);
        services.AddSingleton<NoteAdvice>((_, _, _, _) => ValueTask.CompletedTask);
        var server = services.AddAssistantServer().WithStdioServerTransport();
        if (account is not null)
        {
            server.WithGoalTools(provider => async (_, stop) =>
            {
                await provider.GetRequiredService<LookAtMarket>()(stop);
                provider.GetRequiredService<LookAtGoals>()(account, stop); // No service may do so.
                return account;
            });
        }

        await using var provider = services.BuildServiceProvider();
        var maker = provider.GetRequiredService<AdviceMaker>();
        await maker.StartAsync(cancellationToken);
        try
        {
            await provider.GetRequiredService<McpServer>().RunAsync(cancellationToken);
        }
        finally
        {
            await maker.FinishAsync(CancellationToken.None);
        }

        return ExitCode.Done;
    }

    // Where nobody is named and it is not clear whose goals are meant, there are no tools for them.
    private static async Task<(string? Account, Problem? Problem)> AccountAsync(ParseResult parsed, Database store)
    {
        await using var accounts = LocalAssistant.Create(parsed, store, knowsLiveSources: false).WithAccounts(parsed, store).BuildServiceProvider();
        var (account, problem) = await accounts.AccountAsync(parsed.GetValue(OwnGoals.Email));
        return (account, parsed.GetValue(OwnGoals.Email) is null ? null : problem);
    }

    // Asks the sources when a tool is called and what they said last has aged.
    private sealed class Glances(Collector collector, TimeProvider clock) : IDisposable
    {
        private readonly SemaphoreSlim _looking = new(1);
        private long? _lookedAt;

        public void Dispose() => _looking.Dispose();

        public async ValueTask LookAsync(CancellationToken cancellationToken)
        {
            await _looking.WaitAsync(cancellationToken);
            try
            {
                if (_lookedAt is not { } at || clock.GetElapsedTime(at) >= LooksAgain)
                {
                    await collector.AskOnceAsync(LocalAssistant.Patience, cancellationToken);
                    _lookedAt = clock.GetTimestamp();
                }
            }
            finally
            {
                _looking.Release();
            }
        }
    }
}
