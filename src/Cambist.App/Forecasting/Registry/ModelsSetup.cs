using Cambist.App.Forecasting.Registry.Mlflow;
using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cambist.App.Forecasting.Registry;

/// <summary>What the registry of models is made of.</summary>
public static class ModelsSetup
{
    /// <summary>Registers the registry over a store, with models beside it.</summary>
    public static IServiceCollection AddModels(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => ModelsOptions.Default(provider.GetRequiredService<Database>()));
        services.TryAddSingleton<MlflowOptions>();
        services.AddHttpClient(MlflowExports.Client, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
        return services
            .AddSingleton<ModelStore>()
            .AddSingleton(provider => new ModelFiles(provider.GetRequiredService<ModelsOptions>().Folder))
            .AddSingleton<ModelLoader>()
            .AddSingleton<ModelRegistry>()
            .AddSingleton<ModelStart>()
            .AddSingleton<ServingModels>()
            .AddSingleton<ModelsWire>()
            .AddSingleton<MlflowExports>()
            .AddHostedService(provider => provider.GetRequiredService<ModelStart>());
    }

    /// <summary>Lets models lie where, and be kept as, <c>Forecasting:Models</c> says.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">The configuration.</param>
    /// <param name="store">The database beside which they lie by default.</param>
    /// <param name="data">The folder of data where the database is a server; null: the user's.</param>
    /// <exception cref="WrongSettingException">A value is not allowed.</exception>
    public static IServiceCollection AddModelSettings(this IServiceCollection services, IConfiguration configuration, Database store, string? data = null)
    {
        var mlflow = MlflowOptions.Read(configuration);
        services.AddSingleton(ModelsOptions.Read(configuration, store, data)).AddSingleton(mlflow);
        return mlflow.Enabled ? services.AddHostedService<MlflowTeller>() : services;
    }

    /// <summary>Registers a way to forecast, one line each.</summary>
    public static IServiceCollection AddModelFamily(this IServiceCollection services, string name, LoadModel load) => services.AddSingleton(new FamilyLoader(name, load));
}
