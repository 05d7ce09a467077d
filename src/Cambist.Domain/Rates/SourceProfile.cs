namespace Cambist.Domain.Rates;

/// <summary>What the figures of a source are.</summary>
public enum RateKind
{
    /// <summary>A market's price of this moment, or an indication of it: it follows the market within minutes or hours.</summary>
    Live,

    /// <summary>A value fixed once a day, such as a central bank's reference rate. It serves where no live rate is to be had, and as a referee of live ones.</summary>
    Reference,
}

/// <summary>What is known of a source before it has said anything.</summary>
public sealed record SourceProfile
{
    /// <summary>Stable id, also the key of its configuration: <c>Rates:Sources:&lt;id&gt;</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What its figures are.</summary>
    public required RateKind Kind { get; init; }

    /// <summary>How often its figures change: asking more often brings nothing new.</summary>
    public required TimeSpan Cadence { get; init; }

    /// <summary>How much open market time a figure may age before it is stale: a few missed publications.</summary>
    public required TimeSpan FreshFor { get; init; }

    /// <summary>Where the service is; null where the operator must say.</summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>Who makes the figures. Sources of one origin are one voice: two that republish the same central bank confirm nothing.</summary>
    public string Origin { get => field ?? Id; init; }

    /// <summary>False where the service does not document this use: then it is off unless the operator turns it on, and it is labelled so.</summary>
    public bool IsOfficial { get; init; } = true;

    /// <summary>True where nothing is to be had without the operator's key.</summary>
    public bool NeedsKey { get; init; }

    /// <summary>What the service gives a day to the plan that most people have, in its own unit (requests, credits or rates); null where it names no daily limit.</summary>
    public int? QuotaPerDay { get; init; }

    /// <summary>How many pairs one request can carry.</summary>
    public int PairsPerRequest { get; init; } = int.MaxValue;

    /// <summary>The shortest time between two requests.</summary>
    public TimeSpan Gap { get; init; }
}
