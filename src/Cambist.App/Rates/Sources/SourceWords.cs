namespace Cambist.App.Rates.Sources;

/// <summary>What a service said about a failure, made fit to be shown.</summary>
internal static class SourceWords
{
    private const int Longest = 200;
    private const int ShortestSecret = 4;

    /// <summary>The words in one line, cut short, and without the operator's key: some services repeat it to whoever asks with it.</summary>
    public static string Of(string? told, string? apiKey)
    {
        var words = told ?? "nothing";
        // A key of two parts (an account and its secret) is repeated in parts.
        foreach (var secret in (apiKey ?? "").Split(':').Append(apiKey ?? "").Where(part => part.Length >= ShortestSecret).OrderByDescending(part => part.Length))
        {
            words = words.Replace(secret, "***", StringComparison.OrdinalIgnoreCase).Replace(Uri.EscapeDataString(secret), "***", StringComparison.OrdinalIgnoreCase);
        }

        var line = string.Concat(words.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim().TrimEnd('.');
        return line.Length <= Longest ? line : line[..Longest] + "…";
    }
}
