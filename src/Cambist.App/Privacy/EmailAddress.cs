using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Cambist.App.Privacy;

/// <summary>
/// An e-mail address, and the one form that all its spellings share: without spaces around it, full-width letters made ordinary, in small letters, the domain in ASCII (RFC 5891).
/// What would need Unicode's tables of equivalence is refused rather than folded (see <see cref="EmailScripts"/>): this program runs without them, and a letter that looks like another one belongs into no address.
/// </summary>
public sealed class EmailAddress
{
    // RFC 5321, 4.5.3.1: octets of the local part and of a domain; a whole path is 256 with its brackets.
    private const int LongestLocal = 64;
    private const int LongestDomain = 253;
    private const int Longest = 254;
    private const int LongestLabel = 63;
    private const string Punycode = "xn--";

    private EmailAddress(string given, string canonical) => (Given, Canonical) = (given, canonical);

    /// <summary>As it was given, without spaces around it: mail goes there.</summary>
    public string Given { get; }

    /// <summary>The form by which two are the same.</summary>
    public string Canonical { get; }

    /// <summary>Reads an address.</summary>
    /// <param name="text">What somebody wrote.</param>
    /// <param name="address">The address; null where it is none.</param>
    /// <param name="fault">What was expected and what was found, without the address; null where it is one.</param>
    public static bool TryRead(string? text, [NotNullWhen(true)] out EmailAddress? address, [NotNullWhen(false)] out string? fault)
    {
        (address, fault) = Read(text?.Trim(' ', '\t', '\u3000') ?? "");
        return address is not null;
    }

    /// <summary>Nothing of it: an address goes into no log.</summary>
    public override string ToString() => "an e-mail address";

    private static (EmailAddress? Address, string? Fault) Read(string given)
    {
        // Before anything that takes time in proportion to it.
        if (given.Length > Longest)
        {
            return (null, $"An e-mail address has at most {Longest} letters.");
        }

        var text = string.Concat(given.Select(EmailScripts.Narrow));
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 1 || at != text.LastIndexOf('@') || at == text.Length - 1)
        {
            return (null, "An e-mail address is a name, one '@' and a domain.");
        }

        var local = text[..at];
        var fault = EmailScripts.Fault(local, ".!#$%&'*+/=?^_`{|}~-") ?? DotFault(local, "name");
        var (domain, wrong) = fault is null ? Domain(text[(at + 1)..].ToLowerInvariant().Replace('\u3002', '.')) : ("", fault);
        // The two small sigmas are one letter at different places of a word.
        var folded = local.ToLowerInvariant().Replace('\u03C2', '\u03C3');
        if (wrong is null && (Encoding.UTF8.GetByteCount(folded) > LongestLocal || Encoding.UTF8.GetByteCount(folded) + 1 + domain.Length > Longest))
        {
            wrong = $"An e-mail address has at most {LongestLocal} bytes before the '@' and {Longest} in all.";
        }

        return wrong is null ? (new EmailAddress(given, $"{folded}@{domain}"), null) : (null, wrong);
    }

    private static (string Ascii, string? Fault) Domain(string domain)
    {
        var labels = domain.Split('.');
        if (labels.Length < 2 || DotFault(domain, "domain") is not null)
        {
            return ("", "The domain of an e-mail address has two parts or more, joined by single dots, such as example.org.");
        }

        var ascii = new string[labels.Length];
        for (var place = 0; place < labels.Length; place++)
        {
            var (label, fault) = Label(labels[place]);
            if (fault is not null)
            {
                return ("", fault);
            }

            ascii[place] = label;
        }

        var whole = string.Join('.', ascii);
        return whole.Length <= LongestDomain && !ascii[^1].All(char.IsAsciiDigit) ? (whole, null) : ("", "The domain of an e-mail address is a name of at most 253 letters, and no number.");
    }

    // Of each label there is one spelling: an encoded one must be what its letters encode to, and its letters must be such as could have been written.
    private static (string Ascii, string? Fault) Label(string label)
    {
        try
        {
            var letters = label.StartsWith(Punycode, StringComparison.Ordinal) ? new IdnMapping().GetUnicode(label) : label;
            var ascii = letters.All(char.IsAscii) ? letters : new IdnMapping().GetAscii(letters);
            var isWhole = ascii == label || letters == label;
            return EmailScripts.Fault(letters, "-") is { } fault ? ("", fault)
                : isWhole && !letters.Any(char.IsUpper) && ascii.Length <= LongestLabel && !letters.StartsWith('-') && !letters.EndsWith('-') ? (ascii, null)
                : ("", "A part of the domain of an e-mail address has 1 to 63 letters, digits and '-', and begins and ends with no '-'.");
        }
        catch (ArgumentException)
        {
            return ("", "A part of the domain of an e-mail address cannot be encoded (RFC 5891).");
        }
    }

    private static string? DotFault(string text, string part) => text.StartsWith('.') || text.EndsWith('.') || text.Contains("..", StringComparison.Ordinal)
        ? $"In the {part} of an e-mail address dots are single, and neither first nor last."
        : null;
}
