using Cambist.Domain.Currencies;

namespace Cambist.Domain.Forecasting;

/// <summary>A predictive distribution of a pair's rate over time: what was expected at <see cref="AsOf"/>, from nothing later.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="AsOf">The instant of the forecast; horizons count from here.</param>
/// <param name="Spot">The rate at that instant, quote currency per unit of base currency.</param>
/// <param name="Model">Id of the model: <c>baseline</c>.</param>
/// <param name="FittedUntil">End of the history that the model's parameters were fitted on.</param>
/// <param name="At">The distribution at a later instant. Up to 24 h ahead it was fitted; further ahead the same volatility is extended.</param>
public sealed record Forecast(
    CurrencyPair Pair, DateTimeOffset AsOf, double Spot, string Model, DateTimeOffset FittedUntil, Func<DateTimeOffset, RateDistribution> At)
{
    /// <summary>The longest horizon that the model was fitted for, in clock hours.</summary>
    public const int LongestFittedHorizon = 24;

    /// <summary>The distribution a number of clock hours ahead.</summary>
    public RateDistribution AfterHours(double hours) => At(AsOf.AddHours(hours));
}
