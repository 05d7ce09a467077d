namespace Cambist.Client;

/// <summary>The answer of <c>/healthz</c> and <c>/readyz</c>.</summary>
/// <param name="Status"><c>ok</c>, <c>ready</c> or <c>not_ready</c>.</param>
/// <param name="Checks">What was looked at.</param>
public sealed record HealthReport(string Status, IReadOnlyList<HealthCheck> Checks);

/// <summary>One thing that the service depends on.</summary>
/// <param name="Name">What it is: <c>storage</c>, <c>rates</c>, <c>source:kraken</c>, <c>feed:kraken</c>.</param>
/// <param name="Status"><c>ok</c> or <c>failed</c>.</param>
/// <param name="Detail">What was found.</param>
public sealed record HealthCheck(string Name, string Status, string Detail);
