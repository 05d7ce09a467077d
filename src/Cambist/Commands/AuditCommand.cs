using System.CommandLine;
using System.Globalization;
using Cambist.App.Assistant.Log;
using Cambist.App.Audit;
using Cambist.App.Edge;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary><c>cambist audit</c>: what was done that somebody may have to answer for, and whether the trail of it is whole.</summary>
internal static class AuditCommand
{
    private static readonly Option<string?> Head = new("--head") { Description = "How far the trail went once, as 'audit verify' said then: it must still go there.", HelpName = "NUMBER:HASH" };
    private static readonly Option<string?> DecisionsHead = new("--decisions-head") { Description = "The same for the decision log.", HelpName = "NUMBER:HASH" };
    private static readonly Option<long> After = new("--after") { Description = "Begin after this entry.", HelpName = "NUMBER" };
    private static readonly Option<int> Most = new("--most") { Description = "How many entries at most.", HelpName = "N", DefaultValueFactory = _ => int.MaxValue };
    private static readonly Option<int> Last = new("--last") { Description = "How many events.", HelpName = "N", DefaultValueFactory = _ => 20 };

    public static Command Create()
    {
        var verify = new Command("verify", "Go through the whole trail and the whole decision log and tell whether anything was changed, taken out or put in.") { Head, DecisionsHead };
        verify.SetAction((parsed, stop) => Task.FromResult(Verify(parsed, stop)));
        var show = new Command("show", "The last events.") { Last };
        show.SetAction((parsed, _) => Task.FromResult(Show(parsed)));
        var replay = new Command("replay", "Decide the advice of the decision log again, from its facts alone, and tell what comes out differently.") { After, Most };
        replay.SetAction((parsed, stop) => Task.FromResult(Replay(parsed, stop)));
        return new Command("audit", "The trail of what was done, the log of what was advised, and whether they are whole.") { verify, show, replay };
    }

    private static int Verify(ParseResult parsed, CancellationToken cancellationToken)
    {
        var json = parsed.GetValue(CommonOptions.Json);
        var fields = new FieldReader();
        var (remembered, rememberedDecisions) = (HeadOf(parsed, Head, fields), HeadOf(parsed, DecisionsHead, fields));
        if (fields.Problem is { } problem)
        {
            return Output.Fail(problem, json);
        }

        using var store = parsed.OpenStore();
        var trail = new AuditTrail(store).Verify(remembered, cancellationToken);
        var log = new DecisionLog(store).Verify(rememberedDecisions, cancellationToken);
        if (json)
        {
            Output.WriteJson(new AuditReport(trail.Fault is null && log.Fault is null, ChainReport.Of(trail), ChainReport.Of(log)));
        }
        else
        {
            Tell("trail", "events", trail);
            Tell("decision log", "entries", log);
        }

        return trail.Fault is null && log.Fault is null ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Tell(string name, string rows, ChainVerdict verdict)
    {
        if (verdict.Fault is { } fault)
        {
            Output.Errors.MarkupLineInterpolated($"[red]The {name} is broken.[/] {fault}");
            AnsiConsole.MarkupLineInterpolated($"Right up to {Text(verdict.Head)}");
        }
        else
        {
            AnsiConsole.MarkupLineInterpolated($"[green]The {name} is whole:[/] {verdict.Head.Number.ToString("#,0", CultureInfo.InvariantCulture)} {rows}.");
            AnsiConsole.WriteLine($"Remember this elsewhere, for its end can be cut off unseen: {Text(verdict.Head)}");
        }
    }

    private static int Replay(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var store = parsed.OpenStore();
        var (same, different) = (0, new List<Replayed>());
        foreach (var replayed in new DecisionReplay(new DecisionLog(store)).Run(parsed.GetValue(After), parsed.GetValue(Most)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            same += replayed.IsSame ? 1 : 0;
            if (!replayed.IsSame)
            {
                different.Add(replayed);
            }
        }

        if (parsed.GetValue(CommonOptions.Json))
        {
            Output.WriteJson(new ReplayReport(same + different.Count, same, different));
        }
        else
        {
            foreach (var replayed in different)
            {
                AnsiConsole.MarkupLineInterpolated($"[red]{replayed.Number}[/] of {replayed.At:yyyy-MM-dd HH:mm:ss}: {replayed.Difference}");
            }

            AnsiConsole.MarkupLineInterpolated($"{same + different.Count:#,0} entries decided again, {same:#,0} the same byte for byte.");
        }

        return different.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static int Show(ParseResult parsed)
    {
        using var store = parsed.OpenStore();
        var events = new AuditTrail(store).Last(Math.Clamp(parsed.GetValue(Last), 1, 10_000));
        if (parsed.GetValue(CommonOptions.Json))
        {
            Output.WriteJson<IReadOnlyList<AuditRow>>([.. events.Select(one => new AuditRow(one.Number, one.At, one.Kind, one.Actor, one.Subject, one.Details))]);
            return ExitCode.Done;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("No.", "At (UTC)", "What", "Who", "Of", "Details");
        foreach (var one in events)
        {
            table.AddRow(
                one.Number.ToString(CultureInfo.InvariantCulture), one.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                Markup.Escape(one.Kind), Markup.Escape(one.Actor), Markup.Escape(one.Subject ?? ""), Markup.Escape(one.Details));
        }

        AnsiConsole.Write(table);
        return ExitCode.Done;
    }

    public static string Text(ChainHead head) => $"{head.Number}:{Convert.ToHexStringLower(head.Hash)}";

    private static ChainHead? HeadOf(ParseResult parsed, Option<string?> option, FieldReader fields)
    {
        if (parsed.GetValue(option) is not { } told)
        {
            return null;
        }

        var parts = told.Split(':');
        if (parts.Length == 2 && parts[1].Length == 64 && parts[1].All(char.IsAsciiHexDigit) && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return new ChainHead(number, Convert.FromHexString(parts[1]));
        }

        fields.Refuse(Problems.Invalid("invalid_head", option.Name, "a number, a colon and 64 hexadecimal digits", told));
        return null;
    }
}

/// <summary>The JSON document of <c>audit verify</c>.</summary>
/// <param name="Whole">Whether both are whole.</param>
/// <param name="Trail">The trail of what was done.</param>
/// <param name="Decisions">The log of what was advised.</param>
internal sealed record AuditReport(bool Whole, ChainReport Trail, ChainReport Decisions);

/// <summary>What <c>audit verify</c> says of a chain.</summary>
/// <param name="Whole">Whether it is whole.</param>
/// <param name="Entries">How many entries are right, from the first on.</param>
/// <param name="Head">The last of them, to be remembered elsewhere.</param>
/// <param name="Fault">What is wrong after it; null where nothing is.</param>
internal sealed record ChainReport(bool Whole, long Entries, string Head, string? Fault)
{
    public static ChainReport Of(ChainVerdict verdict) => new(verdict.Fault is null, verdict.Head.Number, AuditCommand.Text(verdict.Head), verdict.Fault);
}

/// <summary>The JSON document of <c>audit replay</c>.</summary>
internal sealed record ReplayReport(int Entries, int Same, IReadOnlyList<Replayed> Different);

/// <summary>An event in the JSON document of <c>audit show</c>.</summary>
internal sealed record AuditRow(long Number, DateTimeOffset At, string Kind, string Actor, string? Subject, string Details);
