using System.Globalization;
using Cambist.App.Rates.History;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cambist.App.Rates.Ticks;

/// <summary>What became of one file of ticks.</summary>
/// <param name="File">Path of the file.</param>
/// <param name="Pair">The pair of its ticks; null where its name tells none.</param>
/// <param name="Source">The source of its ticks; null where its name tells none.</param>
/// <param name="Accepted">Ticks that count.</param>
/// <param name="Unchanged">Ticks that say the same of the same instant again.</param>
/// <param name="Present">Ticks of a span that is in the store already.</param>
/// <param name="Quarantined">Ticks that were held back.</param>
/// <param name="Rejected">Ticks that cannot be true, and rows that cannot be read.</param>
/// <param name="Findings">How often each fault was found, by its code.</param>
/// <param name="Fault">Why the file was refused, or how far it could be read; null where it was read to its end.</param>
public sealed record TickFileImport(
    string File, CurrencyPair? Pair, string? Source, int Accepted, int Unchanged, int Present, int Quarantined, int Rejected, IReadOnlyDictionary<string, int> Findings, string? Fault);

/// <summary>What became of an import of ticks.</summary>
/// <param name="Files">The files, in the order of their names.</param>
/// <param name="Bars">Hourly bars of the consensus that were made of them.</param>
/// <param name="IsStopped">Whether it was stopped before the end; running it again completes it.</param>
/// <param name="Elapsed">Time taken.</param>
public sealed record TickImportResult(IReadOnlyList<TickFileImport> Files, int Bars, bool IsStopped, TimeSpan Elapsed);

/// <summary>
/// Brings recorded ticks into the store by the way that live ones take: checks, consensus of all sources of the pair, record, hourly bars. Files of one pair are read side by side in the order of time, as
/// their ticks would have arrived. What is there already is passed over, so a stopped import goes on and a second one changes nothing.
/// </summary>
public sealed class TickImport(RateHistory history, TickStore ticks, RatesOptions options, TimeProvider time)
{
    private const int RowsPerTransaction = 20_000;
    private const int LongestBreakHours = 24 * 4;

    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(5);

    /// <summary>Imports files of ticks.</summary>
    /// <param name="files">The files; their names tell pair and source.</param>
    /// <param name="progress">Told every few thousand rows.</param>
    /// <param name="cancellationToken">Stops the import: what was read is stored.</param>
    public TickImportResult Run(IReadOnlyList<FileInfo> files, IProgress<ImportProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var started = time.GetTimestamp();
        var meter = new ImportMeter(files.Sum(file => file.Length), progress);
        var results = files.Where(file => TickFile.Named(file.Name) is null)
            .Select(file => Refused(file, "expected a name that tells pair and source as in EURUSD_oanda_2014-05.csv.gz"))
            .ToList();
        var bars = 0;
        foreach (var pair in files.Where(file => TickFile.Named(file.Name) is not null).GroupBy(file => TickFile.Named(file.Name)!.Value.Pair))
        {
            if (cancellationToken.IsCancellationRequested)
            {
                break;
            }

            var (imported, made) = Import(pair.Key, [.. pair], meter, cancellationToken);
            results.AddRange(imported);
            bars += made;
        }

        return new TickImportResult([.. results.OrderBy(file => file.File, StringComparer.Ordinal)], bars, cancellationToken.IsCancellationRequested, time.GetElapsedTime(started));
    }

