using Cambist.App.Rates.History;
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
        var isOn = options.Enabled ?? (about.IsOfficial && (!about.NeedsKey || options.ApiKey is { Length: > 0 }) && (about.PublicAddress ?? options.BaseUrl) is not null);
        if (!isOn)
        {
            return services;
        }

        services.AddHttpClient(about.Id, http =>
        {
            http.BaseAddress = (options.BaseUrl ?? about.PublicAddress) is { IsAbsoluteUri: true, Scheme: "http" or "https" } address ? Folder(address) : null;
            http.DefaultRequestHeaders.UserAgent.ParseAdd("Cambist/0.1");
        });
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<T>(provider, Taken<T>(provider.GetRequiredService<IHttpClientFactory>().CreateClient(about.Id), options)));
        services.AddSingleton<IRateSource>(provider => provider.GetRequiredService<T>());
        if (typeof(T).IsAssignableTo(typeof(IHistorySource)))
        {
            services.AddSingleton(provider => (IHistorySource)provider.GetRequiredService<T>());
        }

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

    // Creating an instance with an argument that its constructor does not take is an error.
    private static object[] Taken<T>(params object[] given) =>
        [.. given.Where(argument => typeof(T).GetConstructors().Single().GetParameters().Any(parameter => parameter.ParameterType.IsInstanceOfType(argument)))];

    // A relative address replaces what follows the last slash of its base.
    private static Uri Folder(Uri address) => address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
}
