namespace Cambist.App.Forecasting;

/// <summary>The instants of a walk through the past.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last that may be.</param>
/// <param name="Every">The step between them.</param>
public sealed record WalkForward(DateTimeOffset From, DateTimeOffset To, TimeSpan Every);
