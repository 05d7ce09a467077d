using System.Globalization;
using System.Text;

namespace Cambist.App.Quotes.Sources;

/// <summary>
/// What a host's robots.txt says to one robot (RFC 9309): the rules of the groups that name it, else of those for all; the longest that matches decides, and of two equally long
/// ones the one that allows. Nothing is forbidden that no rule forbids.
/// </summary>
internal sealed class RobotsRules
{
    private readonly List<(string Pattern, bool Allows)> _rules;

    private RobotsRules(List<(string Pattern, bool Allows)> rules) => _rules = rules;

    /// <summary>Of a host without a robots.txt.</summary>
    public static RobotsRules None { get; } = new([]);

    /// <summary>Of a host whose robots.txt cannot be had at the moment.</summary>
    public static RobotsRules Everything { get; } = new([("/", false)]);

    /// <summary>Reads the file for a robot; lines that it does not know are passed over.</summary>
    public static RobotsRules Of(string text, string robot)
    {
        var (own, all) = (new List<(string, bool)>(), new List<(string, bool)>());
        var (namesOwn, namesAll, isNaming, isNamed) = (false, false, false, false);
        foreach (var line in text.Split(['\n', '\r']))
        {
            if (line.Split('#')[0].Split(':', 2) is not [var key, var value])
            {
                continue;
            }

            (key, value) = (key.Trim('\uFEFF', ' ', '\t').ToUpperInvariant(), value.Trim());
            if (key == "USER-AGENT")
            {
                // Names that follow each other share the rules after them.
                (namesOwn, namesAll) = isNaming ? (namesOwn, namesAll) : (false, false);
                isNaming = true;
                namesOwn |= string.Equals(ProductOf(value), robot, StringComparison.OrdinalIgnoreCase);
                namesAll |= value == "*";
                isNamed |= namesOwn;
            }
            else if (key is "ALLOW" or "DISALLOW")
            {
                isNaming = false;
                if (value.Length > 0)
                {
                    Add(own, namesOwn);
                    Add(all, namesAll);
                }
            }

            void Add(List<(string, bool)> rules, bool holds)
            {
                if (holds)
                {
                    rules.Add((Normal(value), key == "ALLOW"));
                }
            }
        }

        return new RobotsRules(isNamed ? own : all);
    }

    /// <summary>Whether an address may be asked for.</summary>
    /// <param name="pathAndQuery">As in the address, beginning with a slash.</param>
    public bool Allow(string pathAndQuery)
    {
        var path = Normal(pathAndQuery);
        return _rules
            .Where(rule => Matches(path, rule.Pattern))
            .OrderByDescending(rule => rule.Pattern.Length)
            .ThenByDescending(rule => rule.Allows)
            .Select(rule => rule.Allows)
            .FirstOrDefault(true);
    }

    // A token of letters, hyphens and underscores; a version behind it is none of it.
    private static string ProductOf(string value) => string.Concat(value.TakeWhile(letter => char.IsAsciiLetter(letter) || letter is '-' or '_'));

    // A star stands for any letters, a dollar sign at the end for the end. Taking the first place for each part leaves most room for the rest.
    private static bool Matches(string path, string pattern)
    {
        var isWhole = pattern.EndsWith('$');
        var parts = (isWhole ? pattern[..^1] : pattern).Split('*');
        if (!path.StartsWith(parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        var at = parts[0].Length;
        for (var i = 1; i < parts.Length; i++)
        {
            var found = isWhole && i == parts.Length - 1
                ? path.EndsWith(parts[i], StringComparison.Ordinal) ? path.Length - parts[i].Length : -1
                : path.IndexOf(parts[i], at, StringComparison.Ordinal);
            if (found < at)
            {
                return false;
            }

            at = found + parts[i].Length;
        }

        return !isWhole || parts.Length > 1 || at == path.Length;
    }

    // Octets are compared as addresses write them: other than ASCII letters in percents, and unreserved ones without.
    private static string Normal(string text)
    {
        var normal = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                normal.Append(char.IsAsciiLetterOrDigit((char)octet) || (char)octet is '-' or '.' or '_' or '~' ? ((char)octet).ToString() : $"%{octet:X2}");
                i += 2;
            }
            else if (char.IsAscii(text[i]))
            {
                normal.Append(text[i]);
            }
            else
            {
                var length = char.IsSurrogatePair(text, i) ? 2 : 1;
                normal.Append(Uri.EscapeDataString(text.AsSpan(i, length)));
                i += length - 1;
            }
        }

        return normal.ToString();
    }
}
