using System.Text.Json.Serialization;

namespace Cambist.Client;

/// <summary>The answer of <c>GET /api/v1/forecasts/{base}/{quote}</c>.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="AsOf">Horizons count from here; nothing later was known.</param>
/// <param name="Spot">The rate at <paramref name="AsOf"/>.</param>
/// <param name="Model">The model.</param>
/// <param name="Horizons">1 to 24 hours ahead.</param>
/// <param name="Simulated">True where the market is simulated.</param>
public sealed record ForecastResponse(
    string Pair,
    DateTimeOffset AsOf,
    decimal Spot,
    ModelFacts Model,
    IReadOnlyList<ForecastHorizon> Horizons,
    bool Simulated);

/// <summary>The answer of <c>GET /api/v1/targets/probability</c>: the chance that a rate reaches a target at any moment until an instant.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Target">The target.</param>
/// <param name="By">Until when.</param>
/// <param name="Side"><c>at_or_above</c> or <c>at_or_below</c>: from where on the target is reached.</param>
/// <param name="Spot">The rate at <paramref name="AsOf"/>.</param>
/// <param name="Probability">The chance, 0 to 1; 1 where the rate is there already.</param>
/// <param name="HorizonHours">Clock hours from <paramref name="AsOf"/> to <paramref name="By"/>.</param>
/// <param name="MarketHours">Of those the hours in which the market is open.</param>
/// <param name="Model">The model.</param>
/// <param name="AsOf">The instant of the answer; nothing later was known.</param>
/// <param name="Simulated">True where the market is simulated.</param>
public sealed record TargetProbability(
    string Pair,
    decimal Target,
    DateTimeOffset By,
    string Side,
    decimal Spot,
    double Probability,
    double HorizonHours,
    double MarketHours,
    ModelFacts Model,
    DateTimeOffset AsOf,
    bool Simulated);

/// <summary>The predictive distribution at one horizon, in price units.</summary>
/// <param name="HorizonHours">Clock hours after the forecast's instant.</param>
/// <param name="Mean">Expected rate.</param>
/// <param name="Std">Standard deviation of the rate.</param>
/// <param name="Quantiles">Rate by probability: <c>q025, q05, q10, q25, q50, q75, q90, q95, q975</c>.</param>
public sealed record ForecastHorizon(int HorizonHours, double Mean, double Std, ForecastQuantiles Quantiles);

/// <summary>Quantiles of a predictive distribution, in price units.</summary>
/// <param name="Q025">2.5 %.</param>
/// <param name="Q05">5 %.</param>
/// <param name="Q10">10 %.</param>
/// <param name="Q25">25 %.</param>
/// <param name="Q50">50 %.</param>
/// <param name="Q75">75 %.</param>
/// <param name="Q90">90 %.</param>
/// <param name="Q95">95 %.</param>
/// <param name="Q975">97.5 %.</param>
public sealed record ForecastQuantiles(
    [property: JsonPropertyName("q025")] double Q025,
    [property: JsonPropertyName("q05")] double Q05,
    [property: JsonPropertyName("q10")] double Q10,
    [property: JsonPropertyName("q25")] double Q25,
    [property: JsonPropertyName("q50")] double Q50,
    [property: JsonPropertyName("q75")] double Q75,
    [property: JsonPropertyName("q90")] double Q90,
    [property: JsonPropertyName("q95")] double Q95,
    [property: JsonPropertyName("q975")] double Q975);
