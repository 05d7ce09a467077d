using Cambist.App.Rates;

namespace Cambist.Commands;

/// <summary>The JSON document of <c>history import</c>.</summary>
internal sealed record ImportReport(bool Stopped, double Seconds, int Inserted, int Changed, int Unchanged, int Refused, IReadOnlyList<ImportReport.FileReport> Files)
{
    public static ImportReport Of(ImportResult result) => new(
        result.IsStopped,
        Math.Round(result.Elapsed.TotalSeconds, 3),
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
        ]);

    internal sealed record FileReport(
        string File, string? Pair, int Inserted, int Changed, int Unchanged, int Refused, string? Fault, IReadOnlyList<RefusalReport> Refusals);

    internal sealed record RefusalReport(int Line, string Reason);
}
