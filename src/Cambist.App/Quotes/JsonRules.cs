using System.Text.RegularExpressions;

namespace Cambist.App.Quotes;

/// <summary>What rules over a JSON file are made of. A fault reads <c>path: expected, found</c>.</summary>
internal static partial class JsonRules
{
    /// <summary>A stable id: lower-case words joined by hyphens.</summary>
    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    public static partial Regex Id { get; }

    /// <summary>A country code of ISO 3166 by its form.</summary>
    [GeneratedRegex("^[A-Z]{2}$")]
    public static partial Regex Country { get; }

    public static IEnumerable<string> Check(bool holds, string path, string expected, object? found)
    {
        if (!holds)
            yield return FormattableString.Invariant($"{path}: {expected} was expected, found {(found is string text ? $"\"{text}\"" : found ?? "null")}.");
    }

    public static IEnumerable<string> Once<T>(IEnumerable<T> values, string path, string expected) =>
        values.GroupBy(value => value).FirstOrDefault(group => group.Count() > 1) is { } doubled ? Check(false, path, expected, $"{doubled.Key} twice") : [];

    public static string NoEntry(string path) => $"{path}: an entry was expected, found null.";
}
