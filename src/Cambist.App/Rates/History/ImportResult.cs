using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.History;

/// <summary>How far an import has come.</summary>
/// <param name="File">Name of the file that is being read.</param>
/// <param name="BytesRead">Bytes read of all files, as they lie on disk.</param>
/// <param name="BytesTotal">Bytes of all files.</param>
/// <param name="Rows">Rows read of all files, refused ones included.</param>
public readonly record struct ImportProgress(string File, long BytesRead, long BytesTotal, long Rows);

/// <summary>A row that was not taken.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Line">Its line; the header is line 1.</param>
/// <param name="Reason">What was expected and what was found.</param>
public sealed record RowRefusal(string File, int Line, string Reason);

/// <summary>What became of one file.</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Pair">The pair of its bars; null where none could be told.</param>
/// <param name="Rows">What its good rows did to the store.</param>
/// <param name="RefusedRows">Number of rows that were not taken.</param>
/// <param name="Refusals">The first of them, at most <see cref="HistoryImport.RefusalsKept"/>.</param>
/// <param name="Fault">Why the whole file was refused and nothing of it was stored; null where it was not.</param>
/// <param name="IsStopped">Whether the import was stopped within the file; what was read until then is stored.</param>
/// <param name="Elapsed">Time taken.</param>
public sealed record FileImport(
    string File, CurrencyPair? Pair, UpsertCounts Rows, int RefusedRows, IReadOnlyList<RowRefusal> Refusals, string? Fault, bool IsStopped, TimeSpan Elapsed);

/// <summary>What became of an import.</summary>
/// <param name="Files">The files that were begun, in order.</param>
/// <param name="IsStopped">Whether it was stopped before the end; running it again completes it.</param>
/// <param name="Elapsed">Time taken.</param>
public sealed record ImportResult(IReadOnlyList<FileImport> Files, bool IsStopped, TimeSpan Elapsed)
{
    /// <summary>What the good rows of all files did to the store.</summary>
    public UpsertCounts Rows => new(Files.Sum(file => file.Rows.Inserted), Files.Sum(file => file.Rows.Changed), Files.Sum(file => file.Rows.Unchanged));

    /// <summary>Rows that were refused one by one; those of files refused as a whole are not counted.</summary>
    public int RefusedRows => Files.Sum(file => file.RefusedRows);
}
