using Cambist.App.Rates.Sources;
using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;

namespace Cambist.App.Forecasting.Registry;

/// <summary>Where models are and how they are kept: section <c>Forecasting:Models</c>.</summary>
/// <param name="Folder">The folder of the models' folders. Nodes that share a database share this folder too, or each keeps only what it registered.</param>
/// <param name="KeepRetired">How many retired models are kept; the champion's predecessor is kept whatever the number.</param>
/// <param name="ShippedFolder">The folder of the models that came with the program.</param>
public sealed record ModelsOptions(string Folder, int KeepRetired, string ShippedFolder)
{
    /// <summary>Whether a challenger that has proven itself on live data is promoted without anybody's doing.</summary>
    public bool AutoPromote { get; init; } = true;

    /// <summary>The section's path.</summary>
    public const string Section = "Forecasting:Models";

    private const string FolderName = "models";
    private const int MostKept = 10_000;

    /// <summary>Ten retired models, beside the database or in the user's data folder.</summary>
    /// <param name="database">The database.</param>
    /// <param name="data">The folder of data where the database has none of its own; null: the user's.</param>
    public static ModelsOptions Default(Database database, string? data = null) => new(
        Path.Combine(database is SqliteStore sqlite ? Path.GetDirectoryName(sqlite.DatabasePath)! : data ?? UsersFolder(), FolderName),
        KeepRetired: 10,
        Path.Combine(AppContext.BaseDirectory, FolderName));

    /// <summary>Reads the section <c>Forecasting:Models</c>.</summary>
    /// <exception cref="WrongSettingException">A value is not allowed; the message names the key and what is allowed.</exception>
    public static ModelsOptions Read(IConfiguration configuration, Database database, string? data = null)
    {
        var section = configuration.GetSection(Section);
        var otherwise = Default(database, data);
        return otherwise with
        {
            Folder = section["Folder"] is { Length: > 0 } folder ? Path.GetFullPath(folder) : otherwise.Folder,
            ShippedFolder = section["ShippedFolder"] is { Length: > 0 } shipped ? Path.GetFullPath(shipped) : otherwise.ShippedFolder,
            KeepRetired = section.Whole(nameof(KeepRetired), otherwise.KeepRetired, 0, MostKept),
            AutoPromote = section.Switch(nameof(AutoPromote)) ?? otherwise.AutoPromote,
        };
    }

    private static string UsersFolder()
    {
        var user = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(user.Length > 0 ? user : Directory.GetCurrentDirectory(), "cambist");
    }
}
