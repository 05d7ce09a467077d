using System.Net;
using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.App.Rates.Sources;

/// <summary>What the registrations of all kinds of sources share: how settings are read, and over which client a service is asked.</summary>
internal static class SourceSettings
{
    /// <summary>The settings of a section.</summary>
    /// <exception cref="WrongSettingException">A value cannot be converted. What the binder says of it names the key and the value, none of which is a secret: a key is any text.</exception>
    public static T Read<T>(IConfigurationSection section)
        where T : new()
    {
        try
        {
            return section.Get<T>() ?? new T();
        }
        catch (InvalidOperationException fault)
        {
            throw new WrongSettingException(section.Path, fault.Message.TrimEnd('.'));
        }
    }

    /// <summary>Adds a client of a service that says who asks, goes nowhere else with the operator's key, and writes no address into a log: addresses carry keys.</summary>
    public static IHttpClientBuilder AddSourceClient(this IServiceCollection services, string name, Uri? address) => services
        .AddHttpClient(name, http =>
        {
            http.BaseAddress = address is { IsAbsoluteUri: true, Scheme: "http" or "https" } ? Folder(address) : null;
            http.DefaultRequestHeaders.UserAgent.ParseAdd("Cambist/0.1");
        })
        .RemoveAllLoggers()
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });

    /// <summary>Those of the arguments that the constructor takes: creating an instance with another is an error.</summary>
    public static object[] Taken<T>(params object[] given) =>
        [.. given.Where(argument => typeof(T).GetConstructors().Single().GetParameters().Any(parameter => parameter.ParameterType.IsInstanceOfType(argument)))];

    // A relative address replaces what follows the last slash of its base.
    private static Uri Folder(Uri address) => address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
}
