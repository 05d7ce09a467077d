using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Cambist.App.Privacy;

/// <summary>A ring as a secret of Vault's KV engine, version 2. A change names the version that it follows (check-and-set), so that no other change is lost.</summary>
internal sealed class VaultKeyRing(VaultOptions options, Action<TimeSpan>? wait = null) : IKeyRingPlace, IDisposable
{
    private const int Attempts = 3;
    private const int MostBytes = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // Vault's own headers would follow a redirect to another server, the token among them.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = MostBytes,
    };

    private readonly Action<TimeSpan> _wait = wait ?? Thread.Sleep;

    public string Name => $"Vault at {options.Place}";

    public bool BeginsItself => false;

    public KeyRing? Read() => ReadVersion().Ring;

    public KeyRing Change(Func<KeyRing?, KeyRing> change)
    {
        // A write whose outcome is unknown is found out by reading again: the change is then there, and there is nothing to do.
        KeyRingFaultException? last = null;
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var (ring, version) = ReadVersion();
            var next = change(ring);
            if (ReferenceEquals(next, ring))
            {
                return next;
            }

            try
            {
                using var answer = Ask(HttpMethod.Post, Body(next, version));
                if (VaultAnswers.IsWritten(answer))
                {
                    return next;
                }

                last = null;
            }
            catch (KeyRingFaultException fault) when (VaultAnswers.MayPass(fault.Kind))
            {
                last = fault;
                _wait(FirstPause * attempt);
            }
        }

        throw last ?? new KeyRingFaultException(KeyRingFault.Conflict, $"The key ring in {Name} was not changed: others changed it {Attempts} times meanwhile.");
    }

    public void Dispose() => _http.Dispose();

    private (KeyRing? Ring, int Version) ReadVersion()
    {
        for (var attempt = 1; ; attempt++)
        {
            var pause = FirstPause * attempt;
            try
            {
                using var answer = Ask(HttpMethod.Get, body: null);
                pause = RetryAfter(answer) ?? pause;
                return VaultAnswers.Read(answer);
            }
            catch (KeyRingFaultException fault) when (attempt < Attempts && VaultAnswers.MayPass(fault.Kind))
            {
                _wait(pause);
            }
        }
    }

    private HttpResponseMessage Ask(HttpMethod method, byte[]? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(options.Address, $"v1/{options.Mount}/data/{options.Path}"));
        request.Headers.Add("X-Vault-Token", options.CurrentToken());
        // An agent before Vault may ask for it, so that no page can make a browser ask.
        request.Headers.Add("X-Vault-Request", "true");
        if (options.Namespace is not null)
        {
            request.Headers.Add("X-Vault-Namespace", options.Namespace);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        try
        {
            return _http.Send(request);
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new KeyRingFaultException(KeyRingFault.VaultNotUnderstood, $"{Name} answers with more than {MostBytes} bytes.", fault);
        }
        catch (HttpRequestException fault)
        {
            throw new KeyRingFaultException(KeyRingFault.VaultUnreachable, $"{Name} cannot be reached ({fault.HttpRequestError}).", fault);
        }
        catch (OperationCanceledException fault)
        {
            throw new KeyRingFaultException(KeyRingFault.VaultUnreachable, $"{Name} did not answer within {Patience.TotalSeconds} s.", fault);
        }
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage answer) => answer is { StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable, Headers.RetryAfter.Delta: { } told }
        ? told < LongestPause ? told : LongestPause
        : null;

    private static byte[] Body(KeyRing ring, int version)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("options");
            writer.WriteNumber("cas", version);
            writer.WriteEndObject();
            writer.WritePropertyName("data");
            KeyRingJson.Write(writer, ring);
            writer.WriteEndObject();
        }

        return text.WrittenSpan.ToArray();
    }
}
