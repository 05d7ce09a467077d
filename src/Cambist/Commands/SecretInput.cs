using System.CommandLine;
using Cambist.App.Edge;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary>Passwords: asked for at the terminal without showing them, or read from standard input. Never an argument, which every user of the machine sees in the list of processes.</summary>
internal static class SecretInput
{
    // No password is as long; a pipe that never ends is not read for ever.
    private const int Longest = 4096;

    public static readonly Option<bool> FromStandardInput = new("--password-stdin") { Description = "Read the password from the first line of standard input." };

    /// <summary>The password; null where none can be had, which it has told.</summary>
    public static async Task<string?> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(FromStandardInput))
        {
            return await FirstLineAsync(cancellationToken);
        }

        var json = parsed.GetValue(CommonOptions.Json);
        if (Console.IsInputRedirected || Console.IsErrorRedirected)
        {
            Output.Fail(Problems.Of(400, "bad_usage", "No password", "Without a terminal to ask at, --password-stdin was expected."), json);
            return null;
        }

        var first = await AskAsync("Password:", cancellationToken);
        if (first == await AskAsync("Once more:", cancellationToken))
        {
            return first;
        }

        Output.Fail(Problems.Of(400, "bad_usage", "No password", "The two are not the same."), json);
        return null;
    }

    private static Task<string> AskAsync(string what, CancellationToken cancellationToken) =>
        Output.Errors.PromptAsync(new TextPrompt<string>(what).Secret(mask: null).AllowEmpty(), cancellationToken);

    private static async Task<string> FirstLineAsync(CancellationToken cancellationToken)
    {
        var letters = new char[Longest];
        var length = 0;
        while (length < Longest && Array.IndexOf(letters, '\n', 0, length) < 0 && await Console.In.ReadAsync(letters.AsMemory(length), cancellationToken) is > 0 and var read)
        {
            length += read;
        }

        var text = new string(letters, 0, length);
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('\r');
    }
}
