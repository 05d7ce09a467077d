using Cambist.App.Rates.Sources;
using Cambist.Domain.Rates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.App.Rates;

/// <summary>What rates are made of.</summary>
internal static class RatesSetup
{
    public static IServiceCollection AddRates(this IServiceCollection services) => services
        .AddSingleton<BarStore>()
        .AddSingleton<RateHistory>()
        .AddSingleton<RateBook>()
        .AddSingleton<RateIntake>()
        .AddSingleton<RateDesk>()
        .AddSingleton<RatesWire>()
        .AddSingleton<SourceHealth>()
        .AddSingleton<HistoryImport>();

    /// <summary>Registers a source, as <c>Rates:Sources:&lt;id&gt;</c> configures it.</summary>
    public static IServiceCollection AddSource<T>(this IServiceCollection services, SourceProfile about, IConfiguration configuration)
        where T : class, IRateSource
    {
        var options = configuration.GetSection($"Rates:Sources:{about.Id}").Get<RateSourceOptions>() ?? new RateSourceOptions();
        var isOn = options.Enabled ?? (about.IsOfficial && (!about.NeedsKey || options.ApiKey is { Length: > 0 }));
        if (!isOn)
        {
            return services;
        }

        services.AddHttpClient(about.Id, http =>
        {
            http.BaseAddress = (options.BaseUrl ?? about.PublicAddress) is { } address ? Folder(address) : null;
            http.DefaultRequestHeaders.UserAgent.ParseAdd("Cambist/0.1");
        });
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<T>(provider, provider.GetRequiredService<IHttpClientFactory>().CreateClient(about.Id), options));
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
