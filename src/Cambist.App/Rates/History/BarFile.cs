using System.Globalization;
using Cambist.Domain.Calendars;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.History;

/// <summary>A CSV file of hourly bars, plain or gzip, read forward.</summary>
internal sealed class BarFile : IDisposable
{
    // The FX week is known from 1970; currencies float since March 1973.
    private static readonly DateTimeOffset Earliest = new(1971, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly CsvRows _rows;
    private readonly BarColumns _columns;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<long, int> _lineOfHour = [];

    /// <exception cref="InvalidDataException">The file is empty, no text, no whole gzip, or has another header.</exception>
    public BarFile(string path, DateTimeOffset now)
    {
        _now = now;
        _rows = new CsvRows(path);
        try
        {
            _columns = new BarColumns(_rows.Header);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Bytes of the file that were read so far, compressed ones where it is compressed.</summary>
    public long BytesRead => _rows.BytesRead;

    /// <summary>Line of the current row; the header is line 1.</summary>
    public int Line => _rows.Line;

    /// <summary>Reads the next row: false at the end of the file. Where the row is refused, the reason is set and the bar is not.</summary>
    /// <exception cref="InvalidDataException">The file is damaged: nothing of it can be trusted.</exception>
    public bool Read(out HourlyBar bar, out string? refusal)
    {
        bar = default;
        refusal = null;
        if (!_rows.Next()) return false;

        refusal = _columns.Read(_rows.Current, out bar) ?? TimeFault(bar.OpenTime);
        return true;
    }

    public void Dispose() => _rows.Dispose();

    private string? TimeFault(DateTimeOffset openTime)
    {
        if (openTime > _now.AddHours(-1)) return $"the hour has ended by now ({_now:yyyy-MM-dd'T'HH:mm:ss'Z'}), was {Shown(openTime)}";
        if (openTime < Earliest) return $"time is not before {Earliest:yyyy}, was {Shown(openTime)}";
        if (!FxWeek.IsOpen(openTime)) return $"time lies in the FX week (Sunday 17:00 to Friday 17:00 New York), was {Shown(openTime)}";

        return _lineOfHour.TryAdd(UnixHour.Floor(openTime), Line)
            ? null
            : $"each hour is there once, {Shown(openTime)} was on line {_lineOfHour[UnixHour.Floor(openTime)]} already";
    }

    private static string Shown(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
