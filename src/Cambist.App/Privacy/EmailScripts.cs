namespace Cambist.App.Privacy;

/// <summary>
/// The letters that an e-mail address may have. Beyond ASCII these are whole letters of common scripts: none changes under Unicode's normalization (UAX 15, NFKC) and none joins with the one before it,
/// so that an address has one spelling. Zero-width and combining characters, ligatures, letters of mathematics and controls are in no script here. Within one part the scripts are of one way to write
/// (UTS 39, 5.2, highly restrictive): a Cyrillic 'а' among Latin letters is refused, and a word all in Cyrillic is another address than the Latin one that looks like it.
/// </summary>
internal static class EmailScripts
{
    private enum Script
    {
        Latin,
        Greek,
        Cyrillic,
        Hebrew,
        Arabic,
        Devanagari,
        Han,
        Kana,
        Hangul,
    }

    // Left out: U+00AA, U+00BA, U+0132, U+0133, U+013F, U+0140, U+0149, U+017F, U+01C4 to U+01CC, U+01F1 to U+01F3 (they are other letters under NFKC); of U+0180 to U+024F what is only used in transcriptions; U+0130 and U+0131
    // (their capital or small letter is of ASCII); U+1E9A, U+1E9B; Greek symbols; U+0675 to U+0678; U+093C and the letters made with it.
    private static readonly (char First, char Last, Script Of)[] Letters =
    [
        ('\u00C0', '\u00D6', Script.Latin), ('\u00D8', '\u00F6', Script.Latin), ('\u00F8', '\u012F', Script.Latin), ('\u0134', '\u013E', Script.Latin), ('\u0141', '\u0148', Script.Latin),
        ('\u014A', '\u017E', Script.Latin), ('\u01A0', '\u01A1', Script.Latin), ('\u01AF', '\u01B0', Script.Latin),
        ('\u01CD', '\u01DC', Script.Latin), ('\u01DE', '\u01EF', Script.Latin), ('\u01F4', '\u01F5', Script.Latin), ('\u01F8', '\u021F', Script.Latin), ('\u0222', '\u0233', Script.Latin), ('\u1E00', '\u1E99', Script.Latin), ('\u1E9E', '\u1EFF', Script.Latin),
        ('\u0386', '\u0386', Script.Greek), ('\u0388', '\u038A', Script.Greek), ('\u038C', '\u038C', Script.Greek), ('\u038E', '\u03A1', Script.Greek), ('\u03A3', '\u03CE', Script.Greek),
        ('\u0400', '\u0481', Script.Cyrillic), ('\u048A', '\u052F', Script.Cyrillic),
        ('\u05D0', '\u05EA', Script.Hebrew),
        ('\u0620', '\u063F', Script.Arabic), ('\u0641', '\u064A', Script.Arabic), ('\u0671', '\u0674', Script.Arabic), ('\u0679', '\u06D3', Script.Arabic),
        ('\u0904', '\u0928', Script.Devanagari), ('\u092A', '\u0930', Script.Devanagari), ('\u0932', '\u0933', Script.Devanagari), ('\u0935', '\u0939', Script.Devanagari), ('\u093E', '\u094D', Script.Devanagari), ('\u0901', '\u0903', Script.Devanagari),
        ('\u3005', '\u3005', Script.Han), ('\u3400', '\u4DBF', Script.Han), ('\u4E00', '\u9FFF', Script.Han),
        ('\u3041', '\u3096', Script.Kana), ('\u30A1', '\u30FA', Script.Kana), ('\u30FC', '\u30FC', Script.Kana),
        ('\uAC00', '\uD7A3', Script.Hangul),
    ];

    // Ways to write that need more than one script (UTS 39, 5.1). Bopomofo is not among the scripts.
    private static readonly Script[][] Together = [[Script.Latin, Script.Han, Script.Kana], [Script.Latin, Script.Han, Script.Hangul]];

    /// <summary>A full-width form of ASCII as that letter (NFKC: U+FF01 to U+FF5E), which East Asian keyboards type; anything else as it is.</summary>
    public static char Narrow(char letter) => letter is >= '\uFF01' and <= '\uFF5E' ? (char)(letter - 0xFEE0) : letter;

    /// <summary>What is wrong with the letters of a part; null where nothing is.</summary>
    /// <param name="part">A local part, or a label of a domain.</param>
    /// <param name="signs">What it may have beside letters and digits.</param>
    public static string? Fault(string part, string signs)
    {
        var scripts = new HashSet<Script>();
        foreach (var letter in part)
        {
            if (char.IsAsciiLetter(letter))
            {
                scripts.Add(Script.Latin);
            }
            else if (char.IsAscii(letter))
            {
                if (!char.IsAsciiDigit(letter) && !signs.Contains(letter, StringComparison.Ordinal))
                {
                    return $"An e-mail address has letters, digits and {signs} here; it has the character U+{(int)letter:X4}.";
                }
            }
            else if (Of(letter) is { } script)
            {
                scripts.Add(script);
            }
            else
            {
                return $"An e-mail address has whole letters of common scripts; it has the character U+{(int)letter:X4}, which is none of them, is not seen, or can be written in another way.";
            }
        }

        return scripts.Count < 2 || Together.Any(scripts.IsSubsetOf) ? null : $"An e-mail address does not mix scripts whose letters look alike; it mixes {string.Join(" and ", scripts)}.";
    }

    private static Script? Of(char letter)
    {
        foreach (var (first, last, script) in Letters)
        {
            if (letter >= first && letter <= last)
            {
                return script;
            }
        }

        return null;
    }
}
