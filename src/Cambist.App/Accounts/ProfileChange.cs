using System.Text.RegularExpressions;
using Cambist.App.Edge;
using Cambist.Client;

namespace Cambist.App.Accounts;

/// <summary>Changes of what an account says of its person.</summary>
public static partial class ProfileChange
{
    private const int LongestName = 100;
    private const int LongestProvider = 64;

    /// <summary>Applies a change as a whole.</summary>
    /// <returns>Its first fault, and then nothing is changed; null where there is none.</returns>
    public static Problem? Apply(Account account, MeChange change)
    {
        var fields = new FieldReader();
        var name = Text(change.Name, account.Name, text => text.Length <= LongestName && !text.Any(char.IsControl), fields, "name", $"at most {LongestName} letters");
        var phone = Text(change.Phone?.Replace(" ", "", StringComparison.Ordinal), account.Phone, Phone.IsMatch, fields, "phone", "a number as E.164 writes it, such as +491701234567");
        var known = account.Profile;
        var profile = new AccountProfile(
            Text(change.TimeZone, known.TimeZone, text => TimeZoneInfo.TryFindSystemTimeZoneById(text, out _), fields, "time_zone", "an IANA time zone such as Europe/Berlin"),
            Text(change.Country?.ToUpperInvariant(), known.Country, Country.IsMatch, fields, "country", "two letters of ISO 3166-1 such as DE"),
            Text(change.RiskTolerance?.ToLowerInvariant(), known.RiskTolerance, text => text is "conservative" or "moderate" or "aggressive", fields, "risk_tolerance", "one of conservative, moderate, aggressive"),
            Text(change.UsualProvider?.ToLowerInvariant(), known.UsualProvider, text => text.Length <= LongestProvider && Provider.IsMatch(text), fields, "usual_provider", "the id of a provider, as /api/v1/providers lists them"));
        if (fields.Problem is null)
        {
            (account.Name, account.Phone, account.Profile) = (name, phone, profile);
        }

        return fields.Problem;
    }

    private static string? Text(string? told, string? known, Func<string, bool> isAllowed, FieldReader fields, string field, string expected)
    {
        if (told is null)
        {
            return known;
        }

        var text = told.Trim();
        if (text.Length > 0 && !isAllowed(text))
        {
            fields.Refuse(Problems.Invalid($"invalid_{field}", field, expected, text));
        }

        return text.Length == 0 ? null : text;
    }

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Phone { get; }

    [GeneratedRegex(@"^[A-Z]{2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Country { get; }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Provider { get; }
}
