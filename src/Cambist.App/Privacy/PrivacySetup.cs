using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.App.Privacy;

/// <summary>What protects personal data is made of.</summary>
public static class PrivacySetup
{
    /// <summary>Registers the key ring and what uses it.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">The section <c>Encryption</c> says where the ring is.</param>
    /// <param name="store">The database beside which the ring lies by default.</param>
    /// <param name="data">The folder of data where the database is a server; null: the user's.</param>
    /// <exception cref="WrongSettingException">A value is not allowed.</exception>
    public static IServiceCollection AddPrivacy(this IServiceCollection services, IConfiguration configuration, Database store, string? data = null)
    {
        var options = EncryptionOptions.Read(configuration);
        // A throw-away store has a ring of its own, which goes with it.
        var folder = store is SqliteStore sqlite ? Path.GetDirectoryName(sqlite.DatabasePath)! : data ?? UsersFolder();
        return services
            .AddSingleton(options)
            .AddSingleton(_ => options.Open(folder))
            .AddSingleton<LiveKeyRing>()
            .AddSingleton<FieldCipher>()
            .AddSingleton<PersonalDataHash>()
            .AddHostedService<KeyRingRefresh>();
    }

    private static string UsersFolder()
    {
        var user = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(user.Length > 0 ? user : Directory.GetCurrentDirectory(), "cambist");
    }
}
