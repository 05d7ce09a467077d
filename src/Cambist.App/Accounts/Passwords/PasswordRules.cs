namespace Cambist.App.Accounts.Passwords;

/// <summary>
/// Which passwords are taken: long enough, and none that is guessed among the first (NIST SP 800-63B-4, 3.1.1.2: no rules of composition, a list of what is expected). The list is of patterns: a well-known
/// word with digits or signs around it or instead of letters, keys in a row, one thing repeated, the person's own e-mail. What was stolen elsewhere is asked of <see cref="BreachedPasswords"/>.
/// </summary>
public sealed class PasswordRules(AuthOptions options, BreachedPasswords breached)
{
    /// <summary>The most letters: hashing takes them all, and nobody types more.</summary>
    public const int Longest = 256;

    // A password as long as this may have any word in it.
    private const int LongEnough = 16;
    private const int FewestOwn = 6;

    private static readonly string[] Expected =
    [
        "password", "passwort", "passw", "pass", "contrasena", "motdepasse", "qwerty", "qwertz", "azerty", "letmein", "welcome", "willkommen", "admin", "administrator", "root", "login", "master", "monkey", "dragon",
        "football", "baseball", "superman", "batman", "iloveyou", "ichliebedich", "sunshine", "princess", "shadow", "michael", "jordan", "freedom", "whatever", "trustno", "starwars", "pokemon", "summer", "winter",
        "spring", "autumn", "sommer", "hallo", "hello", "secret", "geheim", "test", "testing", "changeme", "default", "guest", "user", "abc", "asdf", "love", "money", "cambist", "euro", "dollar", "bitcoin",
    ];

    private static readonly string[] Rows = ["01234567890", "09876543210", "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm", "1qaz2wsx3edc4rfv", "1q2w3e4r5t6z7u8i", "1q2w3e4r5t6y7u8i"];

    /// <summary>What keeps a password from being taken; null where nothing does.</summary>
    public async Task<string?> FaultAsync(string password, string email, CancellationToken cancellationToken) =>
        Fault(password, email) ?? (await breached.ContainsAsync(password, cancellationToken) ? "This password is in lists that were stolen elsewhere, which are tried first; take another." : null);

    /// <summary>What keeps a password from being taken and can be told without asking anybody; null where nothing does.</summary>
    public string? Fault(string password, string email)
    {
        var length = password.EnumerateRunes().Count();
        if (length < options.ShortestPassword)
        {
            return $"A password has at least {options.ShortestPassword} letters; several words are easier to remember than signs.";
        }

        if (length > Longest)
        {
            return $"A password has at most {Longest} letters.";
        }

        return length < LongEnough && IsExpected(password, email) ? "This password is among the first that are guessed; take several words that have nothing to do with each other." : null;
    }

    private static bool IsExpected(string password, string email)
    {
        var small = password.ToLowerInvariant();
        var letters = string.Concat(small.Select(Letter)).Trim([.. "0123456789!?.,-_+*#$%&/()= @"]);
        var own = email.ToLowerInvariant().Split('@', '.', '+', '-', '_').Where(part => part.Length > 2);
        return small.Distinct().Count() < 5
            || IsRepeated(small)
            || Rest(small, Rows.SelectMany(Runs)) < FewestOwn
            || Expected.Contains(letters)
            || Rest(small, own) < FewestOwn
            || (Expected.Any(word => word.Length > 4 && letters.StartsWith(word, StringComparison.Ordinal)) && Rest(letters, Expected) < FewestOwn);
    }

    // How many letters are left without the parts.
    private static int Rest(string text, IEnumerable<string> parts) => parts.OrderByDescending(part => part.Length).Aggregate(text, (left, part) => left.Replace(part, "", StringComparison.Ordinal)).Length;

    // Four keys or more in a row.
    private static IEnumerable<string> Runs(string row) =>
        from length in Enumerable.Range(4, row.Length - 3)
        from start in Enumerable.Range(0, row.Length - length + 1)
        select row.Substring(start, length);

    private static bool IsRepeated(string text) =>
        Enumerable.Range(1, text.Length / 2).Any(length => Enumerable.Range(length, text.Length - length).All(place => text[place] == text[place - length]));

    // The letter that a sign stands for in words that mean to look random.
    private static char Letter(char sign) => sign switch
    {
        '@' or '4' => 'a',
        '0' => 'o',
        '1' or '!' => 'i',
        '3' => 'e',
        '$' or '5' => 's',
        '7' => 't',
        _ => sign,
    };
}
