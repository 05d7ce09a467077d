using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Cambist.App.Rates.History;

/// <summary>
/// The rows of a CSV file with a header, plain or gzip, read forward. A row is a line: fields are separated by commas and never quoted, so that a stray
/// quotation mark spoils its own row and not the ones after it.
/// </summary>
internal sealed class CsvRows : IDisposable
{
    private const int BufferSize = 1 << 16;
    private const int LongestField = 256;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture)
    {
        Mode = CsvMode.NoEscape,
        BufferSize = BufferSize,
        ProcessFieldBufferSize = LongestField,
        MaxFieldSize = LongestField,
    };

    private readonly FileStream _file;

    /// <exception cref="InvalidDataException">The file is empty, no text, or no whole gzip.</exception>
    public CsvRows(string path)
    {
        _file = new FileStream(path, new FileStreamOptions { BufferSize = BufferSize, Options = FileOptions.SequentialScan });
        try
        {
            if (_file.Length == 0) throw new InvalidDataException("expected a header and rows, found an empty file");

            Stream text = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new VerifiedGzipStream(_file) : _file;
            Current = new CsvParser(new StreamReader(text, StrictUtf8, detectEncodingFromByteOrderMarks: true, BufferSize), Format);
            if (!Next()) throw new InvalidDataException("expected a header and rows, found no text");

            Header = Current.Record!;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The fields of the first line, as they stand there.</summary>
    public string[] Header { get; }

    /// <summary>The current row.</summary>
    public CsvParser Current { get; }

    /// <summary>Bytes of the file that were read so far, compressed ones where it is compressed.</summary>
    public long BytesRead => _file.Position;

    /// <summary>Line of the current row; the header is line 1.</summary>
    public int Line => Current.RawRow;

    /// <summary>Goes to the next row; false at the end of the file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged: nothing of it can be trusted.</exception>
    public bool Next()
    {
        try
        {
            return Current.Read();
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

    public void Dispose()
    {
        Current?.Dispose();
        _file.Dispose();
    }
}
