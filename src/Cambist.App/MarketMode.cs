namespace Cambist.App;

/// <summary>What kind of market a service shows. Every answer and page says so; data of one mode never enters another's store.</summary>
public enum MarketMode
{
    /// <summary>The real market, now.</summary>
    Live,

    /// <summary>A simulated market for trying Cambist out.</summary>
    Simulated,

    /// <summary>Recorded history as if live.</summary>
    Replay,
}
