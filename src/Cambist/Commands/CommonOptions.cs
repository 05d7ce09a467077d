using System.CommandLine;
using Cambist.App.Storage;

namespace Cambist.Commands;

/// <summary>Options that every command takes, and where data lies by default.</summary>
internal static class CommonOptions
{
    public static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document on standard output; logs go to standard error." };

    public static readonly Option<DirectoryInfo> Data = new("--data")
    {
        Description = "The folder in which Cambist keeps its data: models, and SQLite's file.",
        HelpName = "DIR",
        DefaultValueFactory = _ => new DirectoryInfo(DefaultDataFolder()),
    };

    public static readonly Option<string?> Database = new("--database")
    {
        Description = "A PostgreSQL database to keep data in, instead of --data; goes before Storage:ConnectionString.",
        HelpName = "CONNECTION",
    };

    /// <summary>Adds them to the root, for all commands below it.</summary>
    public static RootCommand WithCommonOptions(this RootCommand root)
    {
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

    /// <summary>The store that the command line names, else the configured one.</summary>
    /// <exception cref="WrongSettingException">What it names cannot be one.</exception>
    public static Database OpenStore(this ParseResult parsed)
    {
        if (parsed.GetValue(Database) is not { } connectionString)
        {
            return StorageSettings.Open(ProgramSettings.Read(), parsed.DataFolder());
        }

        try
        {
            return PostgresStore.Open(connectionString);
        }
        catch (FormatException fault)
        {
            throw new WrongSettingException(Database.Name, fault.Message);
        }
    }

    /// <summary>The folder of data: of SQLite's file, and of models whatever the database is.</summary>
    public static string DataFolder(this ParseResult parsed) => parsed.GetValue(Data)!.FullName;

    private static string DefaultDataFolder()
    {
        var user = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(user.Length > 0 ? user : Directory.GetCurrentDirectory(), "cambist");
    }
}
