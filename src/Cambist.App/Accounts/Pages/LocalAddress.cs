using Microsoft.AspNetCore.Http;

namespace Cambist.App.Accounts.Pages;

/// <summary>Where to go back to after a log-in, as an address told it: only ever to a page of our own.</summary>
public static class LocalAddress
{
    private const int Longest = 2000;

    // Any host will do: an address of ours keeps it.
    private static readonly Uri Here = new("https://cambist.invalid");

    /// <summary>The path and query where it is one of ours; null where it leads elsewhere, or nowhere.</summary>
    /// <param name="told">What came from outside, decoded once.</param>
    public static string? Of(string? told)
    {
        // Browsers take '\' for '/', and leave tabs and line ends out (WHATWG URL, 4.4): '/\evil.example' and '/<tab>/evil.example' lead away.
        if (told is not ['/', ..] || told.Length > Longest || told.Any(letter => letter is '\\' || char.IsControl(letter)) || told.StartsWith("//", StringComparison.Ordinal))
        {
            return null;
        }

        // Once more, because '/..//evil.example' is '//evil.example' when it is read.
        return Uri.TryCreate(Here, told, out var address) && address.Host == Here.Host && address.Scheme == Here.Scheme && !address.PathAndQuery.StartsWith("//", StringComparison.Ordinal) ? address.PathAndQuery : null;
    }

    /// <summary>The log-in page that leads back to where a request was.</summary>
    public static string LogInFor(HttpRequest request) => $"/account/login?return={Uri.EscapeDataString(request.Path + request.QueryString)}";
}
