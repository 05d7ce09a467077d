namespace Cambist.App.Rates;

/// <summary>What kind of market a service shows.</summary>
public enum MarketMode
{
    /// <summary>The real market, now.</summary>
    Live,

    /// <summary>A simulated market for trying Cambist out.</summary>
    Simulated,

    /// <summary>Recorded history as if live.</summary>
    Replay,
}

/// <summary>What kind of market the rates come from. Every answer and page says so; data of one mode never enters another's store.</summary>
/// <param name="Mode">The kind.</param>
public sealed record MarketFacts(MarketMode Mode)
{
    /// <summary>Whether the rates are made up: then no figure is shown without the word.</summary>
    public bool IsSimulated => Mode == MarketMode.Simulated;

    /// <summary>The kind in a word: <c>live</c>, <c>simulated</c> or <c>replay</c>.</summary>
    public string Word => Mode switch
    {
        MarketMode.Simulated => "simulated",
        MarketMode.Replay => "replay",
        _ => "live",
    };
}
