namespace Cambist.App.Rates.Sources;

/// <summary>Configuration of one source: <c>Rates:Sources:&lt;id&gt;</c>.</summary>
public sealed class RateSourceOptions
{
    /// <summary>Whether the source is asked.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Where it is: the address up to the path that the source adds. Null: the service's own.</summary>
    public Uri? BaseUrl { get; set; }
}
