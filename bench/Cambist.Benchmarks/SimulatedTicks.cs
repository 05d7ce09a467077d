using Cambist.App.Rates.Ticks;
using Cambist.App.Rates;
using Cambist.Domain.Currencies;

namespace Cambist.Benchmarks;

/// <summary>SIMULATED ticks of twenty pairs and three sources, ten a second of market time, for measuring speed and nothing else.</summary>
internal static class SimulatedTicks
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private static readonly CurrencyPair[] Pairs =
    [
        .. new[]
        {
            "EURUSD", "GBPUSD", "USDJPY", "USDCHF", "AUDUSD", "NZDUSD", "USDCAD", "EURGBP", "EURJPY", "EURCHF",
            "GBPJPY", "AUDJPY", "EURAUD", "EURCAD", "USDSEK", "USDNOK", "USDMXN", "USDZAR", "USDINR", "EURPLN",
        }.Select(CurrencyPair.Parse),
    ];

    private static readonly string[] Sources = ["kraken", "coinbase", "twelvedata"];

    public static CurrencyPair FirstPair => Pairs[0];

    /// <summary>The instant that a number of ticks lasts until.</summary>
    public static DateTimeOffset EndOf(int count) => Start + count * Step;

    public static List<Tick> Batch(int first, int count)
    {
        var ticks = new List<Tick>(count);
        for (var number = first; number < first + count; number++)
        {
            var at = Start + number * Step;
            var bid = 1.08m + number % 997 * 0.00001m;
            ticks.Add(new Tick(Pairs[number % Pairs.Length], at, at.AddMilliseconds(80), bid, bid + 0.00007m, Sources[number / Pairs.Length % Sources.Length], bid + 0.000035m));
        }

        return ticks;
    }
}
