using Microsoft.Extensions.DependencyInjection;

namespace Cambist.App.Storage;

/// <summary>Registers queues before the database.</summary>
internal static class WriteBehindSetup
{
    /// <summary>Registers a queue of entries, which ends with the host and writes what waits before.</summary>
    public static IServiceCollection AddWriteBehind<T>(this IServiceCollection services, string what, Func<IServiceProvider, Action<IReadOnlyList<T>>> write) => services
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<WriteBehind<T>>(provider, write(provider), what))
        .AddHostedService(provider => provider.GetRequiredService<WriteBehind<T>>());
}
