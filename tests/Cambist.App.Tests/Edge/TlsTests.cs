using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cambist.App.Rates;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Edge;

/// <summary>The service with a certificate of its own, by configuration alone.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SslProtocols.Tls13)]
    [InlineData(SslProtocols.Tls12)]
    public async Task TLS_of_these_versions_is_spoken_and_browsers_are_told_to_stay_with_it(SslProtocols version)
    {
        await using var app = await StartAsync();
        using var handler = new SocketsHttpHandler { SslOptions = { EnabledSslProtocols = version, RemoteCertificateValidationCallback = IsOurs } };
        using var http = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.Http.BaseAddress!, "/healthz")) { Headers = { Host = "cambist.example.org" } };

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("max-age=31536000; includeSubDomains", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
    }

    [Fact]
    public async Task Older_TLS_is_refused()
    {
        await using var app = await StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, app.Http.BaseAddress!.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(client.GetStream());
#pragma warning disable SYSLIB0039, CA5397 // An old client is what is tried here.
        var old = new SslClientAuthenticationOptions { EnabledSslProtocols = SslProtocols.Tls11, TargetHost = "localhost", RemoteCertificateValidationCallback = IsOurs };
#pragma warning restore SYSLIB0039, CA5397

        await Assert.ThrowsAnyAsync<Exception>(() => tls.AuthenticateAsClientAsync(old, TestContext.Current.CancellationToken));
    }

    // The certificate is made for the test and signed by nobody.
    private static bool IsOurs(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => certificate?.Subject == "CN=cambist.example.org";

    private async Task<RunningCambist> StartAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;
        using var certificate = new CertificateRequest("CN=cambist.example.org", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        await File.WriteAllTextAsync(_folder.File("cert.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(_folder.File("key.pem"), key.ExportPkcs8PrivateKeyPem());
        return await RunningCambist.StartAsync(
            MarketMode.Replay,
            settings: new Dictionary<string, string?>
            {
                ["Kestrel:Certificates:Default:Path"] = _folder.File("cert.pem"),
                ["Kestrel:Certificates:Default:KeyPath"] = _folder.File("key.pem"),
            },
            address: "https://127.0.0.1:0");
    }
}
