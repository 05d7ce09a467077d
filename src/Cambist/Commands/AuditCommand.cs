using System.CommandLine;
using System.Globalization;
using Cambist.App.Audit;
using Cambist.App.Edge;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary><c>cambist audit</c>: what was done that somebody may have to answer for, and whether the trail of it is whole.</summary>
internal static class AuditCommand
{
    private static readonly Option<string?> Head = new("--head") { Description = "How far the trail went once, as 'audit verify' said then: it must still go there.", HelpName = "NUMBER:HASH" };
    private static readonly Option<int> Last = new("--last") { Description = "How many events.", HelpName = "N", DefaultValueFactory = _ => 20 };

    public static Command Create()
    {
        var verify = new Command("verify", "Go through the whole trail and tell whether anything was changed, taken out or put in.") { Head };
        verify.SetAction((parsed, stop) => Task.FromResult(Verify(parsed, stop)));
        var show = new Command("show", "The last events.") { Last };
        show.SetAction((parsed, _) => Task.FromResult(Show(parsed)));
        return new Command("audit", "The trail of what was done, and whether it is whole.") { verify, show };
    }

    private static int Verify(ParseResult parsed, CancellationToken cancellationToken)
    {
        var json = parsed.GetValue(CommonOptions.Json);
        var told = parsed.GetValue(Head);
        if (!TryRead(told, out var remembered))
        {
            return Output.Fail(Problems.Invalid("invalid_head", "--head", "a number, a colon and 64 hexadecimal digits", told), json);
        }

        using var store = parsed.OpenStore();
        var verdict = new AuditTrail(store).Verify(remembered, cancellationToken);
        var head = $"{verdict.Head.Number}:{Convert.ToHexStringLower(verdict.Head.Hash)}";
        if (json)
        {
            Output.WriteJson(new AuditReport(verdict.Fault is null, verdict.Head.Number, head, verdict.Fault));
        }
        else if (verdict.Fault is { } fault)
        {
            Output.Errors.MarkupLineInterpolated($"[red]The trail is broken.[/] {fault}");
            AnsiConsole.MarkupLineInterpolated($"Right up to {head}");
        }
        else
        {
            AnsiConsole.MarkupLineInterpolated($"[green]The trail is whole:[/] {verdict.Head.Number.ToString("#,0", CultureInfo.InvariantCulture)} events.");
            AnsiConsole.WriteLine($"Remember this elsewhere, for the end of a trail can be cut off unseen: {head}");
        }

        return verdict.Fault is null ? ExitCode.Done : ExitCode.Failed;
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

    private static bool TryRead(string? told, out AuditHead? head)
    {
        head = null;
        if (told is null)
        {
            return true;
        }

        var parts = told.Split(':');
        if (parts.Length != 2 || parts[1].Length != 64 || !parts[1].All(char.IsAsciiHexDigit) || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        head = new AuditHead(number, Convert.FromHexString(parts[1]));
        return true;
    }
}

/// <summary>The JSON document of <c>audit verify</c>.</summary>
internal sealed record AuditReport(bool Whole, long Events, string Head, string? Fault);

/// <summary>An event in the JSON document of <c>audit show</c>.</summary>
internal sealed record AuditRow(long Number, DateTimeOffset At, string Kind, string Actor, string? Subject, string Details);
