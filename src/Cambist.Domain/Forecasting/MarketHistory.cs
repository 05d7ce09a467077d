using Cambist.Domain.Currencies;

namespace Cambist.Domain.Forecasting;

/// <summary>What a forecaster may read: the hours of the pair that it forecasts, and of other pairs where they are recorded.</summary>
/// <param name="Own">The pair's own bars.</param>
/// <param name="Other">The bars of any pair, stored, turned round or crossed; null where none are recorded.</param>
public sealed record MarketHistory(HourlySeries Own, Func<CurrencyPair, HourlySeries?> Other)
{
    /// <summary>A history in which no other pair is recorded.</summary>
    public static MarketHistory Of(HourlySeries own) => new(own, pair => pair == own.Pair ? own : null);

    /// <summary>What was known at an instant, of every pair. No copy is made.</summary>
    public MarketHistory Until(DateTimeOffset instant) => new(Own.Until(instant), pair => Other(pair)?.Until(instant));
}
