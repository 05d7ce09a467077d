using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Cambist.App.Notifications.Channels.Email;

/// <summary>
/// Gives mails to the server, one at a time, over one connection for as many as come in a row. It only translates: whoever calls tries again. Not for two callers at once.
/// </summary>
/// <param name="options">The server; mail must be on.</param>
/// <param name="time">Measures patience and dates what is sent.</param>
public sealed class EmailSender(EmailOptions options, TimeProvider time) : IAsyncDisposable
{
    // Longer than patience, which ends each step; without it the library would end some steps by real time.
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private SmtpClient? _connection;
    private bool _offersUnicode;

    internal bool IsConnected => _connection is not null;

    /// <summary>Sends one mail.</summary>
    /// <param name="email">What, and to whom.</param>
    /// <param name="cancellationToken">Gives it up; whether it was taken is then not known.</param>
    /// <exception cref="EmailFaultException">It was not taken, or that is not known.</exception>
    public Task SendAsync(Email email, CancellationToken cancellationToken) => SendAsync(EmailLetter.Of(email, Sender, time.GetUtcNow()), cancellationToken);

    /// <summary>Connects and logs in, and sends nothing.</summary>
    /// <returns>What was agreed upon: the version of TLS or that there is none, and whether somebody logged in.</returns>
    /// <exception cref="EmailFaultException">It cannot.</exception>
    public async Task<string> CheckAsync(CancellationToken cancellationToken)
    {
        var connection = await ConnectedAsync(cancellationToken);
        var agreed = $"{(connection.IsSecure ? connection.SslProtocol.ToString().ToUpperInvariant() : "not encrypted")}, {(connection.IsAuthenticated ? "logged in" : "without a user")}";
        await CloseAsync();
        return agreed;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await CloseAsync();

    internal async Task SendAsync(EmailLetter letter, CancellationToken cancellationToken)
    {
        var connection = await ConnectedAsync(cancellationToken);
        var message = letter.Message(Sender);
        var format = FormatOptions.Default.Clone();
        format.International = message.To.Mailboxes.Any(mailbox => !mailbox.LocalPart.All(char.IsAscii));
        if (!format.International)
        {
            // Else the library asks for SMTPUTF8 where it is offered and only the domain is beyond ASCII, and such a mail cannot pass on to a server without it.
            connection.Capabilities &= ~SmtpCapabilities.UTF8;
        }
        else if (!_offersUnicode)
        {
            throw EmailFaults.NoUnicode(options);
        }
        else if (!connection.Capabilities.HasFlag(SmtpCapabilities.UTF8))
        {
            await CloseAsync();
            connection = await ConnectedAsync(cancellationToken);
        }

        await StepAsync(limit => connection.SendAsync(format, message, limit), EmailFaults.Sending, cancellationToken);
    }

    /// <summary>Ends the connection in good order.</summary>
    internal async Task CloseAsync()
    {
        if (_connection is not { } connection)
        {
            return;
        }

        using var limit = new CancellationTokenSource(Farewell, time);
        try
        {
            await connection.DisconnectAsync(quit: true, limit.Token);
        }
        catch (Exception fault) when (fault is OperationCanceledException || EmailFaults.Sending(fault, options) is not null)
        {
            // Whoever leaves does not mind.
        }

        Drop();
    }

    private MailboxAddress Sender => options.From ?? throw new InvalidOperationException($"Mail is off: {EmailOptions.HostKey} is not set.");

    private async Task<SmtpClient> ConnectedAsync(CancellationToken cancellationToken)
    {
        if (await IsAliveAsync(cancellationToken))
        {
            return _connection!;
        }

        var sender = Sender;
        var connection = _connection = new SmtpClient
        {
            Timeout = (int)Never.TotalMilliseconds,
            LocalDomain = sender.Domain,
            // Lists of revoked certificates lie on other hosts, which a server that may only send mail does not reach.
            CheckCertificateRevocation = false,
            ServerCertificateValidationCallback = IsTrusted,
        };
        var socket = options.Security switch
        {
            EmailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            EmailSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };
        await StepAsync(limit => connection.ConnectAsync(options.Host, options.Port, socket, limit), EmailFaults.Connecting, cancellationToken);
        if (options.User is { } user)
        {
            await StepAsync(limit => connection.AuthenticateAsync(user, options.CurrentPassword(), limit), EmailFaults.LoggingIn, cancellationToken);
        }

        _offersUnicode = connection.Capabilities.HasFlag(SmtpCapabilities.UTF8);
        return connection;
    }

    // Servers end connections that are idle, and a mail must not count an attempt for that.
    private async Task<bool> IsAliveAsync(CancellationToken cancellationToken)
    {
        if (_connection is not { } connection)
        {
            return false;
        }

        try
        {
            await StepAsync(limit => connection.NoOpAsync(limit), EmailFaults.Sending, cancellationToken);
            return true;
        }
        catch (EmailFaultException)
        {
            Drop();
            return false;
        }
    }

    private async Task StepAsync(Func<CancellationToken, Task> step, Func<Exception, EmailOptions, EmailFaultException?> read, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.Timeout, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await step(limit.Token);
        }
        catch (Exception exception)
        {
            var fault = cancellationToken.IsCancellationRequested ? null : exception as EmailFaultException ?? read(exception, options);
            // A refusal of one mail leaves the connection good for the next.
            if (fault?.IsOfServer != false || _connection?.IsConnected != true)
            {
                Drop();
            }

            if (fault is null)
            {
                throw;
            }

            throw fault;
        }
    }

    private void Drop()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private bool IsTrusted(object server, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (options.Authorities is not { } authorities)
        {
            return errors == SslPolicyErrors.None;
        }

        if (certificate is not X509Certificate2 own || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var ours = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        ours.ChainPolicy.CustomTrustStore.AddRange(authorities);
        foreach (var element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            ours.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return ours.Build(own);
    }
}
