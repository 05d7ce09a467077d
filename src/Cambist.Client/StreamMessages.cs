using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cambist.Client;

/// <summary>Whose personal stream is read, and how one gets a token for it.</summary>
/// <param name="Id">The account's id.</param>
/// <param name="Token">Gets an access token that is good now; asked for each connection, and again before a token ends.</param>
public sealed record StreamAccount(string Id, Func<CancellationToken, ValueTask<string>> Token);

/// <summary>How a client of <c>/ws/{user_id}</c> shows a token.</summary>
/// <param name="Type">Always <c>authenticate</c>.</param>
/// <param name="Token">The access token.</param>
public sealed record StreamAuthentication(string Type, string Token);

/// <summary>What a client says to <c>/ws/rates</c>.</summary>
/// <param name="Type"><c>subscribe</c>, <c>unsubscribe</c> or <c>ping</c>.</param>
/// <param name="Pairs">Pairs such as <c>EUR/USD</c>.</param>
public sealed record StreamWish(string Type, IReadOnlyList<string> Pairs);

/// <summary>What the service says where something is wrong.</summary>
/// <param name="Type">Always <c>error</c>.</param>
/// <param name="Code">The stable code.</param>
/// <param name="Message">What was expected and what was found, for people.</param>
public sealed record StreamError(string Type, string Code, string Message);

/// <summary>A rate of a snapshot.</summary>
/// <param name="CurrencyPair">The pair.</param>
/// <param name="Rate">The mid-market rate, quote currency per unit of base currency.</param>
/// <param name="Timestamp">When it was true in the market, UTC.</param>
/// <param name="Stale">Whether it is too old for advice.</param>
public sealed record StreamedRate(string CurrencyPair, decimal Rate, DateTimeOffset Timestamp, bool Stale = false);

/// <summary>Any message of the service; what a type does not have is null.</summary>
public sealed record StreamMessage
{
    /// <summary>
    /// <c>snapshot</c>, <c>rate_update</c>, <c>rate_stale</c>, <c>heartbeat</c>, <c>pong</c>, <c>unsubscribed</c> or <c>error</c>; of a personal stream <c>authenticated</c>,
    /// <c>recommendation_change</c>, <c>goal_progress</c> and <c>alert</c> too.
    /// </summary>
    public required string Type { get; init; }

    /// <summary>Of a snapshot and an update its own number, one more than that of the one before; of a heartbeat the last one.</summary>
    public long? Sequence { get; init; }

    /// <summary>Of a snapshot: the rates that are known of the pairs that were subscribed to.</summary>
    public IReadOnlyList<StreamedRate>? Rates { get; init; }

    /// <summary>Of an update: the pair.</summary>
    public string? CurrencyPair { get; init; }

    /// <summary>Of an update: the mid-market rate.</summary>
    public decimal? Rate { get; init; }

    /// <summary>Of an update: when it was true in the market; of a heartbeat: now.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Of <c>unsubscribed</c>: the pairs.</summary>
    public IReadOnlyList<string>? Pairs { get; init; }

    /// <summary>Of <c>rate_stale</c>: true.</summary>
    public bool? Stale { get; init; }

    /// <summary>Of a personal message: what it tells, a JSON object.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>Of <c>authenticated</c>: the account.</summary>
    public string? UserId { get; init; }

    /// <summary>Of <c>authenticated</c>: when the token ends; null where the session of a page is meant.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether something was lost before it. Rates are right again with the next snapshot; personal messages do not come again, so what they are about is to be asked for.</summary>
    [JsonIgnore]
    public bool IsAfterGap { get; init; }

    /// <summary>Of an error: its stable code.</summary>
    public string? Code { get; init; }

    /// <summary>Of an error: what was expected and what was found.</summary>
    public string? Message { get; init; }
}
