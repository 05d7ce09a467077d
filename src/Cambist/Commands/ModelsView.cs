using System.Globalization;
using Cambist.App.Forecasting.Registry.Mlflow;
using Cambist.Client;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary>The JSON document of <c>cambist models show</c>.</summary>
/// <param name="Model">The model.</param>
/// <param name="Folder">Where its files are.</param>
/// <param name="History">What happened to it, the newest first.</param>
/// <param name="Mlflow">What an MLflow server was told of it; null: nothing.</param>
/// <param name="Card">Its card, in Markdown; null where it has none.</param>
internal sealed record ModelReport(ModelSummary Model, string Folder, IReadOnlyList<ModelHistoryEntry> History, ModelExportReport? Mlflow, string? Card);

/// <summary>What an MLflow server was told of a model.</summary>
/// <param name="At">When it was last told, or it was last tried.</param>
/// <param name="Run">Id of the run there.</param>
/// <param name="Version">Version of the registered model there.</param>
/// <param name="Fault">What went wrong; null where nothing did.</param>
internal sealed record ModelExportReport(DateTimeOffset At, string? Run, string? Version, string? Fault);

/// <summary>Models at the terminal.</summary>
internal static class ModelsView
{
    private static readonly string[] Headings = ["Model", "Stage", "From", "Trained until", "CRPS gain", "Gate"];

    public static void Write(ModelList told, bool json)
    {
        if (json)
        {
            Output.WriteJson(told);
            return;
        }

        if (told.Models.Count == 0)
        {
            AnsiConsole.WriteLine("There is no model; the baseline serves. 'cambist train' makes one.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns([.. Headings.Select(heading => new TableColumn(heading) { Padding = new Padding(0, 0), NoWrap = true })]);
        foreach (var model in told.Models)
        {
            var pooled = model.Gates.FirstOrDefault(gate => gate.Pair is null);
            table.AddRow(
                model.Id,
                Coloured(model.Stage),
                model.Origin,
                Day(model.TrainedUntil),
                pooled is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{pooled.CrpsSkill * 100:0.00} %"),
                pooled is null ? "[grey]none[/]" : pooled.Passed ? "[green]passed[/]" : "[yellow]not passed[/]");
        }

        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated($"[bold]{told.Serving}[/] serves{(told.Note is { } note ? $": {note}" : "")}.");
        foreach (var model in told.Models.Where(model => model.Fault is not null))
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{model.Id}[/] cannot be used: {model.Fault}.");
        }
    }

    /// <summary>Tells of a model that was just trained.</summary>
    public static void WriteTrained(ModelSummary model, bool isNew)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]{model.Id}[/] is {(isNew ? "registered as a" : "there already:")} {model.Stage}.");
        foreach (var gate in model.Gates.OrderBy(gate => gate.Pair, StringComparer.Ordinal))
        {
            AnsiConsole.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"{gate.Pair ?? "all pairs"}: CRPS {gate.CrpsSkill * 100:+0.00;-0.00} % against the baseline on {gate.Forecasts:#,0} forecasts that it had not seen: {(gate.Passed ? "[green]passed[/]" : "[yellow]not passed[/]")}");
        }

        if (model.Stage != "challenger")
        {
            return;
        }

        AnsiConsole.MarkupLineInterpolated(model.Gates.Count == 0
            ? (FormattableString)$"Nothing was recorded after its span, so it is not proven and cannot be promoted yet."
            : $"'cambist models promote {model.Id}' makes it champion.");
    }

    public static void Write(ModelReport report, bool json)
    {
        if (json)
        {
            Output.WriteJson(report);
            return;
        }

        var model = report.Model;
        AnsiConsole.MarkupLine($"[bold]{Markup.Escape(model.Id)}[/], {Coloured(model.Stage)} ({model.Family}, {model.Origin}), trained until {Day(model.TrainedUntil)}");
        AnsiConsole.MarkupLineInterpolated($"Files: {report.Folder}");
        if (model.Fault is { } fault)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]It cannot be used:[/] {fault}.");
        }

        foreach (var outage in model.OutOfService)
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]Out of service for {outage.Pair ?? "every pair"} since {Minute(outage.Since)}:[/] {outage.Reason}");
        }

        foreach (var gate in model.Gates)
        {
            AnsiConsole.MarkupLineInterpolated(
                CultureInfo.InvariantCulture,
                $"Gate, {gate.Pair ?? "all pairs"}: {(gate.Passed ? "passed" : "not passed")}, CRPS {gate.CrpsSkill * 100:+0.00;-0.00} %, p {gate.PValue?.ToString("0.####", CultureInfo.InvariantCulture) ?? "unknown"}, {gate.Forecasts} forecasts, mean at {(gate.MeanHorizons.Count > 0 ? string.Join(", ", gate.MeanHorizons) + " h" : "no horizon")}");
        }

        AnsiConsole.WriteLine("What happened:");
        foreach (var happened in report.History)
        {
            AnsiConsole.MarkupLineInterpolated($"  {Minute(happened.At)} {happened.What} by {happened.Actor}: {happened.Reason}");
        }

        if (report.Mlflow is { } export)
        {
            AnsiConsole.MarkupLineInterpolated($"MLflow, {Minute(export.At)}: {(export.Version is { } version ? $"version {version}, run {export.Run}" : "not there")}{(export.Fault is { } wrong ? $"; {wrong}" : "")}");
        }

        if (report.Card is { } card)
        {
            AnsiConsole.WriteLine();
            AnsiConsole.WriteLine(card);
        }
    }

    public static void WriteChange(ModelReport report, string? before, bool json)
    {
        if (json)
        {
            Output.WriteJson(report);
            return;
        }

        AnsiConsole.MarkupLineInterpolated($"[green]{report.Model.Id}[/] is champion{(before is null ? "" : $"; {before} is retired and kept")}.");
        if (report.Model.Gates.FirstOrDefault(gate => gate.Pair is null) is not { Passed: true })
        {
            AnsiConsole.MarkupLine("[yellow]It has not passed its gate: the baseline goes on serving every pair for which it did not.[/]");
        }
    }

    public static void WriteExport(ModelReport report, MlflowExportState export, bool json)
    {
        if (json)
        {
            Output.WriteJson(report);
            return;
        }

        AnsiConsole.MarkupLineInterpolated($"{export.Model} is version {export.Version} there, run {export.Run}.");
    }

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>An instant to the minute, UTC.</summary>
    public static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Coloured(string stage) => stage switch
    {
        "champion" => "[green]champion[/]",
        "challenger" => "challenger",
        _ => $"[grey]{stage}[/]",
    };
}
