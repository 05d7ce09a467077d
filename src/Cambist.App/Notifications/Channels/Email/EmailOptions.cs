using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cambist.App.Privacy;
using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;
using MimeKit;

namespace Cambist.App.Notifications.Channels.Email;

/// <summary>How a connection to the mail server is made secret.</summary>
public enum EmailSecurity
{
    /// <summary>It begins in the clear and must change to TLS before anything is said (RFC 3207): port 587.</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314): port 465.</summary>
    Tls,

    /// <summary>Not at all: port 25, to this machine, or where it is allowed by a key of its own.</summary>
    None,
}

/// <summary>The mail server that takes what Cambist sends: section <c>Notifications:Channels:email</c>. Without a host no mail is sent.</summary>
public sealed class EmailOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "Notifications:Channels:email";

    /// <summary>The key that turns it on.</summary>
    public const string HostKey = Section + ":Host";

    private const string FromExpected = "an address such as alerts@example.org or 'Cambist <alerts@example.org>', with ASCII letters before the '@'";

    private EmailOptions()
    {
    }

    /// <summary>The keys of the section.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        ["Host", "Port", "Security", "AllowInsecure", "AuthorityFile", "User", "Password", "PasswordFile", "From", "TimeoutSeconds", "Attempts", "QueueSize"];

    /// <summary>Whether mail is sent at all.</summary>
    public bool IsOn => Host.Length > 0;

    /// <summary>The server's name or address; empty: mail is off.</summary>
    public string Host { get; private init; } = "";

    /// <summary>Its port.</summary>
    public int Port { get; private init; }

    /// <summary>How the connection is made secret.</summary>
    public EmailSecurity Security { get; private init; }

    /// <summary>Who logs in; null: nobody does.</summary>
    public string? User { get; private init; }

    /// <summary>How long connecting, logging in, and sending one mail may each take.</summary>
    public TimeSpan Timeout { get; private init; }

    /// <summary>How often one mail is tried.</summary>
    public int Attempts { get; private init; }

    /// <summary>How many mails may wait.</summary>
    public int QueueSize { get; private init; }

    /// <summary>Where it is, without anything that may be a secret.</summary>
    public string Place => IsOn ? $"{Host}:{Port} ({Security switch { EmailSecurity.StartTls => "STARTTLS", EmailSecurity.Tls => "TLS", _ => "not encrypted" }})" : "nowhere";

    internal MailboxAddress? From { get; private init; }

    /// <summary>The authorities that are trusted in place of the system's; null: the system's.</summary>
    internal X509Certificate2Collection? Authorities { get; private init; }

    private string? Password { get; init; }

    private string? PasswordFile { get; init; }

    /// <summary>Reads the section.</summary>
    /// <exception cref="WrongSettingException">A value is not allowed; the message holds no secret.</exception>
    public static EmailOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (Given(section["Host"])?.Trim() is not { } host)
        {
            return new EmailOptions();
        }

        Require(section, Uri.CheckHostName(host) != UriHostNameType.Unknown, "Host", "the name or address of a mail server such as mail.example.org, without a port");
        var security = Given(section["Security"])?.ToLowerInvariant() switch
        {
            null or "starttls" => EmailSecurity.StartTls,
            "tls" => EmailSecurity.Tls,
            "none" => EmailSecurity.None,
            _ => throw new WrongSettingException($"{Section}:Security", $"starttls, tls or none expected, found '{section["Security"]}'"),
        };
        var (user, password, passwordFile) = (Given(section["User"]), Given(section["Password"]), Given(section["PasswordFile"]));
        Require(section, user?.Any(char.IsControl) != true, "User", "a name without control characters");
        Require(section, password?.Any(char.IsControl) != true, "Password", "a password without control characters");
        Require(section, user is null == (password is null && passwordFile is null), "User", $"a user together with {Section}:Password or {Section}:PasswordFile");
        Require(section, password is null || passwordFile is null, "Password", $"a password, or in {Section}:PasswordFile the file that holds it, and not both");
        var isLocal = host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
        Require(
            section, security != EmailSecurity.None || isLocal || (section.Switch("AllowInsecure") == true && user is null), "Security",
            $"starttls or tls for another machine (none is for this one, or for one that is reached without a user and with {Section}:AllowInsecure true)");
        return new EmailOptions
        {
            Host = host,
            Port = section.Whole("Port", security switch { EmailSecurity.StartTls => 587, EmailSecurity.Tls => 465, _ => 25 }, 1, 65535),
            Security = security,
            User = user,
            Password = password,
            PasswordFile = passwordFile is null ? null : Path.GetFullPath(passwordFile),
            From = Sender(section),
            Authorities = Given(section["AuthorityFile"]) is { } file ? AuthoritiesIn(file) : null,
            Timeout = TimeSpan.FromSeconds(section.Whole("TimeoutSeconds", 30, 1, 300)),
            Attempts = section.Whole("Attempts", 10, 1, 20),
            QueueSize = section.Whole("QueueSize", 1000, 1, 100_000),
        };
    }

    /// <summary>Without the user and the password.</summary>
    public override string ToString() => Place;

    /// <summary>The password of now: whoever changes it writes the new one to the file.</summary>
    /// <exception cref="EmailFaultException">The file cannot be read, or holds none.</exception>
    internal string CurrentPassword()
    {
        if (PasswordFile is null)
        {
            return Password ?? "";
        }

        try
        {
            // A file that holds a password often ends with a line break, which is not a part of it.
            var password = File.ReadAllText(PasswordFile).TrimEnd('\r', '\n');
            return password.Length > 0 && !password.Any(char.IsControl) ? password : throw new EmailFaultException(EmailFault.LoginRefused, $"{PasswordFile} holds no password: one line was expected.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new EmailFaultException(EmailFault.LoginRefused, $"The password's file {PasswordFile} cannot be read ({fault.GetType().Name}).");
        }
    }

    // Each mail carries it, so a server without SMTPUTF8 must be able to.
    private static MailboxAddress Sender(IConfigurationSection section)
    {
        var told = Given(section["From"])?.Trim() ?? "";
        var isMailbox = !told.Any(char.IsControl) && MailboxAddress.TryParse(told, out var mailbox) && EmailAddress.TryRead(mailbox.Address, out _, out _);
        var from = isMailbox ? MailboxAddress.Parse(told) : null;
        Require(section, from?.LocalPart.All(char.IsAscii) == true, "From", FromExpected);
        return EmailLetter.Mailbox(from!.Address, from.Name);
    }

    private static X509Certificate2Collection AuthoritiesIn(string file)
    {
        try
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(file);
            return found.Count > 0 ? found : throw new CryptographicException();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new WrongSettingException($"{Section}:AuthorityFile", $"a file with certificates of authorities in PEM expected, found {(fault is CryptographicException ? "none in it" : "a file that cannot be read")}");
        }
    }

    private static void Require(IConfigurationSection section, bool isAllowed, string key, string expected)
    {
        if (!isAllowed)
        {
            throw new WrongSettingException($"{section.Path}:{key}", $"{expected} expected, found {(string.IsNullOrWhiteSpace(section[key]) ? "nothing" : "something else")}");
        }
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
