using System.Globalization;
using Cambist.App.Rates.Ticks;
using Cambist.App.Rates;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary>Shows what became of imported ticks: how many count, and why the others do not.</summary>
internal static class TickImportView
{
    public static void Write(TickImportResult result)
    {
        if (result.Files.Count == 0)
        {
            return;
        }

        // The name of a file tells its pair and source, and what is nowhere would take the room of what is.
        var hasUnchanged = result.Files.Any(file => file.Unchanged > 0);
        var hasPresent = result.Files.Any(file => file.Present > 0);
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("File") { Padding = new Padding(0, 0) }).AddColumn(Figures("Accepted"));
        table.AddColumns([.. hasUnchanged ? [Figures("Unchanged")] : Array.Empty<TableColumn>(), .. hasPresent ? [Figures("Present")] : Array.Empty<TableColumn>()]);
        table.AddColumn(Figures("Quarantined")).AddColumn(Figures("Rejected")).AddColumn("Because");
        foreach (var file in result.Files)
        {
            table.AddRow(
            [
                Markup.Escape(Path.GetFileName(file.File)),
                Count(file.Accepted),
                .. hasUnchanged ? [Count(file.Unchanged)] : Array.Empty<string>(),
                .. hasPresent ? [Count(file.Present)] : Array.Empty<string>(),
                Count(file.Quarantined),
                file.Fault is null ? Count(file.Rejected) : "[red]file[/]",
                string.Join('\n', file.Findings.Select(finding => $"{finding.Key} {Count(finding.Value)}")),
            ]);
        }

        AnsiConsole.Write(table);
        foreach (var file in result.Files.Where(file => file.Fault is not null))
        {
            Output.Errors.MarkupLineInterpolated($"[red]{Path.GetFileName(file.File)}:[/] {file.Fault}");
        }

        var rows = result.Files.Sum(file => file.Accepted + file.Unchanged + file.Present + file.Quarantined + file.Rejected);
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"{rows:#,0} ticks of {result.Files.Count} files in {result.Elapsed.TotalSeconds:0.0} s ({rows / result.Elapsed.TotalSeconds:#,0} ticks/s); {result.Bars:#,0} hourly bars were made of them.");
    }

    private static TableColumn Figures(string heading) => new(heading) { Padding = new Padding(0, 0), NoWrap = true, Alignment = Justify.Right };

    private static string Count(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
