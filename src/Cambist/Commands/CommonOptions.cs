using System.CommandLine;
using Cambist.App.Storage;

namespace Cambist.Commands;

/// <summary>Options that every command takes, and where data lies by default.</summary>
internal static class CommonOptions
{
    public static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document on standard output; logs go to standard error." };

    public static readonly Option<DirectoryInfo> Data = new("--data")
    {
        Description = "The folder in which Cambist keeps its data (SQLite).",
        HelpName = "DIR",
        DefaultValueFactory = _ => new DirectoryInfo(DefaultDataFolder()),
    };

    public static readonly Option<string?> Database = new("--database")
    {
        Description = "A PostgreSQL connection string (not supported by this version, which stores in SQLite).",
        HelpName = "CONNECTION",
    };

    /// <summary>Adds them to the root, for all commands below it. A database that this version cannot use is refused rather than passed over.</summary>
    public static RootCommand WithCommonOptions(this RootCommand root)
    {
        Database.Validators.Add(result => result.AddError("--database: this version stores in SQLite only; leave it out, and name a folder with --data."));
        Data.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var path }] && File.Exists(path))
            {
                result.AddError($"--data: a folder was expected, '{path}' is a file.");
            }
        });
        foreach (var option in new Option[] { Json, Data, Database })
        {
            option.Recursive = true;
            root.Options.Add(option);
        }

        return root;
    }

    public static SqliteStore OpenStore(this ParseResult parsed) => SqliteStore.Open(parsed.GetValue(Data)!.FullName);

    private static string DefaultDataFolder()
    {
        var user = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(user.Length > 0 ? user : Directory.GetCurrentDirectory(), "cambist");
    }
}
