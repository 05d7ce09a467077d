using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.Demo;

/// <summary>
/// A currency of the simulated market: a round level for 2026 that its rate keeps coming back to, and what moves its value in US dollars. The
/// standard deviations are percent a day; a negative one moves against the others (francs and yen rise when risk is shunned).
/// </summary>
/// <param name="Pair">The currency against the dollar, in the direction in which the market quotes it.</param>
/// <param name="Level">The level of that rate.</param>
/// <param name="SpreadBps">Ask minus bid in basis points on a quiet day in an ordinary hour.</param>
/// <param name="Dollar">Standard deviation from news about the dollar.</param>
/// <param name="Europe">From news about Europe.</param>
/// <param name="Risk">From the appetite for risk.</param>
/// <param name="Asia">From news about Asia.</param>
/// <param name="Own">From news about this currency alone.</param>
internal sealed record SimulatedCurrency(
    CurrencyPair Pair, double Level, double SpreadBps, double Dollar, double Europe, double Risk, double Asia, double Own)
{
    /// <summary>The currency itself; the other side of the pair is the dollar.</summary>
    public Currency Currency => Pair.Base.Code == "USD" ? Pair.Quote : Pair.Base;

    /// <summary>The dollars that one unit is worth at the level.</summary>
    public double ValueInUsd => Pair.Base.Code == "USD" ? 1 / Level : Level;

    /// <summary>Whether the currency's own news falls into the hours of Asia.</summary>
    public bool IsAsian => Asia != 0;

    /// <summary>Standard deviation of the rate against the dollar over a day, in percent.</summary>
    public double DailyVolatility => Math.Sqrt(Dollar * Dollar + Europe * Europe + Risk * Risk + Asia * Asia + Own * Own);

    // The krone shares every shock of the euro but a speck of its own, which holds EUR/DKK at its central rate. HKD keeps to its band of 7.75
    // to 7.85. The spreads are those of a retail broker.
    public static IReadOnlyList<SimulatedCurrency> All { get; } =
    [
        //                 level spread dollar europe  risk  asia   own
        Of("EUR/USD",      1.17,  1.0,  0.30,  0.34,  0.00, 0.00, 0.00),
        Of("GBP/USD",      1.34,  1.5,  0.28,  0.20,  0.10, 0.00, 0.30),
        Of("AUD/USD",      0.67,  1.8,  0.32,  0.05,  0.30, 0.15, 0.28),
        Of("NZD/USD",      0.59,  2.4,  0.32,  0.05,  0.28, 0.15, 0.32),
        Of("USD/JPY",    155.00,  1.3,  0.28,  0.05, -0.25, 0.18, 0.32),
        Of("USD/CHF",      0.80,  2.0,  0.28,  0.30, -0.10, 0.00, 0.20),
        Of("USD/CAD",      1.38,  1.6,  0.20,  0.02,  0.18, 0.00, 0.24),
        Of("USD/SEK",      9.40,  4.0,  0.30,  0.36,  0.16, 0.00, 0.22),
        Of("USD/NOK",     10.00,  4.5,  0.30,  0.30,  0.25, 0.00, 0.34),
        Of("USD/DKK",      6.38,  2.5,  0.30,  0.34,  0.00, 0.00, 0.01),
        Of("USD/PLN",      3.65,  6.0,  0.30,  0.38,  0.20, 0.00, 0.25),
        Of("USD/MXN",     18.00,  5.0,  0.20,  0.00,  0.40, 0.00, 0.42),
        Of("USD/ZAR",     17.00,  9.0,  0.30,  0.10,  0.50, 0.00, 0.66),
        Of("USD/INR",     95.00,  3.0,  0.06,  0.00,  0.06, 0.08, 0.20),
        Of("USD/PHP",     62.00,  6.0,  0.08,  0.00,  0.06, 0.10, 0.28),
        Of("USD/BRL",      5.40,  8.0,  0.25,  0.00,  0.45, 0.00, 0.65),
        Of("USD/SGD",      1.29,  2.5,  0.15,  0.04,  0.05, 0.10, 0.12),
        Of("USD/HKD",      7.80,  0.8,  0.00,  0.00,  0.00, 0.01, 0.02),
        Of("USD/CNY",      6.80,  3.0,  0.08,  0.00,  0.03, 0.10, 0.12),
        Of("USD/KRW",   1400.00,  5.0,  0.22,  0.00,  0.18, 0.18, 0.34),
        Of("USD/TRY",     45.00, 15.0,  0.05,  0.00,  0.10, 0.00, 0.42),
    ];

    private static SimulatedCurrency Of(
        string pair, double level, double spreadBps, double dollar, double europe, double risk, double asia, double own) =>
        new(CurrencyPair.Parse(pair), level, spreadBps, dollar, europe, risk, asia, own);
}
