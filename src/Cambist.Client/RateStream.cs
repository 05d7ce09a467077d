namespace Cambist.Client;

/// <summary>An event of <c>GET /api/v1/rates/stream</c>: exactly one of the two is set, or none for a sign of life.</summary>
/// <param name="Snapshot">All rates that were asked for and are known: the first event.</param>
/// <param name="Rate">A rate that changed.</param>
public sealed record RateEvent(LatestRates? Snapshot, LatestRate? Rate);
