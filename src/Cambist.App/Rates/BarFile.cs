using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Cambist.Domain.Calendars;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates;

/// <summary>
/// A CSV file of hourly bars, plain or gzip, read forward. A row is a line: fields are separated by commas and never quoted, so that a stray
/// quotation mark spoils its own row and not the ones after it.
/// </summary>
internal sealed class BarFile : IDisposable
{
    private const int BufferSize = 1 << 16;
    private const int LongestField = 256;

    // The FX week is known from 1970; currencies float since March 1973.
    private static readonly DateTimeOffset Earliest = new(1971, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture)
    {
        Mode = CsvMode.NoEscape,
        BufferSize = BufferSize,
        ProcessFieldBufferSize = LongestField,
        MaxFieldSize = LongestField,
    };

    private readonly FileStream _file;
    private readonly CsvParser _rows;
    private readonly BarColumns _columns;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<long, int> _lineOfHour = [];

    /// <exception cref="InvalidDataException">The file is empty, no text, no whole gzip, or has another header.</exception>
    public BarFile(string path, DateTimeOffset now)
    {
        _now = now;
        _file = new FileStream(path, new FileStreamOptions { BufferSize = BufferSize, Options = FileOptions.SequentialScan });
        try
        {
            if (_file.Length == 0) throw new InvalidDataException("expected a header and rows, found an empty file");

            Stream text = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new VerifiedGzipStream(_file) : _file;
            _rows = new CsvParser(new StreamReader(text, StrictUtf8, detectEncodingFromByteOrderMarks: true, BufferSize), Format);
            if (!NextRow()) throw new InvalidDataException("expected a header and rows, found no text");

            _columns = new BarColumns(_rows.Record!);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Bytes of the file that were read so far, compressed ones where it is compressed.</summary>
    public long BytesRead => _file.Position;

    /// <summary>Line of the current row; the header is line 1.</summary>
    public int Line => _rows.RawRow;

    /// <summary>Reads the next row: false at the end of the file. Where the row is refused, the reason is set and the bar is not.</summary>
    /// <exception cref="InvalidDataException">The file is damaged: nothing of it can be trusted.</exception>
    public bool Read(out HourlyBar bar, out string? refusal)
    {
        bar = default;
        refusal = null;
        if (!NextRow()) return false;

        refusal = _columns.Read(_rows, out bar) ?? TimeFault(bar.OpenTime);
        return true;
    }

    public void Dispose()
    {
        _rows?.Dispose();
        _file.Dispose();
    }

    private bool NextRow()
    {
        try
        {
            return _rows.Read();
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException($"expected UTF-8 text, found other bytes after line {Line}");
        }
        catch (MaxFieldSizeException)
        {
            throw new InvalidDataException($"expected fields of at most {LongestField} letters, found a longer one after line {Line}");
        }
    }

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
