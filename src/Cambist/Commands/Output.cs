using System.CommandLine;
using System.CommandLine.Parsing;
using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Cambist.App.Edge;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Forecasting.Registry.Mlflow;
using Cambist.App.Forecasting.Training;
using Cambist.App.Privacy;
using Cambist.App.Storage;
using Cambist.Client;
using Microsoft.Extensions.Options;
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
    // A program that reads "file:line: reason" wants it on one line, however long.
    private const int WholeLines = 10_000;

    private static readonly JsonSerializerOptions Indented = new(CambistJson.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(CambistJsonContext.Default, ReportJsonContext.Default),
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The terminal, or a pipe of which nothing is known and which therefore gets no colour.</summary>
    public static IAnsiConsole Errors { get; } = CreateErrors();

    public static void WriteJson<T>(T value) =>
        Console.Out.WriteLine(JsonSerializer.Serialize(value, (JsonTypeInfo<T>)Indented.GetTypeInfo(typeof(T))));

    /// <summary>Tells what is wrong with a command line.</summary>
    public static int BadUsage(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (SymbolResult? command = parsed.CommandResult; command is CommandResult { Command: var named, Parent: not null }; command = command.Parent)
        {
            names.Push(named.Name);
        }

        var faults = string.Join(" ", parsed.Errors.Select(error => error.Message));
        return Fail(
            Problems.Of(400, "bad_usage", "The command line cannot be read", $"{faults} See: cambist {string.Join(' ', names.Append("--help"))}"),
            parsed.Tokens.Any(token => token.Value == CommonOptions.Json.Name));
    }

    /// <summary>The program's edge: the world's failures are told in a sentence, a bug with its trace.</summary>
    public static int Broken(ParseResult parsed, Exception fault)
    {
        var json = parsed.GetValue(CommonOptions.Json);
        if (fault is OperationCanceledException)
        {
            return Fail(Problems.Of(503, "stopped", "Stopped", "The command was stopped before it was done."), json);
        }

        if (fault is CannotListenException)
        {
            return Fail(Problems.Of(503, "cannot_listen", "The service cannot start", fault.Message), json);
        }

        if (fault is WrongSettingException)
        {
            return Fail(Problems.Of(400, "wrong_setting", "The configuration is wrong", fault.Message), json);
        }

        if (fault is OptionsValidationException wrong)
        {
            return Fail(Problems.Of(400, "wrong_setting", "The configuration is wrong", string.Join(" ", wrong.Failures)), json);
        }

        if (fault is TrainingFailedException untrained)
        {
            return Fail(Problems.Of(503, untrained.Code, "No model was trained", untrained.Message), json);
        }

        if (fault is ModelFaultException refused)
        {
            return Fail(ModelProblems.Of(refused), json);
        }

        if (fault is MlflowFaultException untold)
        {
            return Fail(Problems.Of(503, "mlflow_failed", "The MLflow server was not told", untold.Message), json);
        }

        if (fault is KeyRingFaultException locked)
        {
            return Fail(Problems.Of(503, locked.Code, "The key ring cannot be used", locked.Message), json);
        }

        if (fault is FieldCipherFaultException unread)
        {
            return Fail(Problems.Of(503, "field_unreadable", "An encrypted field cannot be read", unread.Message), json);
        }

        if (fault is CannotOpenDatabaseException or DbException)
        {
            return Fail(Problems.Of(503, "storage_failed", "The database cannot be used", fault.Message), json);
        }

        if (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return Fail(Problems.Of(503, "storage_failed", "Files cannot be used", fault.Message), json);
        }

        Errors.WriteException(fault);
        return json ? Fail(Problems.Of(500, "internal_error", "Something broke here", fault.Message), json) : ExitCode.Failed;
    }

    /// <summary>Names, beside the answer, the services that were too slow for it.</summary>
    public static void NotWaitedFor(IReadOnlyList<string> sources)
    {
        if (sources.Count > 0)
        {
            Errors.MarkupLineInterpolated($"[yellow]Not waited for: {string.Join(", ", sources)}.[/] What is published stands in their place; Quotes:Patience is how long they are waited for.");
        }
    }

    private static IAnsiConsole CreateErrors()
    {
        var errors = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected)
        {
            errors.Profile.Width = WholeLines;
        }

        return errors;
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
[JsonSerializable(typeof(BackfillReport))]
[JsonSerializable(typeof(EvaluationReport))]
[JsonSerializable(typeof(ScoreDocument))]
[JsonSerializable(typeof(AdviceTallyReport))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(ModelReport))]
[JsonSerializable(typeof(AuditReport))]
[JsonSerializable(typeof(ReplayReport))]
[JsonSerializable(typeof(IReadOnlyList<AuditRow>))]
[JsonSerializable(typeof(KeysReport))]
[JsonSerializable(typeof(UsersReport))]
[JsonSerializable(typeof(UserReport))]
[JsonSerializable(typeof(UserErasedReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
