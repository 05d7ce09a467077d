using System.Globalization;
using System.Text;

namespace Cambist.App.Quotes.Recipes;

/// <summary>Reads a number as a page writes it. The format decides what a point means; nothing is guessed from the digits.</summary>
internal static class PageNumbers
{
    // Formats of CLDR 46 (symbols of Latin digits). A language that stands with a region differs there; a blank stands for every kind of blank.
    private static readonly Dictionary<string, NumberFormat> Languages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["en"] = new(".", ","), ["ja"] = new(".", ","), ["zh"] = new(".", ","), ["ko"] = new(".", ","), ["th"] = new(".", ","), ["he"] = new(".", ","), ["hi"] = new(".", ","),
        ["de"] = new(",", "."), ["de-CH"] = new(".", "'"), ["de-LI"] = new(".", "'"), ["de-AT"] = new(",", " "),
        ["it"] = new(",", "."), ["it-CH"] = new(".", "'"), ["nl"] = new(",", "."), ["da"] = new(",", "."), ["el"] = new(",", "."), ["tr"] = new(",", "."), ["id"] = new(",", "."),
        ["ro"] = new(",", "."), ["hr"] = new(",", "."), ["sl"] = new(",", "."), ["vi"] = new(",", "."),
        ["es"] = new(",", "."), ["es-MX"] = new(".", ","), ["es-US"] = new(".", ","), ["es-419"] = new(".", ","),
        ["pt"] = new(",", "."), ["pt-PT"] = new(",", " "),
        ["fr"] = new(",", " "), ["fi"] = new(",", " "), ["sv"] = new(",", " "), ["nb"] = new(",", " "), ["no"] = new(",", " "), ["pl"] = new(",", " "), ["cs"] = new(",", " "),
        ["sk"] = new(",", " "), ["hu"] = new(",", " "), ["bg"] = new(",", " "), ["uk"] = new(",", " "), ["ru"] = new(",", " "), ["et"] = new(",", " "), ["lt"] = new(",", " "),
        ["lv"] = new(",", " "),
    };

    // Regions in which pages of the language are written in more than one way.
    private static readonly HashSet<string> Undecided = new(StringComparer.OrdinalIgnoreCase) { "en-ZA", "en-CH", "en-DE", "en-AT", "en-NL", "en-BE", "fr-CH" };

    /// <summary>The format of a language tag as in <c>de-CH</c>; null where it is not known.</summary>
    public static NumberFormat? Of(string? language)
    {
        var tag = (language ?? "").Trim().Replace('_', '-');
        return Undecided.Contains(tag) ? null : Languages.GetValueOrDefault(tag) ?? Languages.GetValueOrDefault(tag.Split('-')[0]);
    }

    /// <summary>The number in a text that holds exactly one, with a currency or without.</summary>
    /// <exception cref="FormatException">It holds none, more than one, a negative one, or one that is written otherwise; the message says what was expected and what was found.</exception>
    public static decimal Read(string text, NumberFormat format)
    {
        if (text.FirstOrDefault(letter => char.IsDigit(letter) && !char.IsAsciiDigit(letter)) is var digit && digit != default)
        {
            throw new FormatException($"digits 0 to 9 were expected, found '{digit}' in '{text}'");
        }

        var first = text.AsSpan().IndexOfAnyInRange('0', '9');
        if (first < 0)
        {
            throw new FormatException($"a number was expected, found '{text}'");
        }

        var last = text.AsSpan().LastIndexOfAnyInRange('0', '9');
        var (before, number, after) = (text[..first].Trim(), text[first..(last + 1)], text[(last + 1)..].Trim());
        // A sign of its own, or brackets as in accounts.
        if (before.IndexOfAny(['-', '−', '–', '‑', '(']) >= 0 || after.StartsWith('-') || after.StartsWith('−'))
        {
            throw new FormatException($"a number of 0 or more was expected, found '{text}'");
        }

        // '.99' is no number here, while the point of 'Rs.500' ends a word.
        if (first > 0 && text[first - 1] is '.' or ',' or '\'' && (first == 1 || !char.IsLetter(text[first - 2])))
        {
            throw new FormatException($"a digit before the sign was expected, found '{text}'");
        }

        return Value(Plain(number), format) ?? throw new FormatException($"one number like '{Example(format)}' was expected, found '{text}'");
    }

    // Every kind of blank as a blank, every kind of apostrophe as one.
    private static string Plain(string number)
    {
        var plain = new StringBuilder(number.Length);
        foreach (var letter in number)
        {
            plain.Append(char.IsWhiteSpace(letter) ? ' ' : letter is '’' or '‘' or 'ʼ' ? '\'' : letter);
        }

        return plain.ToString();
    }

    private static decimal? Value(string number, NumberFormat format)
    {
        var parts = number.Split(format.Decimal);
        var groups = format.Group is null ? [parts[0]] : parts[0].Split(format.Group);
        var decimals = parts.Length > 1 ? parts[1] : "";
        return parts.Length <= 2 && AreGroups(groups) && (parts.Length == 1 || decimals.Length > 0) && decimals.All(char.IsAsciiDigit) &&
            decimal.TryParse($"{string.Concat(groups)}.{decimals}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
    }

    // Thousands, or lakhs and crores: three digits at the end, and before them threes or twos.
    private static bool AreGroups(string[] groups)
    {
        if (groups.Any(group => group.Length == 0 || !group.All(char.IsAsciiDigit)))
        {
            return false;
        }

        if (groups.Length == 1)
        {
            return true;
        }

        var inner = groups[1..^1];
        return groups[0].Length <= 3 && groups[^1].Length == 3 &&
            (inner.All(group => group.Length == 3) || (groups[0].Length <= 2 && inner.All(group => group.Length == 2)));
    }

    private static string Example(NumberFormat format) => $"1{format.Group}234{format.Decimal}56";
}
