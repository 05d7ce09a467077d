using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;

namespace Cambist.App.Accounts;

/// <summary>The section <c>Auth</c>.</summary>
public sealed record AuthOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Auth";

    // About 120 ms on a core of 2024; OWASP asks for 210,000 of PBKDF2 with HMAC-SHA-512 at least (Password Storage Cheat Sheet, 2023).
    private const int Iterations = 300_000;

    /// <summary>Whether strangers may register; else an admin makes accounts (<c>cambist users add</c>).</summary>
    public bool Registration { get; init; } = true;

    /// <summary>Who issues access tokens, and whom they are for: the claims <c>iss</c> and <c>aud</c>.</summary>
    public string Issuer { get; init; } = "cambist";

    /// <summary>How long an access token is good for.</summary>
    public TimeSpan AccessTokenLife { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A session ends when it was not used for so long.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromHours(24);

    /// <summary>A session ends so long after the log-in, however much it is used.</summary>
    public TimeSpan SessionLife { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How recent a log-in must be for changes of who gets in.</summary>
    public TimeSpan RecentLogin { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Wrong passwords or codes in a row before the account is locked.</summary>
    public int MostFailures { get; init; } = 5;

    /// <summary>For how long it is then.</summary>
    public TimeSpan LockedFor { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The fewest letters of a password.</summary>
    public int ShortestPassword { get; init; } = 8;

    /// <summary>The service that is asked whether a password was breached: its address without the five digits. Null: none is.</summary>
    public Uri? BreachedPasswords { get; init; }

    /// <summary>Rounds of PBKDF2 with HMAC-SHA-512.</summary>
    public int PasswordIterations { get; init; } = Iterations;

    /// <summary>How many passwords are hashed at a time.</summary>
    public int ParallelHashes { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>How many log-ins wait for that at most; beyond, they are told to come again.</summary>
    public int WaitingHashes { get; init; } = 64;

    /// <summary>Where people reach the service: links in mails begin with it. Null: unknown, and no mail is sent.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Whether an e-mail must be confirmed before its account can be entered; null: where mail is sent.</summary>
    public bool? ConfirmedEmail { get; init; }

    /// <summary>Names of its keys.</summary>
    public static IReadOnlyList<string> Keys { get; } =
    [
        nameof(Registration), nameof(Issuer), "AccessTokenMinutes", "SessionIdleHours", "SessionDays", "RecentLoginMinutes", nameof(MostFailures), "LockedMinutes", nameof(ShortestPassword),
        nameof(BreachedPasswords), nameof(PasswordIterations), nameof(ParallelHashes), nameof(WaitingHashes), nameof(PublicUrl), nameof(ConfirmedEmail),
    ];

    /// <summary>Reads the section.</summary>
    /// <exception cref="WrongSettingException">A value is not allowed.</exception>
    public static AuthOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var otherwise = new AuthOptions();
        return otherwise with
        {
            Registration = section.Switch("Registration") ?? otherwise.Registration,
            Issuer = section["Issuer"] is { Length: > 0 } issuer ? issuer : otherwise.Issuer,
            AccessTokenLife = TimeSpan.FromMinutes(section.Whole("AccessTokenMinutes", (int)otherwise.AccessTokenLife.TotalMinutes, 1, 60)),
            SessionIdle = TimeSpan.FromHours(section.Whole("SessionIdleHours", (int)otherwise.SessionIdle.TotalHours, 1, 24)),
            SessionLife = TimeSpan.FromDays(section.Whole("SessionDays", (int)otherwise.SessionLife.TotalDays, 1, 365)),
            RecentLogin = TimeSpan.FromMinutes(section.Whole("RecentLoginMinutes", (int)otherwise.RecentLogin.TotalMinutes, 1, 24 * 60)),
            MostFailures = section.Whole("MostFailures", otherwise.MostFailures, 1, 100),
            LockedFor = TimeSpan.FromMinutes(section.Whole("LockedMinutes", (int)otherwise.LockedFor.TotalMinutes, 1, 24 * 60)),
            ShortestPassword = section.Whole("ShortestPassword", otherwise.ShortestPassword, 8, 64),
            BreachedPasswords = Url(section, "BreachedPasswords", "https://api.pwnedpasswords.com/range/"),
            PasswordIterations = section.Whole("PasswordIterations", Iterations, 10_000, 10_000_000),
            ParallelHashes = section.Whole("ParallelHashes", otherwise.ParallelHashes, 1, 64),
            WaitingHashes = section.Whole("WaitingHashes", otherwise.WaitingHashes, 1, 10_000),
            PublicUrl = Url(section, "PublicUrl", "https://cambist.example.org"),
            ConfirmedEmail = section.Switch("ConfirmedEmail"),
        };
    }

    private static Uri? Url(IConfigurationSection section, string key, string example)
    {
        if (section[key] is not { Length: > 0 } told)
        {
            return null;
        }

        var isUrl = Uri.TryCreate(told, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && url.Query.Length == 0 && url.Fragment.Length == 0 && url.UserInfo.Length == 0;
        section.Require(isUrl, key, $"an address such as {example}", $"'{told}'");
        return new Uri(url!.AbsoluteUri.TrimEnd('/') + "/");
    }
}
