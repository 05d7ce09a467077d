using System.Text.Json.Serialization;

namespace Cambist.Client;

/// <summary>The answer of <c>GET /api/v1/rates/sources</c>: where rates come from, and how each of them fares.</summary>
/// <param name="Mode"><c>live</c>, <c>simulated</c> or <c>replay</c>; in the latter two nobody is asked and both lists are empty.</param>
/// <param name="Market"><c>open</c> or <c>closed</c> (weekend of the FX week).</param>
/// <param name="MarketOpensAt">When the market opens; null while it is open.</param>
/// <param name="Sources">Every source that the program knows, by id.</param>
/// <param name="Feeds">Every live feed that the program knows, by id.</param>
/// <param name="AsOf">The instant of the answer.</param>
public sealed record RateSources(
    string Mode, string Market, DateTimeOffset? MarketOpensAt, IReadOnlyList<RateSource> Sources, IReadOnlyList<RateFeed> Feeds, DateTimeOffset AsOf);

/// <summary>A service that publishes rates when it is asked.</summary>
public sealed record RateSource
{
    /// <summary>Stable id: <c>kraken</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary><c>live</c> (a market's price of this moment) or <c>reference</c> (a value fixed once a day).</summary>
    public required string Kind { get; init; }

    /// <summary>False where the service does not document this use.</summary>
    public required bool Official { get; init; }

    /// <summary>Whether it is asked.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Why it is not asked, with the key that would turn it on; null where it is asked.</summary>
    public required string? WhyOff { get; init; }

    /// <summary>
    /// <c>ok</c> (the last look went well), <c>failing</c> (it did not), <c>resting</c> (left alone until <see cref="NotBefore"/>, or with its quota spent), <c>closed</c> (there
    /// is nothing to ask for while the market is closed), <c>waiting</c> (not asked yet) or <c>off</c>.
    /// </summary>
    public required string Status { get; init; }

    /// <summary>How often its figures change, in seconds.</summary>
    public required double CadenceSeconds { get; init; }

    /// <summary>When it last answered well since the start; null where it did not.</summary>
    public required DateTimeOffset? LastSuccessAt { get; init; }

    /// <summary>When its newest accepted rate was true in the market; null where none was accepted since the start.</summary>
    public required DateTimeOffset? LastPublishedAt { get; init; }

    /// <summary>What went wrong at the last look; null where it went well.</summary>
    public required string? LastFault { get; init; }

    /// <summary>It is left alone until then; null where it is asked as usual.</summary>
    public required DateTimeOffset? NotBefore { get; init; }

    /// <summary>How much of it may be used in a day of UTC, in the service's own unit; null where nothing limits it, and then the next three are null too.</summary>
    public required int? QuotaPerDay { get; init; }

    /// <summary>What was used of it today, by all processes that share the store.</summary>
    public required int? QuotaSpent { get; init; }

    /// <summary>What is left today.</summary>
    public required int? QuotaLeft { get; init; }

    /// <summary>When the day's quota begins anew.</summary>
    public required DateTimeOffset? QuotaResetsAt { get; init; }

    /// <summary>What became of its rates since the program started.</summary>
    public required RateVerdicts SinceStart { get; init; }

    /// <summary>What became of its rates in the last 24 hours, by verdict and code, restarts included.</summary>
    [JsonPropertyName("last_24_hours")]
    public required IReadOnlyList<RateVerdictCount> LastDay { get; init; }
}

/// <summary>What became of rates.</summary>
/// <param name="Accepted">They count.</param>
/// <param name="Quarantined">They may be true and nobody confirmed them.</param>
/// <param name="Rejected">They cannot be true, or cannot be read.</param>
public sealed record RateVerdicts(long Accepted, long Quarantined, long Rejected);

/// <summary>How many rates met a verdict.</summary>
/// <param name="Verdict"><c>accepted</c>, <c>quarantined</c> or <c>rejected</c>.</param>
/// <param name="Code">The check that they failed: <c>crossed</c>, <c>stale</c>; null where they were accepted.</param>
/// <param name="Count">How many.</param>
public sealed record RateVerdictCount(string Verdict, string? Code, long Count);

/// <summary>A service that streams rates over one connection. It speaks with the voice of the source of the same id, where its verdicts are counted too.</summary>
public sealed record RateFeed
{
    /// <summary>Stable id: <c>kraken</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is listened to.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Why it is not listened to, with the key that would turn it on; null where it is.</summary>
    public required string? WhyOff { get; init; }

    /// <summary>
    /// <c>ok</c> (connected), <c>failing</c> (not connected), <c>resting</c> (connected, and it announces that it does not trade), <c>closed</c> (silent because the market is
    /// closed), <c>waiting</c> (nothing was heard yet) or <c>off</c>.
    /// </summary>
    public required string Status { get; init; }

    /// <summary>Since when it is connected, or is not; null where nobody listens.</summary>
    public required DateTimeOffset? Since { get; init; }

    /// <summary>When it last gave a sign of life.</summary>
    public required DateTimeOffset? LastEventAt { get; init; }

    /// <summary>When it last told a rate.</summary>
    public required DateTimeOffset? LastRateAt { get; init; }

    /// <summary>Why the last connection was lost or could not be made; null where none was.</summary>
    public required string? LastFault { get; init; }

    /// <summary>What it announces while it does not trade; null while it does.</summary>
    public required string? Maintenance { get; init; }

    /// <summary>Connections after the first.</summary>
    public required int Reconnects { get; init; }

    /// <summary>Times in which rates were missed.</summary>
    public required int Gaps { get; init; }

    /// <summary>Messages that could not be read.</summary>
    public required long Unreadable { get; init; }

    /// <summary>The pairs that it will not stream, with the reason of each.</summary>
    public required IReadOnlyList<string> RefusedPairs { get; init; }
}
