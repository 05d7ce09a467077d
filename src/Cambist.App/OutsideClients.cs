using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.App;

/// <summary>How outside services are asked.</summary>
internal static class OutsideClients
{
    /// <summary>Adds a client of a service that says who asks, goes nowhere else with the operator's key, and writes no address into a log: addresses carry keys.</summary>
    public static IHttpClientBuilder AddOutsideClient(this IServiceCollection services, string name, Uri? address) => services
        .AddHttpClient(name, http =>
        {
            http.BaseAddress = address is { IsAbsoluteUri: true, Scheme: "http" or "https" } ? Folder(address) : null;
            http.DefaultRequestHeaders.UserAgent.ParseAdd("Cambist/0.1");
        })
        .RemoveAllLoggers()
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });

    // A relative address replaces what follows the last slash of its base.
    private static Uri Folder(Uri address) => address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
}
