using Cambist.App.Rates.Demo;
using Cambist.Domain.Calendars;
using Xunit;

namespace Cambist.App.Tests.Rates.Demo;

public sealed class TenYearsOfMarketTests
{
    private const int Weeks = 10 * 52;

    private static readonly DateTimeOffset Start = TwoYearsOfMarket.Start;
    private static readonly Lazy<Dictionary<SimulatedCurrency, List<double>>> Deviations = new(() => WeeklyLogDeviations(seed: 4));

    [Fact]
    public void Rates_stay_near_their_levels_for_ten_years()
    {
        var deviations = Deviations.Value;

        Assert.All(SimulatedCurrency.All, currency => Assert.All(deviations[currency], deviation =>
        {
            // Pulled back over a year, a rate strays by its annual volatility over the root of two; without the pull it would be 4.5 of these by
            // the end, and some of the currencies far more.
            var strays = currency.DailyVolatility / 100 * Math.Sqrt(260) / Math.Sqrt(2);
            Assert.InRange(deviation, -5.5 * strays, 5.5 * strays);
            Assert.InRange(Math.Exp(deviation), 0.55, 1.8);
        }));
    }

    [Fact]
    public void Rates_wander_for_weeks_like_a_random_walk_and_for_years_they_do_not()
    {
        var deviations = Deviations.Value;
        double VarianceRatio(int weeks) => SimulatedCurrency.All.Average(currency =>
            deviations[currency].Zip(deviations[currency].Skip(weeks), (from, to) => (to - from) * (to - from)).Average()
            / deviations[currency].Zip(deviations[currency].Skip(1), (from, to) => (to - from) * (to - from)).Average() / weeks);

        Assert.InRange(VarianceRatio(weeks: 4), 0.85, 1.1);
        Assert.InRange(VarianceRatio(weeks: 260), 0.05, 0.45);
    }

    // Steps of five minutes make the same laws of an hour, twenty times as fast.
    private static Dictionary<SimulatedCurrency, List<double>> WeeklyLogDeviations(int seed)
    {
        var market = new SimulatedMarket(seed, Start, TimeSpan.FromMinutes(5));
        var deviations = SimulatedCurrency.All.ToDictionary(currency => currency, _ => new List<double>());
        for (var week = 0; week < Weeks; week++)
        {
            market.Advance(FxWeek.CloseOf(Start.AddDays(7 * week)));
            foreach (var (currency, series) in deviations)
            {
                series.Add(Math.Log((double)market.Rate(currency.Pair)!.Mid / currency.Level));
            }
        }

        return deviations;
    }
}
