using System.CommandLine;
using Cambist.App.Assistant;
using Cambist.App.Rates.Sources;
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
        var command = new Command("mcp", "Serve AI assistants by the Model Context Protocol on standard input and output.");
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var services = LocalAssistant.Create(parsed, parsed.OpenStore(), knowsLiveSources: true);
        services.AddSingleton<Glances>().AddSingleton<LookAtMarket>(provider => provider.GetRequiredService<Glances>().LookAsync);
        services.AddSingleton<NoteAdvice>((_, _, _, _) => ValueTask.CompletedTask);
        services.AddAssistantServer().WithStdioServerTransport();
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
