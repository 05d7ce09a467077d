using System.Globalization;
using CsvHelper;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.History;

/// <summary>Where the fields of a bar stand in a row, by the names in the header.</summary>
internal sealed class BarColumns
{
    private const string DefaultSource = "file";

    private static readonly string[] Required = ["time", "open", "high", "low", "close"];

    private readonly int _time, _open, _high, _low, _close, _volume, _spread, _source;
    private readonly int _count;
    private string _lastSource = DefaultSource;

    /// <exception cref="InvalidDataException">The header lacks a column or names one twice.</exception>
    public BarColumns(string[] header)
    {
        var names = Array.ConvertAll(header, name => name.Trim().ToLowerInvariant());
        if (Required.Any(name => names.Count(found => found == name) != 1) || names.Distinct().Count() != names.Length)
            throw new InvalidDataException($"expected a header with time, open, high, low, close (and volume, spread, src), each once, found '{CsvFields.Shown(string.Join(',', header))}'");

        _count = names.Length;
        (_time, _open, _high, _low, _close) = (At("time"), At("open"), At("high"), At("low"), At("close"));
        (_volume, _spread, _source) = (At("volume"), At("spread"), At("src"));

        int At(string name) => Array.IndexOf(names, name);
    }

    /// <summary>Reads a row. What is returned is the reason for which it is refused, or null where the bar is good.</summary>
    public string? Read(CsvParser row, out HourlyBar bar)
    {
        bar = default;
        if (row.Count != _count) return $"expected {_count} fields, found {row.Count}";
        if (!CsvFields.TryReadTime(row[_time], out var openTime)) return $"time is a UTC time as in 2003-01-02T00:00:00Z, was '{CsvFields.Shown(row[_time])}'";
        if (!CsvFields.TryReadNumber(row[_open], out var openPrice)) return Unreadable("open", row[_open]);
        if (!CsvFields.TryReadNumber(row[_high], out var highPrice)) return Unreadable("high", row[_high]);
        if (!CsvFields.TryReadNumber(row[_low], out var lowPrice)) return Unreadable("low", row[_low]);
        if (!CsvFields.TryReadNumber(row[_close], out var closePrice)) return Unreadable("close", row[_close]);
        if (!TryReadOptional(row, _volume, out var volumeValue)) return Unreadable("volume", row[_volume]);
        if (!TryReadOptional(row, _spread, out var spreadValue)) return Unreadable("spread", row[_spread]);

        bar = new HourlyBar(openTime, openPrice, highPrice, lowPrice, closePrice, volumeValue, spreadValue, SourceOf(row));
        return BarRules.Fault(bar);
    }

    private static bool TryReadOptional(CsvParser row, int column, out decimal? value)
    {
        value = null;
        if (column < 0 || row[column] is not { Length: > 0 } text) return true;

        var readable = CsvFields.TryReadNumber(text, out var number);
        value = number;
        return readable;
    }

    private static string Unreadable(string column, string text) =>
        $"{column} is a decimal number of at most {ExactReal.Digits} significant digits, was '{CsvFields.Shown(text)}'";

    private string SourceOf(CsvParser row)
    {
        if (_source < 0 || row[_source] is not { Length: > 0 } text) return DefaultSource;

        // A feed names itself in each row; one string serves them all.
        if (text != _lastSource) _lastSource = text;
        return _lastSource;
    }
}
