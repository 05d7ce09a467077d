using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Sources;

/// <summary>
/// The operator's own rates: a CSV file with the header <c>time,pair,mid</c> or <c>time,pair,bid,ask</c> in any order, read again at every look. The newest
/// readable row of a pair counts; newer ones that cannot be read are kept as such. Rows are lines, and fields are never quoted.
/// </summary>
internal sealed class FileSource(TimeProvider clock, RateSourceOptions options) : IRateSource
{
    private const long LargestFile = 16 * 1024 * 1024;
    private const int LongestField = 256;

    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK"];
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { Mode = CsvMode.NoEscape, MaxFieldSize = LongestField };

    /// <summary>What is known of the file.</summary>
    public static SourceProfile About { get; } = new()
    {
        Id = "file",
        Name = "The operator's file",
        Kind = RateKind.Live,
        Cadence = TimeSpan.FromMinutes(1),
        FreshFor = TimeSpan.FromHours(1),
    };

    public SourceProfile Profile => About;

    public async Task<RateSheet> LatestAsync(IReadOnlyList<CurrencyPair> wanted, CancellationToken cancellationToken)
    {
        var rows = Rows(await TextAsync(cancellationToken));
        var sheet = new RateSheet(About, wanted, clock.GetUtcNow());
        var told = new HashSet<CurrencyPair>();
        foreach (var row in rows.OrderByDescending(row => row.Time ?? DateTimeOffset.MaxValue).ThenByDescending(row => row.Line).Where(row => !told.Contains(row.Pair)))
        {
            var before = sheet.Rates.Count;
            row.Tell(sheet);
            if (sheet.Rates.Count > before)
            {
                told.Add(row.Pair);
            }
        }

        return sheet;
    }

    private async Task<string> TextAsync(CancellationToken cancellationToken)
    {
        if (options.BaseUrl is not { } address)
        {
            throw new SourceFaultException(SourceFault.Refused, $"Rates:Sources:{About.Id}:BaseUrl is the path of a file, and is not set.");
        }

        try
        {
            var path = address.IsAbsoluteUri ? address.LocalPath : address.OriginalString;
            return new FileInfo(path).Length <= LargestFile
                ? await File.ReadAllTextAsync(path, StrictUtf8, cancellationToken)
                : throw new SourceFaultException(SourceFault.Unreadable, $"The file is larger than {LargestFile / 1024 / 1024} MiB.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new SourceFaultException(SourceFault.Unavailable, fault is FileNotFoundException or DirectoryNotFoundException ? "The file is not there." : "The file cannot be opened.", inner: fault);
        }
        catch (DecoderFallbackException fault)
        {
            throw new SourceFaultException(SourceFault.Unreadable, "The file is no UTF-8 text.", inner: fault);
        }
    }

    private static List<Row> Rows(string text)
    {
        using var csv = new CsvParser(new StringReader(text), Format);
        var rows = new List<Row>();
        try
        {
            var header = csv.Read() ? Array.ConvertAll(csv.Record!, name => name.Trim().ToLowerInvariant()) : [];
            int At(string name) => Array.IndexOf(header, name);
            if (At("time") < 0 || At("pair") < 0 || (At("mid") < 0 && (At("bid") < 0 || At("ask") < 0)) || header.Distinct().Count() != header.Length)
            {
                throw new SourceFaultException(SourceFault.Unreadable, $"A header time,pair,mid or time,pair,bid,ask was expected, found '{SourceWords.Of(string.Join(',', header), apiKey: null)}'.");
            }

            while (csv.Read())
            {
                var fields = csv.Record!;
                string? Field(string name) => At(name) is >= 0 and var column && column < fields.Length ? fields[column].Trim() : null;
                if (CurrencyPair.TryParse(Field("pair"), out var pair))
                {
                    rows.Add(new Row(csv.RawRow, fields.Length == header.Length ? TimeOf(Field("time")) : null, pair, Field("mid"), Field("bid"), Field("ask"), string.Join(',', fields)));
                }
            }
        }
        catch (MaxFieldSizeException fault)
        {
            throw new SourceFaultException(SourceFault.Unreadable, $"Fields of at most {LongestField} letters were expected, found a longer one after line {csv.RawRow}.", inner: fault);
        }

        return rows;
    }

    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    // A row without a readable time is told whole, which is no figure and so is kept as unreadable.
    private sealed record Row(int Line, DateTimeOffset? Time, CurrencyPair Pair, string? Mid, string? Bid, string? Ask, string Whole)
    {
        public void Tell(RateSheet sheet)
        {
            var (from, to) = (Pair.Base.Code, Pair.Quote.Code);
            if (Time is not { } time)
            {
                sheet.Mid(from, to, $"row {Line}: {Whole}", null);
            }
            else if (Mid is not null)
            {
                sheet.Mid(from, to, Mid, time);
            }
            else
            {
                sheet.TwoSided(from, to, Bid, Ask, time);
            }
        }
    }
}
