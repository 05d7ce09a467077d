using System.Globalization;
using CsvHelper;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates;

/// <summary>Where the fields of a bar stand in a row, by the names in the header.</summary>
internal sealed class BarColumns
{
    private const string DefaultSource = "file";

    // decimal rounds in silence what does not fit into 28 decimal places; text and scale below these are read exactly.
    private const int LongestNumber = 29;
    private const int LargestScale = 27;

    private static readonly string[] Required = ["time", "open", "high", "low", "close"];
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK"];

    private readonly int time, open, high, low, close, volume, spread, source;
    private readonly int count;
    private string lastSource = DefaultSource;

    /// <exception cref="InvalidDataException">The header lacks a column or names one twice.</exception>
    public BarColumns(string[] header)
    {
        var names = Array.ConvertAll(header, name => name.Trim().ToLowerInvariant());
        if (Required.Any(name => names.Count(found => found == name) != 1) || names.Distinct().Count() != names.Length)
            throw new InvalidDataException($"expected a header with time, open, high, low, close (and volume, spread, src), each once, found '{Shown(string.Join(',', header))}'");

        count = names.Length;
        (time, open, high, low, close) = (At("time"), At("open"), At("high"), At("low"), At("close"));
        (volume, spread, source) = (At("volume"), At("spread"), At("src"));

        int At(string name) => Array.IndexOf(names, name);
    }

    /// <summary>Reads a row. What is returned is the reason for which it is refused, or null where the bar is good.</summary>
    public string? Read(CsvParser row, out HourlyBar bar)
    {
        bar = default;
        if (row.Count != count) return $"expected {count} fields, found {row.Count}";
        if (!TryReadTime(row[time], out var openTime)) return $"time is a UTC time as in 2003-01-02T00:00:00Z, was '{Shown(row[time])}'";
        if (!TryReadNumber(row[open], out var openPrice)) return Unreadable("open", row[open]);
        if (!TryReadNumber(row[high], out var highPrice)) return Unreadable("high", row[high]);
        if (!TryReadNumber(row[low], out var lowPrice)) return Unreadable("low", row[low]);
        if (!TryReadNumber(row[close], out var closePrice)) return Unreadable("close", row[close]);
        if (!TryReadOptional(row, volume, out var volumeValue)) return Unreadable("volume", row[volume]);
        if (!TryReadOptional(row, spread, out var spreadValue)) return Unreadable("spread", row[spread]);

        bar = new HourlyBar(openTime, openPrice, highPrice, lowPrice, closePrice, volumeValue, spreadValue, SourceOf(row));
        return BarRules.Fault(bar);
    }

    private static bool TryReadTime(string text, out DateTimeOffset value) => DateTimeOffset.TryParseExact(
        text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value);

    private static bool TryReadNumber(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && text.Length <= LongestNumber && value.Scale <= LargestScale;

    private static bool TryReadOptional(CsvParser row, int column, out decimal? value)
    {
        value = null;
        if (column < 0 || row[column] is not { Length: > 0 } text) return true;

        var readable = TryReadNumber(text, out var number);
        value = number;
        return readable;
    }

    private static string Unreadable(string column, string text) =>
        $"{column} is a decimal number of at most {ExactReal.Digits} significant digits, was '{Shown(text)}'";

    // What a damaged file holds must not garble the terminal or fill it.
    private static string Shown(string text) =>
        string.Concat(text.Take(80).Select(letter => char.IsControl(letter) ? '\uFFFD' : letter)) + (text.Length > 80 ? "…" : "");

    private string SourceOf(CsvParser row)
    {
        if (source < 0 || row[source] is not { Length: > 0 } text) return DefaultSource;

        // A feed names itself in each row; one string serves them all.
        if (text != lastSource) lastSource = text;
        return lastSource;
    }
}
