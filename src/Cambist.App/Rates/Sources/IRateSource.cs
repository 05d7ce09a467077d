using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Sources;

/// <summary>
/// A service that publishes rates. It only translates: it never asks again, rescues, inverts, checks or logs. Retries, quotas, circuit breaking and health
/// belong to the collector, plausibility to the checks.
/// </summary>
public interface IRateSource
{
    /// <summary>What is known of it.</summary>
    SourceProfile Profile { get; }

    /// <summary>The rates that it has now, in the pairs in which it tells them: all of its figures about the wanted currencies that one look brings.</summary>
    /// <param name="wanted">The pairs that are needed, the most needed first; never more than <see cref="SourceProfile.PairsPerRequest"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="SourceFaultException">It did not answer, or not with rates.</exception>
    Task<RateSheet> LatestAsync(IReadOnlyList<CurrencyPair> wanted, CancellationToken cancellationToken);
}
