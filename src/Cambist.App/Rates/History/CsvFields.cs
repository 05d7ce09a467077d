using System.Globalization;

namespace Cambist.App.Rates.History;

/// <summary>Reads the fields of a row.</summary>
internal static class CsvFields
{
    // decimal rounds in silence what does not fit into 28 decimal places; text and scale below these are read exactly.
    private const int LongestNumber = 29;
    private const int LargestScale = 27;
    private const int LongestShown = 80;

    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK"];

    public static bool TryReadTime(string text, out DateTimeOffset value) => DateTimeOffset.TryParseExact(
        text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value);

    public static bool TryReadNumber(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && text.Length <= LongestNumber && value.Scale <= LargestScale;

    /// <summary>Text out of a file as it may be shown: what a damaged one holds must not garble the terminal or fill it.</summary>
    public static string Shown(string text) =>
        string.Concat(text.Take(LongestShown).Select(letter => char.IsControl(letter) ? '\uFFFD' : letter)) + (text.Length > LongestShown ? "…" : "");
}
