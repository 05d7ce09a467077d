using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;

namespace Cambist.TestKit;

/// <summary>How a <see cref="StandInMail"/> makes connections secret.</summary>
public enum StandInMailSecurity
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By STARTTLS; it takes nothing else before.</summary>
    StartTls,

    /// <summary>From the first byte.</summary>
    Tls,
}

/// <summary>
/// A mail server on loopback (RFC 5321, RFC 3207, RFC 4954) that keeps what it takes, and does wrong what a test asks for. Answers are of a documented shape.
/// </summary>
public sealed class StandInMail : IAsyncDisposable
{
    /// <summary>Who may log in.</summary>
    public const string User = "cambist";

    /// <summary>With which password.</summary>
    public const string Password = "planted-p4ssword";

    private const string Section = "Notifications:Channels:email";
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Channel<StandInMessage> _arrivals = Channel.CreateUnbounded<StandInMessage>();
    private readonly ConcurrentQueue<StandInMessage> _messages = new();
    private readonly ConcurrentQueue<string> _commands = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<StandInFault>> _faults = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> _conversations = new();
    private readonly List<StandInMessage> _unread = [];
    private readonly TemporaryFolder _folder = new();
    private readonly Task _listening;
    private int _connections;

    private StandInMail(StandInMailSecurity security)
    {
        Security = security;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=stand-in mail", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        Certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        AuthorityFile = _folder.File("authority.pem");
        File.WriteAllText(AuthorityFile, Certificate.ExportCertificatePem());
        _listener.Start();
        _listening = ListenAsync();
    }

    /// <summary>Its port on 127.0.0.1.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The certificate of the authority to trust, in PEM; it is for the name <c>localhost</c>.</summary>
    public string AuthorityFile { get; }

    /// <summary>What it offers after EHLO, beside STARTTLS and AUTH.</summary>
    public IReadOnlyList<string> Extensions { get; set; } = ["SIZE 1000000", "8BITMIME", "ENHANCEDSTATUSCODES", "SMTPUTF8"];

    /// <summary>The ways to log in that it offers; empty: none, and anybody may send.</summary>
    public IReadOnlyList<string> Logins { get; set; } = [];

    /// <summary>Whether it may send only who has logged in.</summary>
    public bool WantsLogin { get; set; }

    /// <summary>All that it took, in order.</summary>
    public IReadOnlyList<StandInMessage> Messages => [.. _messages];

    /// <summary>What it was told, in order; of AUTH the method alone.</summary>
    public IReadOnlyList<string> Commands => [.. _commands];

    /// <summary>How many connections it had so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The settings of a program that sends its mail here.</summary>
    public Dictionary<string, string?> Settings
    {
        get
        {
            var settings = new Dictionary<string, string?>
            {
                [$"{Section}:Host"] = "localhost",
                [$"{Section}:Port"] = $"{Port}",
                [$"{Section}:Security"] = Security.ToString(),
                [$"{Section}:From"] = "Cambist <alerts@cambist.example.org>",
            };
            if (Security != StandInMailSecurity.None)
            {
                settings[$"{Section}:AuthorityFile"] = AuthorityFile;
            }

            if (Logins.Count > 0)
            {
                (settings[$"{Section}:User"], settings[$"{Section}:Password"]) = (User, Password);
            }

            return settings;
        }
    }

    internal StandInMailSecurity Security { get; }

    internal X509Certificate2 Certificate { get; }

    /// <summary>Starts one that takes every mail.</summary>
    public static StandInMail Start(StandInMailSecurity security = StandInMailSecurity.None) => new(security);

    /// <summary>Waits for the next mail of a kind or to an address; each is given once, in the order in which they came.</summary>
    /// <exception cref="TimeoutException">None came in half a minute; the message says what did.</exception>
    public async Task<StandInMessage> NextAsync(string kindOrAddress, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestWait);
        while (true)
        {
            lock (_unread)
            {
                if (_unread.Find(message => message.Kind == kindOrAddress || message.Recipients.Contains(kindOrAddress)) is { } found)
                {
                    _unread.Remove(found);
                    return found;
                }
            }

            try
            {
                var message = await _arrivals.Reader.ReadAsync(limit.Token);
                lock (_unread)
                {
                    _unread.Add(message);
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"No mail of or to {kindOrAddress} came, but {string.Join(", ", Messages.Select(message => $"{message.Kind} to {message.Recipients[0]}"))}.");
            }
        }
    }

    /// <summary>Answers something once in another way than it would; more than one for the same come one after the other.</summary>
    /// <param name="at">A command's first word, <see cref="StandInFault.AtConnection"/> or <see cref="StandInFault.AtEndOfData"/>.</param>
    /// <param name="fault">What happens there.</param>
    /// <returns>The fault, which tells when it has happened.</returns>
    public StandInFault Fails(string at, StandInFault fault)
    {
        _faults.GetOrAdd(at, _ => new()).Enqueue(fault);
        return fault;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _listening;
        await Task.WhenAll(_conversations.Keys);
        _listener.Dispose();
        Certificate.Dispose();
        _folder.Dispose();
        _end.Dispose();
    }

    internal StandInFault? FaultAt(string at) => _faults.TryGetValue(at, out var faults) && faults.TryDequeue(out var fault) ? fault : null;

    internal void Heard(string command) => _commands.Enqueue(command);

    internal void Took(StandInMessage message)
    {
        _messages.Enqueue(message);
        _arrivals.Writer.TryWrite(message);
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                Interlocked.Increment(ref _connections);
                _conversations[new StandInMailConversation(this, client).RunAsync(_end.Token)] = true;
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
