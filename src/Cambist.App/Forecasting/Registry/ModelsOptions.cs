using System.Globalization;
using Cambist.App.Rates.Sources;
using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;

namespace Cambist.App.Forecasting.Registry;

/// <summary>Where models are and how they are kept: section <c>Forecasting:Models</c>.</summary>
/// <param name="Folder">The folder of the models' folders. Nodes that share a database share this folder too, or each keeps only what it registered.</param>
/// <param name="KeepRetired">How many retired models are kept; the champion's predecessor is kept whatever the number.</param>
/// <param name="AdminKey">Who sends it may list and promote models over the API; null: nobody may. It appears in no log, message or answer.</param>
/// <param name="ShippedFolder">The folder of the models that came with the program.</param>
public sealed record ModelsOptions(string Folder, int KeepRetired, string? AdminKey, string ShippedFolder)
{
    /// <summary>Whether a challenger that has proven itself on live data is promoted without anybody's doing.</summary>
    public bool AutoPromote { get; init; } = true;

    /// <summary>The section's path.</summary>
    public const string Section = "Forecasting:Models";

    /// <summary>The shortest key that is a secret.</summary>
    public const int ShortestKey = 16;

    private const string FolderName = "models";
    private const int MostKept = 10_000;

    /// <summary>Ten retired models, beside the database or in the user's data folder; nobody may promote over the API.</summary>
    /// <param name="database">The database.</param>
    /// <param name="data">The folder of data where the database has none of its own; null: the user's.</param>
    public static ModelsOptions Default(Database database, string? data = null) => new(
        Path.Combine(database is SqliteStore sqlite ? Path.GetDirectoryName(sqlite.DatabasePath)! : data ?? UsersFolder(), FolderName),
        KeepRetired: 10,
        AdminKey: null,
        Path.Combine(AppContext.BaseDirectory, FolderName));

    /// <summary>Reads the section <c>Forecasting:Models</c>.</summary>
    /// <exception cref="WrongSettingException">A value is not allowed; the message names the key and what is allowed, and no secret.</exception>
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
            AdminKey = section["AdminKey"] switch
            {
                null or "" => null,
                { Length: >= ShortestKey } key => key,
                { Length: var length } => throw new WrongSettingException(
                    $"{Section}:AdminKey", string.Create(CultureInfo.InvariantCulture, $"at least {ShortestKey} letters expected, found {length}")),
            },
        };
    }

    /// <summary>Without the key.</summary>
    public override string ToString() => $"{Folder}, {KeepRetired} retired kept";

    private static string UsersFolder()
    {
        var user = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(user.Length > 0 ? user : Directory.GetCurrentDirectory(), "cambist");
    }
}
