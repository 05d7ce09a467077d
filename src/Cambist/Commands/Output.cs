using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Cambist.Client;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary>Exit codes of every command.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int BadUsage = 2;
}

/// <summary>How commands speak: answers on standard output, everything else on standard error.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions Indented = new(CambistJson.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(CambistJsonContext.Default, ReportJsonContext.Default),
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The terminal, or a pipe of which nothing is known and which therefore gets no colour.</summary>
    public static IAnsiConsole Errors { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    public static void WriteJson<T>(T value) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(value, (JsonTypeInfo<T>)Indented.GetTypeInfo(typeof(T))));

    /// <summary>Tells what is wrong with a command line. The help of the command goes to standard error too.</summary>
    public static int BadUsage(ParseResult parsed)
    {
        var faults = string.Join(" ", parsed.Errors.Select(error => error.Message));
        if (parsed.Tokens.Any(token => token.Value == CommonOptions.Json.Name))
        {
            WriteJson(new Problem { Type = "urn:cambist:problem:bad_usage", Title = "The command line cannot be read", Status = 400, Detail = faults, Code = "bad_usage" });
        }

        Errors.MarkupLineInterpolated($"[red]{faults}[/]");
        Errors.MarkupLineInterpolated($"[grey]See: cambist {parsed.CommandResult.Command.Name} --help[/]");
        return ExitCode.BadUsage;
    }

    /// <summary>Tells a problem and gives the exit code that it means: 2 where the question is wrong, 1 where it could not be answered.</summary>
    public static int Fail(Problem problem, bool json)
    {
        if (json)
        {
            WriteJson(problem);
        }
        else
        {
            Errors.MarkupLineInterpolated($"[red]{problem.Title}:[/] {problem.Detail}");
        }

        return problem.Status is 400 or 422 ? ExitCode.BadUsage : ExitCode.Failed;
    }
}

/// <summary>Serializers of the documents that only the command line prints.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(EvaluationReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
