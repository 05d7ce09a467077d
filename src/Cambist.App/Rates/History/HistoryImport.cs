using Cambist.App.Rates.Ticks;
using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.History;

/// <summary>
/// Brings files of hourly bars into the store. A row that breaks a rule is refused with its line and reason, a file that cannot be trusted is refused
/// whole, and everything else goes in, one transaction a file. Importing again changes nothing.
/// </summary>
/// <param name="bars">Where the bars go.</param>
/// <param name="time">Tells which hours have ended.</param>
public sealed class HistoryImport(BarStore bars, TimeProvider time)
{
    /// <summary>Refusals that a file's result carries; all are counted.</summary>
    public const int RefusalsKept = 100;

    private static readonly string[] Suffixes = [".csv", ".csv.gz"];

    /// <summary>Imports a CSV or CSV.gz file, or those of a folder in the order of their names.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="pair">The pair of all files; null takes each one's from its name: <c>EURUSD.csv.gz</c>.</param>
    /// <param name="progress">Told every few thousand rows, in the importing thread.</param>
    /// <param name="cancellationToken">Stops the import: what was read of the current file is stored, and the result says so.</param>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    public ImportResult Run(string path, CurrencyPair? pair = null, IProgress<ImportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var started = time.GetTimestamp();
        var files = FilesOf(path).Where(file => !TickFile.Is(file)).ToArray();
        var meter = new ImportMeter(files.Sum(file => file.Length), progress);
        var results = new List<FileImport>();
        foreach (var file in files)
        {
            if (cancellationToken.IsCancellationRequested) break;

            results.Add(ImportFile(file, pair ?? PairOf(file.Name), meter, cancellationToken));
            if (!results[^1].IsStopped) meter.FinishFile(file);
        }

        var isStopped = results.Count < files.Length || results.Any(file => file.IsStopped);
        return new ImportResult(results, isStopped, time.GetElapsedTime(started));
    }

    /// <summary>The files of ticks at a path, which <see cref="TickImport"/> brings in.</summary>
    public static IReadOnlyList<FileInfo> TickFilesOf(string path) => [.. FilesOf(path).Where(TickFile.Is)];

    private static FileInfo[] FilesOf(string path)
    {
        if (File.Exists(path)) return [new FileInfo(path)];
        if (!Directory.Exists(path)) throw new FileNotFoundException($"Expected a file or folder, there is none at '{path}'.", path);

        return
        [
            .. new DirectoryInfo(path).EnumerateFiles()
                .Where(file => Suffixes.Any(suffix => file.Name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(file => file.Name, StringComparer.Ordinal),
        ];
    }

    private static CurrencyPair? PairOf(string fileName)
    {
        var suffix = Suffixes.FirstOrDefault(suffix => fileName.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) ?? "";
        return CurrencyPair.TryParse(fileName[..^suffix.Length], out var pair) ? pair : null;
    }

    private FileImport ImportFile(FileInfo file, CurrencyPair? pair, ImportMeter meter, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var refusals = new List<RowRefusal>();
        if (pair is null)
            return Refused($"expected the name of a currency pair as in EURUSD.csv.gz, found '{file.Name}'; rename the file or name the pair");

        try
        {
            using var rows = new BarFile(file.FullName, time.GetUtcNow());
            using var writer = bars.Write(pair);
            var refusedRows = 0;
            var isStopped = false;
            while (!isStopped && rows.Read(out var bar, out var refusal))
            {
                if (refusal is null)
                    writer.Add(bar);
                else if (refusedRows++ < RefusalsKept)
                    refusals.Add(new RowRefusal(file.Name, rows.Line, refusal));

                meter.CountRow(file, rows.BytesRead);
                isStopped = cancellationToken.IsCancellationRequested;
            }

            return new FileImport(file.FullName, pair, writer.Commit(), refusedRows, refusals, Fault: null, isStopped, time.GetElapsedTime(started));
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return Refused(fault.Message);
        }

        FileImport Refused(string fault) => new(file.FullName, pair, default, 0, [], fault, IsStopped: false, time.GetElapsedTime(started));
    }
}
