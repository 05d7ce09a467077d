using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cambist.App.Streaming;

/// <summary>What live streams are made of.</summary>
public static class StreamsSetup
{
    /// <summary>Registers the settings of streams.</summary>
    public static IServiceCollection AddStreamSettings(this IServiceCollection services, IConfiguration configuration) => services
        .Replace(ServiceDescriptor.Singleton(StreamOptions.Read(configuration)));

    internal static IServiceCollection AddStreams(this IServiceCollection services)
    {
        services.TryAddSingleton(new StreamOptions());
        services.TryAddSingleton(StreamAccounts.None);
        services.AddMetrics().AddSingleton(provider => new StreamMeter(provider.GetRequiredService<IMeterFactory>().Create(StreamMeter.Name)));
        services.AddSingleton<PersonalListeners>().AddSingleton<PersonalStream>().AddSingleton<PersonalEndpoint>();
        services.AddSingleton<PersonalRelay>().AddHostedService(provider => provider.GetRequiredService<PersonalRelay>());
        return services.AddSingleton<StreamHub>().AddHostedService(provider => provider.GetRequiredService<StreamHub>()).AddHostedService<PageStreams>().AddSingleton<StreamDoor>().AddSingleton<StreamEndpoint>();
    }
}
