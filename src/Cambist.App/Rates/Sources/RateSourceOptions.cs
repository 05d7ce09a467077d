namespace Cambist.App.Rates.Sources;

/// <summary>Configuration of one source: <c>Rates:Sources:&lt;id&gt;</c>.</summary>
public sealed class RateSourceOptions
{
    /// <summary>Whether the source is asked. Not set: where its use is documented and, if it needs a key, one is given.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Where it is: the address up to the path that the source adds. Not set: the service's own.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>The operator's key. It appears in no log, message or answer.</summary>
    public string? ApiKey { get; set; }

    /// <summary>How much of the service may be used a day (UTC), in the service's own unit. Not set: the service's usual limit.</summary>
    public int? QuotaPerDay { get; set; }
}
