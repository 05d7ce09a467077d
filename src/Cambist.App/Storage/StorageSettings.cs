using Microsoft.Extensions.Configuration;

namespace Cambist.App.Storage;

/// <summary>Where data lies, by configuration: <c>Storage:{Provider,ConnectionString}</c>.</summary>
public static class StorageSettings
{
    private const string Provider = "Storage:Provider";
    private const string ConnectionString = "Storage:ConnectionString";

    /// <summary>Opens the database that is configured.</summary>
    /// <param name="configuration">Where the two keys are.</param>
    /// <param name="folder">The folder of SQLite's file.</param>
    /// <exception cref="WrongSettingException">A key has a value that is not allowed.</exception>
    public static Database Open(IConfiguration configuration, string folder)
    {
        var provider = configuration[Provider];
        return provider?.ToLowerInvariant() switch
        {
            null or "" or "sqlite" => SqliteStore.Open(folder),
            "postgres" => OpenPostgres(configuration[ConnectionString]),
            _ => throw new WrongSettingException(Provider, $"'sqlite' or 'postgres', was '{provider}'"),
        };
    }

    private static PostgresStore OpenPostgres(string? connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            throw new WrongSettingException(ConnectionString, $"a PostgreSQL connection string where {Provider} is 'postgres', was empty");
        }

        try
        {
            return PostgresStore.Open(connectionString);
        }
        catch (FormatException fault)
        {
            throw new WrongSettingException(ConnectionString, fault.Message);
        }
    }
}

/// <summary>A configured value is not allowed.</summary>
/// <param name="key">Its key.</param>
/// <param name="expected">What is allowed and what was found.</param>
public sealed class WrongSettingException(string key, string expected) : Exception($"{key}: {expected}.")
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;
}
