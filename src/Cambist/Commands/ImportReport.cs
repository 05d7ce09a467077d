using Cambist.App.Rates.History;
using Cambist.App.Rates.Ticks;
using Cambist.App.Rates;

namespace Cambist.Commands;

/// <summary>The JSON document of <c>history import</c>.</summary>
internal sealed record ImportReport(bool Stopped, double Seconds, int Inserted, int Changed, int Unchanged, int Refused, IReadOnlyList<ImportReport.FileReport> Files,
    IReadOnlyList<ImportReport.TickFileReport> TickFiles, int BarsOfTicks)
{
    public static ImportReport Of(ImportResult result, TickImportResult ticks) => new(
        result.IsStopped || ticks.IsStopped,
        Math.Round((result.Elapsed + ticks.Elapsed).TotalSeconds, 3),
        result.Rows.Inserted,
        result.Rows.Changed,
        result.Rows.Unchanged,
        result.RefusedRows,
        [
            .. result.Files.Select(file => new FileReport(
                Path.GetFileName(file.File),
                file.Pair?.ToString(),
                file.Rows.Inserted,
                file.Rows.Changed,
                file.Rows.Unchanged,
                file.RefusedRows,
                file.Fault,
                [.. file.Refusals.Select(refusal => new RefusalReport(refusal.Line, refusal.Reason))])),
        ],
        [
            .. ticks.Files.Select(file => new TickFileReport(
                Path.GetFileName(file.File), file.Pair?.ToString(), file.Source, file.Accepted, file.Unchanged, file.Present, file.Quarantined, file.Rejected, file.Findings, file.Fault)),
        ],
        ticks.Bars);

    internal sealed record FileReport(
        string File, string? Pair, int Inserted, int Changed, int Unchanged, int Refused, string? Fault, IReadOnlyList<RefusalReport> Refusals);

    internal sealed record TickFileReport(
        string File, string? Pair, string? Source, int Accepted, int Unchanged, int Present, int Quarantined, int Rejected, IReadOnlyDictionary<string, int> Findings, string? Fault);

    internal sealed record RefusalReport(int Line, string Reason);
}
