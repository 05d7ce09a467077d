using System.Diagnostics;
using System.Text.Json;

namespace Cambist.TestKit;

/// <summary>What a finished command left behind.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record CommandResult(int ExitCode, string Out, string Error)
{
    /// <summary>Standard output as the one JSON document that it must be.</summary>
    public JsonElement Json() => JsonDocument.Parse(Out).RootElement;
}

/// <summary>The built program <c>cambist</c>, run as a process of its own. It lies beside the tests, because they reference it.</summary>
public static class CommandLine
{
    private const string Program = "cambist";
    private static readonly string[] KeylessSources = ["kraken", "coinbase", "frankfurter", "ecb", "exchange-api"];
    private static readonly string[] OfficialQuoteSources = ["wise", "wise-quote", "kraken", "coinbase"];

    /// <summary>Runs a command to its end. Live sources and feeds are out of its reach unless the environment says where they are.</summary>
    public static Task<CommandResult> RunAsync(params string[] arguments) => RunAsync(environment: null, arguments);

    /// <summary>Runs a command to its end, with further environment variables.</summary>
    public static async Task<CommandResult> RunAsync(IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        await using var command = Start(environment, arguments);
        return await command.EndAsync();
    }

    /// <summary>Starts a command that runs on.</summary>
    public static RunningCommand Start(IReadOnlyDictionary<string, string>? environment, params string[] arguments) => Start(Program, environment, arguments);

    /// <summary>Starts another program that lies beside the tests.</summary>
    public static RunningCommand StartProgram(string name, params string[] arguments) => Start(name, environment: null, arguments);

    /// <summary>Starts a command that is spoken to on its standard input; whoever does is to end it.</summary>
    public static Process Converse(params string[] arguments) => Begin(Program, environment: null, arguments);

    private static RunningCommand Start(string program, IReadOnlyDictionary<string, string>? environment, string[] arguments) => new(Begin(program, environment, arguments));

    private static Process Begin(string program, IReadOnlyDictionary<string, string>? environment, string[] arguments)
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, program + ".dll");
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", [assembly, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var id in KeylessSources)
        {
            start.Environment[$"Rates__Sources__{id}__BaseUrl"] = StandInServer.Unreachable.AbsoluteUri;
        }

        foreach (var id in OfficialQuoteSources)
        {
            start.Environment[$"Quotes__Sources__{id}__BaseUrl"] = StandInServer.Unreachable.AbsoluteUri;
        }

        start.Environment["Rates__Sources__exchange-api__FallbackUrl"] = StandInServer.Unreachable.AbsoluteUri;
        foreach (var id in StandInFeed.Ids)
        {
            start.Environment[$"Rates__Feeds__{id}__BaseUrl"] = StandInFeed.Unreachable.AbsoluteUri;
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
