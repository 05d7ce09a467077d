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

        var table = new Table().Border(TableBorder.Simple).AddColumns("Ticks", "Pair", "Source", "Accepted", "Unchanged", "Present", "Quarantined", "Rejected", "Because");
        foreach (var file in result.Files)
        {
            table.AddRow(
                Markup.Escape(Path.GetFileName(file.File)),
                file.Pair?.ToString() ?? "",
                file.Source ?? "",
                Count(file.Accepted),
                Count(file.Unchanged),
                Count(file.Present),
                Count(file.Quarantined),
                file.Fault is null ? Count(file.Rejected) : "[red]file[/]",
                string.Join(", ", file.Findings.Select(finding => $"{finding.Key} {Count(finding.Value)}")));
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

    private static string Count(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
