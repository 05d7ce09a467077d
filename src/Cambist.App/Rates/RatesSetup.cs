using Cambist.App.Rates.Feeds;
using Cambist.App.Rates.History;
using Cambist.App.Rates.Sources;
using Cambist.App.Rates.Ticks;
using Cambist.App.Storage;
using Cambist.Domain.Rates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cambist.App.Rates;

/// <summary>What rates are made of.</summary>
internal static class RatesSetup
{
    public static IServiceCollection AddRates(this IServiceCollection services)
    {
        services.TryAddSingleton(RatesOptions.Default);
        return services
            .AddSingleton<BarStore>()
            .AddSingleton<TickStore>()
            .AddSingleton<QuotaStore>()
            .AddSingleton<DailyStore>()
            .AddSingleton<BackfillStore>()
            .AddSingleton<RateHistory>()
            .AddSingleton<RateBook>()
            .AddSingleton<PanelPairs>()
            .AddSingleton<TickRecorder>()
            .AddSingleton<RateIntake>()
            .AddSingleton<RateCauses>()
            .AddSingleton<RateDesk>()
            .AddSingleton<RatesWire>()
            .AddSingleton<SourcesWire>()
            .AddSingleton<RateStream>()
            .AddSingleton<RateTopics>().AddHostedService(provider => provider.GetRequiredService<RateTopics>())
            .AddSingleton<SourceRoster>()
            .AddSingleton<SourceHealth>()
            .AddSingleton<FirstRound>()
            .AddSingleton<FeedHealth>()
            .AddSingleton<FeedGaps>()
            .AddSingleton<HistoryImport>()
            .AddSingleton<TickImport>()
            .AddSingleton<HistoryGate>()
            .AddSingleton<HistoryBackfill>();
    }

    /// <summary>Registers a source, as <c>Rates:Sources:&lt;id&gt;</c> configures it.</summary>
    public static IServiceCollection AddSource<T>(this IServiceCollection services, SourceProfile about, IConfiguration configuration)
        where T : class, IRateSource
    {
        if (services.Any(service => service.ImplementationInstance is KnownSource other && other.Profile.Id == about.Id))
        {
            throw new InvalidOperationException($"A source's id is its own, '{about.Id}' is registered twice.");
        }

        var known = KnownSource.Of(about, SourceSettings.Read<RateSourceOptions>(configuration.GetSection($"Rates:Sources:{about.Id}")));
        services.AddSingleton(known);
        if (!known.IsOn)
        {
            return services;
        }

        services.AddOutsideClient(about.Id, known.Options.BaseUrl ?? about.PublicAddress)
            .AddHttpMessageHandler(provider => new SourceBudget(known, provider.GetRequiredService<QuotaStore>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider =>
            ActivatorUtilities.CreateInstance<T>(provider, SourceSettings.Taken<T>(provider.GetRequiredService<IHttpClientFactory>().CreateClient(about.Id), known.Options)));
        services.AddSingleton<IRateSource>(provider => provider.GetRequiredService<T>());
        if (typeof(T).IsAssignableTo(typeof(IHistorySource)))
        {
            services.AddSingleton(provider => (IHistorySource)provider.GetRequiredService<T>());
        }

        return services;
    }

    /// <summary>Registers a feed and what listens to it, as <c>Rates:Feeds:&lt;id&gt;</c> configures it.</summary>
    public static IServiceCollection AddFeed<T>(this IServiceCollection services, FeedProfile about, IConfiguration configuration)
        where T : class, IRateFeed
    {
        var section = configuration.GetSection($"Rates:Feeds:{about.Id}");
        var given = SourceSettings.Read<FeedOptions>(section);
        var hasKey = !about.Source.NeedsKey || given.ApiKey is { Length: > 0 };
        var known = KnownFeed.Of(about, given);
        services.AddSingleton(known);
        if (known.WhyOff is not null)
        {
            return services;
        }

        services.AddOptions<FeedOptions>(about.Id).Bind(section)
            .Validate(
                options => options.BaseUrl is null || options.BaseUrl is { IsAbsoluteUri: true, Scheme: "ws" or "wss" },
                $"{section.Path}:BaseUrl is a websocket address as in {about.PublicAddress}, was '{Shown(given.BaseUrl)}'.")
            .Validate(_ => hasKey, $"{section.Path}:ApiKey is needed while {section.Path}:Enabled is true, and is not set.")
            .ValidateOnStart();
        services.AddSingleton<IRateFeed>(provider => ActivatorUtilities.CreateInstance<T>(provider, provider.GetRequiredService<IOptionsMonitor<FeedOptions>>().Get(about.Id)));
        services.TryAddSingleton(Random.Shared);
        services.AddHostedService<FeedRunner>();
        return services;
    }

    /// <summary>Registers what asks the sources and records what they say. Hourly history is kept whole where a source tells it.</summary>
    public static IServiceCollection AddCollector(this IServiceCollection services)
    {
        services.AddSingleton<Collector>().AddHostedService(provider => provider.GetRequiredService<Collector>());
        services.AddHostedService(provider => provider.GetRequiredService<TickRecorder>());
        services.AddHostedService<RateKeeper>();
        if (services.Any(service => service.ServiceType == typeof(IHistorySource)))
        {
            services.AddHostedService<HourlyBackfill>();
        }

        return services;
    }

    // A key may be in the query, or before the host.
    private static string Shown(Uri? address) => address switch
    {
        null => "",
        { IsAbsoluteUri: true } => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped),
        _ => address.OriginalString.Split('?', '@') is [var only] ? only : "…",
    };
}
