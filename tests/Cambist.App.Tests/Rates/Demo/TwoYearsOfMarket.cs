using Cambist.App.Rates.Demo;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Xunit;

namespace Cambist.App.Tests.Rates.Demo;

/// <summary>The tests that share one <see cref="TwoYearsOfMarket"/>.</summary>
[CollectionDefinition]
public sealed class MeasuredMarket : ICollectionFixture<TwoYearsOfMarket>;

/// <summary>The bars of 112 weeks of the simulated market, made once for all tests that measure them.</summary>
public sealed class TwoYearsOfMarket
{
    private readonly Dictionary<CurrencyPair, HourlyBar[]> _bars;

    public TwoYearsOfMarket()
    {
        var market = new SimulatedMarket(seed: 1, Start);
        _bars = market.BarsUntil(Start.AddDays(7 * Weeks)).GroupBy(bar => bar.Pair, bar => bar.Bar).ToDictionary(bars => bars.Key, bars => bars.ToArray());
    }

    public const int Weeks = 112;

    /// <summary>A Sunday at 17:00 New York.</summary>
    public static DateTimeOffset Start { get; } = new(2024, 8, 4, 21, 0, 0, TimeSpan.Zero);

    public IReadOnlyCollection<CurrencyPair> Pairs => _bars.Keys;

    public IReadOnlyList<HourlyBar> Bars(CurrencyPair pair) => _bars[pair];

    public IReadOnlyList<HourlyBar> Bars(string pair) => _bars[CurrencyPair.Parse(pair)];

    /// <summary>Log returns from the close of one bar to the close of the next.</summary>
    public double[] Returns(CurrencyPair pair) =>
        [.. _bars[pair].Zip(_bars[pair].Skip(1), (bar, next) => Math.Log((double)(next.Close / bar.Close)))];

    /// <summary>The same returns, each over the root mean square of its hour of the week.</summary>
    public double[] ReturnsWithoutSeason(CurrencyPair pair)
    {
        var returns = Returns(pair).Zip(_bars[pair].Skip(1), (value, bar) => (Value: value, Hour: HourOfWeekOf(bar))).ToArray();
        var scales = returns.GroupBy(item => item.Hour).ToDictionary(hour => hour.Key, hour => Math.Sqrt(hour.Average(item => item.Value * item.Value)));
        return [.. returns.Select(item => item.Value / scales[item.Hour])];
    }

    /// <summary>Hour of the day in New York at which the bar opens.</summary>
    public static int NewYorkHour(HourlyBar bar) => TimeZoneInfo.ConvertTime(bar.OpenTime, FxWeek.NewYork).Hour;

    public static double RangeBps(HourlyBar bar) => (double)((bar.High - bar.Low) / bar.Open) * 10_000;

    private static int HourOfWeekOf(HourlyBar bar) => (int)(bar.OpenTime - FxWeek.OpenOf(bar.OpenTime)).TotalHours;
}
