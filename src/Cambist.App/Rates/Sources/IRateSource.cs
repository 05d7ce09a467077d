using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Sources;

/// <summary>A service that publishes rates. It only translates: asking again, health and quotas belong to whoever runs it.</summary>
public interface IRateSource
{
    /// <summary>Stable id, also the key of its configuration: <c>Rates:Sources:&lt;id&gt;</c>.</summary>
    string Id { get; }

    /// <summary>How often it is asked.</summary>
    TimeSpan Cadence { get; }

    /// <summary>The rates that it has now. Throws where the service cannot be reached or its answer cannot be read.</summary>
    Task<IReadOnlyList<RateObservation>> LatestAsync(CancellationToken cancellationToken);
}
