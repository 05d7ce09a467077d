using Cambist.App.Rates.History;

namespace Cambist.App.Rates.Sources;

/// <summary>Configuration of one source: <c>Rates:Sources:&lt;id&gt;</c>.</summary>
public sealed class RateSourceOptions
{
    /// <summary>Whether the source is asked. Not set: where its use is documented and, if it needs a key, one is given.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Where it is: the address up to the path that the source adds. Not set: the service's own.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>Where else the same figures are, for a service that documents a second address; not set: nowhere.</summary>
    public Uri? FallbackUrl { get; set; }

    /// <summary>The operator's key. It appears in no log, message or answer.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The shortest time between two requests, for a plan that allows more than the usual one. Not set: the service's usual limit.</summary>
    public TimeSpan? Gap { get; set; }

    /// <summary>How much of the service may be used a day (UTC), in the service's own unit. Not set: the service's usual limit.</summary>
    public int? QuotaPerDay { get; set; }

    /// <summary>How fine a history is asked for, where the service has both and sells the finer one. Not set: what everybody gets.</summary>
    public HistoryUnit? HistoryUnit { get; set; }
}
