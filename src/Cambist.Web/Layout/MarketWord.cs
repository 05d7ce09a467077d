namespace Cambist.Web.Layout;

/// <summary>The word that every page and title carries while the market is not the real one of today.</summary>
internal static class MarketWord
{
    public static string? Of(string market) => market switch
    {
        "live" => null,
        "simulated" => "SIMULATED",
        "replay" => "REPLAY",
        _ => throw new ArgumentOutOfRangeException(nameof(market), market, "A market is live, simulated or replay."),
    };
}
