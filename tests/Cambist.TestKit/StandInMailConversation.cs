using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Cambist.TestKit;

/// <summary>One connection to a <see cref="StandInMail"/>: it speaks the server's part of SMTP.</summary>
internal sealed class StandInMailConversation(StandInMail server, TcpClient client)
{
    private readonly byte[] _buffer = new byte[8192];
    private readonly List<string> _recipients = [];
    private Stream _wire = client.GetStream();
    private int _read;
    private int _filled;
    private string? _sender;
    private bool _isSecret;
    private bool _hasLoggedIn;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Not on the way that takes connections.
        await Task.Yield();
        try
        {
            if (server.Security == StandInMailSecurity.Tls)
            {
                await SecureAsync(cancellationToken);
            }

            var goesOn = await SayAsync(StandInFault.AtConnection, "220 stand-in ESMTP", cancellationToken);
            while (goesOn && await LineAsync(cancellationToken) is { } line)
            {
                var word = line.Split(' ')[0].ToUpperInvariant();
                server.Heard(word == "AUTH" ? string.Join(' ', line.Split(' ').Take(2)) : line);
                goesOn = await ObeyAsync(word, line, cancellationToken);
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or AuthenticationException or SocketException or ObjectDisposedException)
        {
            // The client is gone, or the test is over.
        }
        finally
        {
            await _wire.DisposeAsync();
            client.Dispose();
        }
    }

    private async Task<bool> ObeyAsync(string word, string line, CancellationToken cancellationToken)
    {
        switch (word)
        {
            case "EHLO" or "HELO":
                return await SayAsync(word, Hello(), cancellationToken);
            case "STARTTLS" when server.Security == StandInMailSecurity.StartTls && !_isSecret:
                if (!await SayAsync(word, "220 2.0.0 go on", cancellationToken))
                {
                    return false;
                }

                await SecureAsync(cancellationToken);
                return true;
            case "AUTH":
                return await LogInAsync(line, cancellationToken);
            case "MAIL" when server.Security == StandInMailSecurity.StartTls && !_isSecret:
                return await SayAsync(word, "530 5.7.0 must issue STARTTLS first", cancellationToken);
            case "MAIL" when server.WantsLogin && !_hasLoggedIn:
                return await SayAsync(word, "530 5.7.0 authentication required", cancellationToken);
            case "MAIL":
                _sender = Path(line);
                _recipients.Clear();
                return await SayAsync(word, "250 2.1.0 sender ok", cancellationToken);
            case "RCPT":
                _recipients.Add(Path(line));
                return await SayAsync(word, "250 2.1.5 recipient ok", cancellationToken);
            case "DATA":
                return await TakeAsync(cancellationToken);
            case "RSET" or "NOOP":
                return await SayAsync(word, "250 2.0.0 ok", cancellationToken);
            case "QUIT":
                await SayAsync(word, "221 2.0.0 bye", cancellationToken);
                return false;
            default:
                return await SayAsync(word, "502 5.5.1 not known", cancellationToken);
        }
    }

    private string Hello()
    {
        List<string> lines = ["stand-in", .. server.Extensions];
        if (server.Security == StandInMailSecurity.StartTls && !_isSecret)
        {
            lines.Add("STARTTLS");
        }
        else if (server.Logins.Count > 0)
        {
            lines.Add($"AUTH {string.Join(' ', server.Logins)}");
        }

        return string.Join("\r\n", lines.Select((line, place) => $"250{(place < lines.Count - 1 ? '-' : ' ')}{line}"));
    }

