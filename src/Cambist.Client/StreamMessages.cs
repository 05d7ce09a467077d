namespace Cambist.Client;

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
public sealed record StreamedRate(string CurrencyPair, decimal Rate, DateTimeOffset Timestamp);

/// <summary>Any message of the service; what a type does not have is null.</summary>
public sealed record StreamMessage
{
    /// <summary><c>snapshot</c>, <c>rate_update</c>, <c>heartbeat</c>, <c>pong</c>, <c>unsubscribed</c> or <c>error</c>.</summary>
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

    /// <summary>Of an error: its stable code.</summary>
    public string? Code { get; init; }

    /// <summary>Of an error: what was expected and what was found.</summary>
    public string? Message { get; init; }
}
