using System.Globalization;
using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;

namespace Cambist.App.Streaming;

/// <summary>What a live stream allows: section <c>Streams</c>.</summary>
public sealed record StreamOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "Streams";

    /// <summary>Most clients at a time.</summary>
    public int MostClients { get; init; } = 20_000;

    /// <summary>Most clients at a time of one address; of IPv6 the network of 64 bits counts as one, for a household has it whole. This very machine is not counted, as by <c>RateLimits:CountLoopback</c>.</summary>
    public int MostClientsPerAddress { get; init; } = 100;

    /// <summary>Most personal streams of one account at a time, wherever they come from.</summary>
    public int MostClientsPerAccount { get; init; } = 20;

    /// <summary>Most pairs that one client follows.</summary>
    public int MostSubscriptions { get; init; } = 100;

    /// <summary>Most different pairs that all clients follow together: each costs work with every change.</summary>
    public int MostTopics { get; init; } = 2_000;

    /// <summary>Most messages of a client in a second.</summary>
    public int MostMessagesPerSecond { get; init; } = 20;

    /// <summary>The longest message of a client, in bytes.</summary>
    public int LargestMessage { get; init; } = 4096;

    /// <summary>The longest time without a message to a client, in seconds.</summary>
    public int HeartbeatSeconds { get; init; } = 15;

    /// <summary>How often a client is pinged, and how long its answer may take, in seconds.</summary>
    public int PingSeconds { get; init; } = 20;

    /// <summary>How long a message may wait for a client that does not read, in seconds.</summary>
    public int SlowReaderSeconds { get; init; } = 10;

    /// <summary>How long a personal stream is open without a token, in seconds.</summary>
    public int AuthenticateSeconds { get; init; } = 10;

    /// <summary>Most personal messages that wait for a client; behind them the oldest is lost, which the client sees as a gap.</summary>
    public int MostPersonalWaiting { get; init; } = 64;

    /// <summary>Reads the section.</summary>
    /// <exception cref="WrongSettingException">A value is not allowed.</exception>
    public static StreamOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var usual = new StreamOptions();
        return new StreamOptions
        {
            MostClients = section.Whole(nameof(MostClients), usual.MostClients, 1, 1_000_000),
            MostClientsPerAddress = section.Whole(nameof(MostClientsPerAddress), usual.MostClientsPerAddress, 1, 1_000_000),
            MostClientsPerAccount = section.Whole(nameof(MostClientsPerAccount), usual.MostClientsPerAccount, 1, 1_000_000),
            MostSubscriptions = section.Whole(nameof(MostSubscriptions), usual.MostSubscriptions, 1, 1_000),
            MostTopics = section.Whole(nameof(MostTopics), usual.MostTopics, 1, 40_000),
            MostMessagesPerSecond = section.Whole(nameof(MostMessagesPerSecond), usual.MostMessagesPerSecond, 1, 1_000),
            LargestMessage = section.Whole(nameof(LargestMessage), usual.LargestMessage, 256, 65_536),
            HeartbeatSeconds = section.Whole(nameof(HeartbeatSeconds), usual.HeartbeatSeconds, 1, 3_600),
            PingSeconds = section.Whole(nameof(PingSeconds), usual.PingSeconds, 1, 3_600),
            SlowReaderSeconds = section.Whole(nameof(SlowReaderSeconds), usual.SlowReaderSeconds, 1, 3_600),
            AuthenticateSeconds = section.Whole(nameof(AuthenticateSeconds), usual.AuthenticateSeconds, 1, 3_600),
            MostPersonalWaiting = section.Whole(nameof(MostPersonalWaiting), usual.MostPersonalWaiting, 1, 10_000),
        };
    }
}
