using Cambist.App.Quotes.Sources;
using Cambist.App.Rates.Sources;
using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.App.Quotes;

/// <summary>What quotes are made of.</summary>
internal static class QuotesSetup
{
    /// <summary>Registers a source of quotes, as <c>Quotes:Sources:&lt;id&gt;</c> configures it.</summary>
    /// <exception cref="WrongSettingException">A setting cannot be one.</exception>
    public static IServiceCollection AddQuoteSource<T>(this IServiceCollection services, QuoteSourceProfile about, IConfiguration configuration)
        where T : class, IQuoteSource
    {
        var section = configuration.GetSection($"Quotes:Sources:{about.Id}");
        var known = KnownQuoteSource.Of(about, SourceSettings.Read<QuoteSourceOptions>(section), section.Path);
        services.AddKnownQuoteSource(known);
        if (!known.IsOn)
        {
            return services;
        }

        if (known.Options.BaseUrl is not null and not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            throw new WrongSettingException($"{section.Path}:BaseUrl", $"it is a web address as in {about.PublicAddress}");
        }

        // Services that tell rates and quotes have one id for both, and a client each.
        var client = $"quotes/{about.Id}";
        services.AddRobotsGate();
        services.AddOutsideClient(client, known.Options.BaseUrl ?? about.PublicAddress);
        return services.AddSingleton<IQuoteSource>(provider => ActivatorUtilities.CreateInstance<T>(
            provider, SourceSettings.Taken<T>(provider.GetRequiredService<IHttpClientFactory>().CreateClient(client), known.Options)));
    }

    /// <summary>Registers that a source of quotes is known, on or off.</summary>
    /// <exception cref="InvalidOperationException">Another has its id.</exception>
    public static IServiceCollection AddKnownQuoteSource(this IServiceCollection services, KnownQuoteSource known) =>
        services.Any(service => service.ImplementationInstance is KnownQuoteSource other && other.Profile.Id == known.Profile.Id)
            ? throw new InvalidOperationException($"A source's id is its own, '{known.Profile.Id}' is registered twice.")
            : services.AddSingleton(known);

    /// <summary>Registers what asks hosts whether they let themselves be asked.</summary>
    public static IServiceCollection AddRobotsGate(this IServiceCollection services)
    {
        const string client = "quotes/robots.txt";
        if (services.Any(service => service.ServiceType == typeof(RobotsGate)))
        {
            return services;
        }

        services.AddOutsideClient(client, address: null);
        return services.AddSingleton(provider => new RobotsGate(provider.GetRequiredService<IHttpClientFactory>().CreateClient(client), provider.GetRequiredService<TimeProvider>()));
    }
}
