using System.Security.Authentication;
using Cambist.App.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;

namespace Cambist.App.Edge;

/// <summary>What the server takes before any route is asked: sizes, speeds, and versions of TLS.</summary>
public static class ServerLimits
{
    private const int LargestBody = 64 * 1024;
    private const int LargestHeaders = 16 * 1024;

    /// <summary>Bodies up to <c>Edge:LargestBody</c> bytes (64 KB), 16 KB of headers within ten seconds, no body slower than 240 bytes a second, TLS 1.2 and 1.3. Certificates are the section <c>Kestrel</c>'s.</summary>
    /// <exception cref="WrongSettingException">A value is not allowed.</exception>
    public static IWebHostBuilder UseServerLimits(this IWebHostBuilder host, IConfiguration configuration)
    {
        var largest = configuration.GetSection("Edge").Whole("LargestBody", LargestBody, 1024, 100 * 1024 * 1024);
        return host.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = largest;
            kestrel.Limits.MaxRequestHeadersTotalSize = LargestHeaders;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
            kestrel.ConfigureHttpsDefaults(https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
        });
    }
}
