using Cambist.App.Rates.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cambist.App.Rates;

/// <summary>What rates are made of.</summary>
internal static class RatesSetup
{
    public static IServiceCollection AddRates(this IServiceCollection services) => services
        .AddSingleton<BarStore>()
        .AddSingleton<RateHistory>()
        .AddSingleton<RateBook>()
        .AddSingleton<RateDesk>()
        .AddSingleton<RatesWire>()
        .AddSingleton<SourceHealth>()
        .AddSingleton<HistoryImport>();

    /// <summary>Registers a source, unless <c>Rates:Sources:&lt;id&gt;:Enabled</c> is false.</summary>
    public static IServiceCollection AddSource<T>(this IServiceCollection services, string id, Uri address, IConfiguration configuration)
        where T : class, IRateSource
    {
        var options = configuration.GetSection($"Rates:Sources:{id}").Get<RateSourceOptions>() ?? new RateSourceOptions();
        if (!options.Enabled)
        {
            return services;
        }

        services.AddHttpClient(id, http =>
        {
            http.BaseAddress = Folder(options.BaseUrl ?? address);
            http.DefaultRequestHeaders.UserAgent.ParseAdd("Cambist/0.1");
        });
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<T>(provider, provider.GetRequiredService<IHttpClientFactory>().CreateClient(id)));
        services.AddSingleton<IRateSource>(provider => provider.GetRequiredService<T>());
        return services;
    }

    /// <summary>Registers what asks the sources. Hourly history grows where Kraken is enabled.</summary>
    public static IServiceCollection AddCollector(this IServiceCollection services)
    {
        services.AddSingleton<Collector>().AddHostedService(provider => provider.GetRequiredService<Collector>());
        if (services.Any(service => service.ServiceType == typeof(KrakenSource)))
        {
            services.AddHostedService<HourlyBackfill>();
        }

        return services;
    }

    // A relative address replaces what follows the last slash of its base.
    private static Uri Folder(Uri address) => address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
}
