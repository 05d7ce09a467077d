using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;

namespace Cambist.App.Edge.Limits;

/// <summary>How many requests a minute are answered: section <c>RateLimits</c>. 0 is no limit.</summary>
/// <param name="PerUser">Of one user.</param>
/// <param name="Anonymous">Of one address whose user is not known.</param>
/// <param name="Auth">Of one address, on the routes that check passwords and tokens.</param>
/// <param name="CountLoopback">Whether anonymous clients of this very machine are counted too.</param>
/// <param name="MostClients">How many clients of each rule are remembered at most.</param>
public sealed record RateLimitsOptions(int PerUser, int Anonymous, int Auth, bool CountLoopback, int MostClients)
{
    /// <summary>The section's path.</summary>
    public const string Section = "RateLimits";

    // A log of this many instants is 40 kB for one client.
    private const int MostRequests = 10_000;

    /// <summary>100 of a user, as the specification says; 60 and 10 of an address.</summary>
    public static RateLimitsOptions Default { get; } = new(PerUser: 100, Anonymous: 60, Auth: 10, CountLoopback: false, MostClients: 100_000);

    /// <summary>Reads the section.</summary>
    /// <exception cref="WrongSettingException">A value is not allowed.</exception>
    public static RateLimitsOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        return new RateLimitsOptions(
            section.Whole(nameof(PerUser), Default.PerUser, 0, MostRequests),
            section.Whole(nameof(Anonymous), Default.Anonymous, 0, MostRequests),
            section.Whole(nameof(Auth), Default.Auth, 0, MostRequests),
            section.Switch(nameof(CountLoopback)) ?? Default.CountLoopback,
            section.Whole(nameof(MostClients), Default.MostClients, 1_000, 10_000_000));
    }

    /// <summary>The rules, in a minute each.</summary>
    internal IReadOnlyList<LimitRule> Rules { get; } =
    [
        new(LimitKind.User, PerUser, TimeSpan.FromMinutes(1)),
        new(LimitKind.Anonymous, Anonymous, TimeSpan.FromMinutes(1)),
        new(LimitKind.Auth, Auth, TimeSpan.FromMinutes(1)),
    ];
}
