using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cambist.App.Edge;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary><c>cambist users export</c> and <c>cambist users erase</c>: what a person may ask for by law (GDPR, articles 15, 17 and 20).</summary>
internal static class UsersDataCommand
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Option<FileInfo?> Out = new("--out") { Description = "A new file that only its owner can read; else standard output.", HelpName = "FILE" };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask." };

    public static Command Export()
    {
        var export = new Command("export", "Everything that is stored of somebody, as one JSON document.") { UsersCommand.Who, Out };
        export.SetAction((parsed, stop) => UsersCommand.WithAccountAsync(parsed, async (accounts, account) =>
        {
            if (parsed.GetValue(Out) is not { } file)
            {
                Console.Out.WriteLine(Text(accounts.Export(account)));
                return ExitCode.Done;
            }

            // Made before anything is told: an export that cannot be kept is none.
            await using (var stream = NewFile(file.FullName))
            await using (var writer = new StreamWriter(stream))
            {
                await writer.WriteLineAsync(Text(accounts.Export(account)).AsMemory(), stop);
            }

            return UsersView.WriteDone(account, $"is exported to {file.FullName}", parsed.GetValue(CommonOptions.Json));
        }));
        return export;
    }

    public static Command Erase()
    {
        var erase = new Command("erase", "Erase an account and everything that is stored of it, for ever.") { UsersCommand.Who, Yes };
        erase.SetAction((parsed, _) => UsersCommand.WithAccountAsync(parsed, async (accounts, account) =>
        {
            var json = parsed.GetValue(CommonOptions.Json);
            if (!parsed.GetValue(Yes))
            {
                if (Console.IsInputRedirected || Console.IsErrorRedirected)
                {
                    return Output.Fail(Problems.Of(400, "bad_usage", "Nothing is erased", "Without a terminal to ask at, --yes was expected."), json);
                }

                if (!Output.Errors.Confirm(Markup.Escape($"Erase {UsersView.Masked(account.Email)} ({account.Id}) and everything that is stored of it, for ever?"), defaultValue: false))
                {
                    return ExitCode.Failed;
                }
            }

            await accounts.EraseAsync(account);
            return UsersView.WriteErased(account.Id, json);
        }));
        return erase;
    }

    private static string Text(JsonObject export) => export.ToJsonString(Readable);

    private static FileStream NewFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
