using System.Text.RegularExpressions;
using Cambist.App.Rates.History;
using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.Ticks;

/// <summary>A row of a tick file: a bid and an ask of an instant, or why there is none.</summary>
internal readonly record struct TickRow(DateTimeOffset Time, decimal Bid, decimal Ask, string? Refusal);

/// <summary>
/// A CSV file of bids and asks of one pair by one source, read forward: <c>time,bid,ask</c>, or bars of both sides of which the opening prices are taken, for those are of the row's own time.
/// Pair and source are told by the file's name: <c>EURUSD_oanda_2014-05-01.csv.gz</c>.
/// </summary>
internal sealed partial class TickFile : IDisposable
{
    private readonly CsvRows _rows;
    private readonly int _time, _bid, _ask;

    /// <exception cref="InvalidDataException">The file is no whole text, or its header has no time, bid and ask.</exception>
    public TickFile(FileInfo file)
    {
        File = file;
        _rows = new CsvRows(file.FullName);
        (_time, _bid, _ask) = ColumnsOf(_rows.Header) ?? throw new InvalidDataException("expected a header with time, bid and ask (or bid_open and ask_open)");
    }

    public FileInfo File { get; }

    /// <summary>Bytes of the file that were read so far, compressed ones where it is compressed.</summary>
    public long BytesRead => _rows.BytesRead;

    /// <summary>Line of the current row; the header is line 1.</summary>
    public int Line => _rows.Line;

    /// <summary>Whether a file holds ticks, by its header; false where it cannot be read.</summary>
    public static bool Is(FileInfo file)
    {
        try
        {
            using var rows = new CsvRows(file.FullName);
            return ColumnsOf(rows.Header) is not null;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The pair and the source that a file's name tells; null where it tells none.</summary>
    public static (CurrencyPair Pair, string Source)? Named(string fileName) =>
        Name().Match(fileName) is { Success: true } match && CurrencyPair.TryParse(match.Groups["pair"].Value, out var pair)
            ? (pair, match.Groups["source"].Value.ToLowerInvariant())
            : null;

    /// <summary>Reads the next row: false at the end of the file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public bool Read(out TickRow row)
    {
        row = default;
        if (!_rows.Next()) return false;

        row = Row();
        return true;
    }

    public void Dispose() => _rows.Dispose();

    private TickRow Row()
    {
        var fields = _rows.Current;
        if (fields.Count != _rows.Header.Length) return new TickRow(default, 0m, 0m, $"expected {_rows.Header.Length} fields, found {fields.Count}");
        if (!CsvFields.TryReadTime(fields[_time], out var time)) return new TickRow(default, 0m, 0m, $"time is a UTC time as in 2003-01-02T00:00:00.123Z, was '{CsvFields.Shown(fields[_time])}'");
        if (!CsvFields.TryReadNumber(fields[_bid], out var bid)) return new TickRow(time, 0m, 0m, $"bid is a decimal number, was '{CsvFields.Shown(fields[_bid])}'");
        return CsvFields.TryReadNumber(fields[_ask], out var ask)
            ? new TickRow(time, bid, ask, null)
            : new TickRow(time, 0m, 0m, $"ask is a decimal number, was '{CsvFields.Shown(fields[_ask])}'");
    }

    private static (int Time, int Bid, int Ask)? ColumnsOf(string[] header)
    {
        var names = Array.ConvertAll(header, name => name.Trim().ToLowerInvariant());
        var (time, bid, ask) = (Array.IndexOf(names, "time"), At("bid"), At("ask"));
        return time >= 0 && bid >= 0 && ask >= 0 ? (time, bid, ask) : null;

        int At(string side) => Math.Max(Array.IndexOf(names, side), Array.IndexOf(names, side + "_open"));
    }

    [GeneratedRegex(@"^(?<pair>[A-Za-z]{6})(_(?<source>[A-Za-z][A-Za-z0-9-]*))?[^/]*\.csv(\.gz)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