    private async Task<bool> LogInAsync(string line, CancellationToken cancellationToken)
    {
        var words = line.Split(' ');
        string told;
        if (words[1].Equals("PLAIN", StringComparison.OrdinalIgnoreCase))
        {
            told = Decoded(words.Length > 2 ? words[2] : await AskAsync("", cancellationToken));
        }
        else
        {
            // LOGIN asks for both in base64: "Username:", "Password:".
            var user = Decoded(words.Length > 2 ? words[2] : await AskAsync("VXNlcm5hbWU6", cancellationToken));
            told = $"\0{user}\0{Decoded(await AskAsync("UGFzc3dvcmQ6", cancellationToken))}";
        }

        _hasLoggedIn = told == $"\0{StandInMail.User}\0{StandInMail.Password}";
        return await SayAsync("AUTH", _hasLoggedIn ? "235 2.7.0 welcome" : $"535 5.7.8 {told.Replace('\0', ' ')} is wrong", cancellationToken);
    }

    private async Task<bool> TakeAsync(CancellationToken cancellationToken)
    {
        if (_sender is null || _recipients.Count == 0)
        {
            return await SayAsync("DATA", "503 5.5.1 not yet", cancellationToken);
        }

        if (server.FaultAt("DATA") is { } fault)
        {
            return await HappenAsync(fault, cancellationToken);
        }

        await WriteAsync("354 go on", cancellationToken);
        var bytes = new MemoryStream();
        while (await LineBytesAsync(cancellationToken) is { } line)
        {
            if (line is [(byte)'.', (byte)'\r', (byte)'\n'])
            {
                return await EndAsync(bytes.ToArray(), cancellationToken);
            }

            bytes.Write(line is [(byte)'.', ..] ? line.AsSpan(1) : line);
        }

        return false;
    }

    private async Task<bool> EndAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        var message = new StandInMessage(_sender!, [.. _recipients], bytes);
        var fault = server.FaultAt(StandInFault.AtEndOfData);
        if (fault is null or { TakesMail: true })
        {
            server.Took(message);
        }

        if (fault is not null)
        {
            return await HappenAsync(fault, cancellationToken);
        }

        await WriteAsync("250 2.0.0 queued", cancellationToken);
        return true;
    }

    private async Task<bool> SayAsync(string at, string answer, CancellationToken cancellationToken)
    {
        if (server.FaultAt(at) is { } fault)
        {
            return await HappenAsync(fault, cancellationToken);
        }

        await WriteAsync(answer, cancellationToken);
        return true;
    }

    private async Task<bool> HappenAsync(StandInFault fault, CancellationToken cancellationToken)
    {
        if (fault.Answer is { } answer)
        {
            await WriteAsync(answer, cancellationToken);
        }

        fault.Happens();
        if (fault is { Answer: null, HangsUp: false })
        {
            // Until the client has enough of it.
            while (await LineBytesAsync(cancellationToken) is not null)
            {
            }
        }

        return fault is { Answer: not null, HangsUp: false };
    }

    private async Task SecureAsync(CancellationToken cancellationToken)
    {
        var tls = new SslStream(_wire);
        _wire = tls;
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server.Certificate }, cancellationToken);
        _isSecret = true;
    }

    private async Task<string> AskAsync(string question, CancellationToken cancellationToken)
    {
        await WriteAsync($"334 {question}", cancellationToken);
        return await LineAsync(cancellationToken) ?? "";
    }

    private async Task WriteAsync(string line, CancellationToken cancellationToken)
    {
        await _wire.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), cancellationToken);
        await _wire.FlushAsync(cancellationToken);
    }

    private async Task<string?> LineAsync(CancellationToken cancellationToken) =>
        await LineBytesAsync(cancellationToken) is { } line ? Encoding.UTF8.GetString(line).TrimEnd('\r', '\n') : null;

    // With its end. A line ends where RFC 5321 says so and nowhere else: CR LF.
    private async Task<byte[]?> LineBytesAsync(CancellationToken cancellationToken)
    {
        var line = new List<byte>();
        while (true)
        {
            if (_read == _filled)
            {
                (_read, _filled) = (0, await _wire.ReadAsync(_buffer, cancellationToken));
                if (_filled == 0)
                {
                    return null;
                }
            }

            line.Add(_buffer[_read++]);
            if (line is [.., (byte)'\r', (byte)'\n'])
            {
                return [.. line];
            }
        }
    }

    private static string Path(string line) => line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];

    private static string Decoded(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
}
