using System.Net;
using Cambist.App.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;
using IPNetwork = System.Net.IPNetwork;

namespace Cambist.App.Edge;

/// <summary>Whose word counts about where a request comes from: <c>Edge:TrustedProxies</c>, addresses and networks (10.0.0.0/8). Nobody's by default.</summary>
internal sealed record ProxySettings(IReadOnlyList<IPNetwork> Trusted)
{
    private const string Key = "Edge:TrustedProxies";

    /// <exception cref="WrongSettingException">One is neither an address nor a network.</exception>
    public static ProxySettings Read(IConfiguration configuration) => new([.. configuration.Words(Key).Select(Network)]);

    private static IPNetwork Network(string told) =>
        IPNetwork.TryParse(told, out var network) ? network
        : IPAddress.TryParse(told, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new WrongSettingException(Key, $"addresses such as 10.0.0.7 and networks such as 10.0.0.0/8 expected, found '{told}'");

    /// <summary>Takes the client's address and scheme from what trusted proxies say: the last address that none of them has.</summary>
    public void Use(IApplicationBuilder app)
    {
        if (Trusted.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in Trusted)
        {
            options.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(options);
    }
}