    private (IEnumerable<TickFileImport> Files, int Bars) Import(CurrencyPair pair, IReadOnlyList<FileInfo> files, ImportMeter meter, CancellationToken cancellationToken)
    {
        var readers = new List<Reader>();
        var refused = new List<TickFileImport>();
        try
        {
            foreach (var file in files)
            {
                Open(pair, file, readers, refused);
            }

            var hours = Read(readers, meter, cancellationToken);
            var bars = Stretches(hours).Sum(stretch => ticks.RollUp(UnixHour.ToInstant(stretch.First), UnixHour.ToInstant(stretch.Last + 1)));
            return (readers.Select(reader => reader.Result(pair)).Concat(refused), bars);
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }

    private void Open(CurrencyPair pair, FileInfo file, List<Reader> readers, List<TickFileImport> refused)
    {
        try
        {
            var source = TickFile.Named(file.Name)!.Value.Source is { Length: > 0 } named ? named : "file";
            readers.Add(new Reader(new TickFile(file), ProfileOf(source), ticks.SpanOf(pair, source)));
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            refused.Add(Refused(file, fault.Message));
        }
    }

    // The hours of which something was stored.
    private SortedSet<long> Read(List<Reader> readers, ImportMeter meter, CancellationToken cancellationToken)
    {
        using var recorder = new TickRecorder(ticks, time, NullLogger<TickRecorder>.Instance);
        var intake = new RateIntake(new RateBook(time), history, recorder, new PanelPairs(options), options);
        var next = new PriorityQueue<Reader, DateTimeOffset>();
        foreach (var reader in readers.Where(reader => reader.Next(recorder)))
        {
            next.Enqueue(reader, reader.Row.Time);
        }

        var hours = new SortedSet<long>();
        for (var row = 1; next.TryDequeue(out var reader, out var at) && !cancellationToken.IsCancellationRequested; row++)
        {
            if (reader.IsPresent(at))
            {
                reader.CountPresent();
            }
            else
            {
                reader.Count(intake.Take(new ReportedRate(reader.Source, reader.Pair, reader.Row.Bid, reader.Row.Ask, SpreadKnown: true, at, at)));
                hours.Add(UnixHour.Floor(at));
            }

            meter.CountRow(reader.File.File, reader.File.BytesRead);
            if (row % RowsPerTransaction == 0)
            {
                recorder.Flush();
            }

            if (reader.Next(recorder))
            {
                next.Enqueue(reader, reader.Row.Time);
            }
            else
            {
                meter.FinishFile(reader.File.File);
            }
        }

        recorder.Flush();
        return hours;
    }

    // Days side by side are rolled up together; years between two files are left out.
    private static IEnumerable<(long First, long Last)> Stretches(SortedSet<long> hours)
    {
        (long First, long Last)? stretch = null;
        foreach (var hour in hours)
        {
            if (stretch is { } before && hour - before.Last > LongestBreakHours)
            {
                yield return before;
                stretch = null;
            }

            stretch = (stretch?.First ?? hour, hour);
        }

        if (stretch is { } last)
        {
            yield return last;
        }
    }

    private static SourceProfile ProfileOf(string id) => new()
    {
        Id = id,
        Name = id,
        Kind = RateKind.Live,
        Cadence = TimeSpan.FromSeconds(1),
        FreshFor = FreshFor,
    };

    private static TickFileImport Refused(FileInfo file, string fault) => new(file.FullName, null, null, 0, 0, 0, 0, 0, new Dictionary<string, int>(), fault);

    /// <summary>One file, its current row, and what became of those before.</summary>
    private sealed class Reader(TickFile file, SourceProfile source, (DateTimeOffset From, DateTimeOffset To)? present) : IDisposable
    {
        private readonly SortedDictionary<string, int> _findings = new(StringComparer.Ordinal);
        private int _accepted, _unchanged, _present, _quarantined, _rejected;
        private string? _fault;

        public TickFile File => file;

        public SourceProfile Source => source;

        public CurrencyPair Pair { get; } = TickFile.Named(file.File.Name)!.Value.Pair;

        public TickRow Row { get; private set; }

        /// <summary>Goes to the next row that can be read; the others are recorded as unreadable.</summary>
        public bool Next(TickRecorder recorder)
        {
            try
            {
                while (file.Read(out var row))
                {
                    if (row.Refusal is null)
                    {
                        Row = row;
                        return true;
                    }

                    Found("unreadable");
                    _rejected++;
                    if (!IsPresent(row.Time))
                    {
                        recorder.Add(new RefusedRate(
                            Pair.Symbol, source.Id, null, Row.Time, null, null, "rejected", "unreadable", string.Create(CultureInfo.InvariantCulture, $"{file.File.Name}, line {file.Line}: {row.Refusal}")));
                    }
                }
            }
            catch (InvalidDataException fault)
            {
                _fault = $"{fault.Message}; what was before it is stored";
            }

            return false;
        }

        /// <summary>Whether the instant lies in a span that is in the store already.</summary>
        public bool IsPresent(DateTimeOffset at) => at >= present?.From && at <= present?.To;

        public void CountPresent() => _present++;

        public void Count(in IntakeCounts counts)
        {
            _accepted += counts.Accepted;
            _unchanged += counts.Unchanged;
            _quarantined += counts.Quarantined;
            _rejected += counts.Rejected;
            if (counts.FirstFault is { } fault)
            {
                Found(fault.Code);
            }
        }

        public TickFileImport Result(CurrencyPair pair) =>
            new(file.File.FullName, pair, source.Id, _accepted, _unchanged, _present, _quarantined, _rejected, _findings, _fault);

        public void Dispose() => file.Dispose();

        private void Found(string code) => _findings[code] = _findings.GetValueOrDefault(code) + 1;
    }
}
