using System.Globalization;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;
using CsCheck;
using Xunit;

namespace Cambist.Domain.Tests.Forecasting;

public sealed class TouchProbabilityTests
{
    private static readonly DateTimeOffset Monday = new(2021, 3, 1, 12, 0, 0, TimeSpan.Zero);

    // Nearly normal returns whose variance grows with time; 1 % a day.
    private static readonly StudentShape Normal = new(1, 1000);

    [Theory]
    // Φ(−1) = 0.158655 (0.158776 with 1000 degrees of freedom: + (z³ + z) φ(z) / 4ν = 2 · 0.24197 / 4000 = 0.000121). A day is 24 of 168 hours of a week, so 120 / 7 = 17.14
    // market hours: a = 0.041 + (0.012 − 0.041) ln(17.14 / 12) / ln 2 = 0.02608; 2 · 0.158776 · (1 + 0.02608 · (1 − 4 · 0.02521)) = 0.32500.
    [InlineData(1, 24, 0.32500)]
    // Seven days: 120 market hours, a = 0.040: 2 · 0.158776 · (1 + 0.040 · 0.89916) = 0.32897.
    [InlineData(1, 168, 0.32897)]
    // Thirty days: 514.3 market hours, a = 0.058: 2 · 0.158776 · (1 + 0.058 · 0.89916) = 0.33411; ninety days: the same a.
    [InlineData(1, 720, 0.33411)]
    [InlineData(1, 2160, 0.33411)]
    // Two standard deviations: Φ(−2) = 0.022750, + (8 + 2) · 0.053991 / 4000 = 0.000135: 2 · 0.022885 · (1 + 0.040 · (1 − 4 · 0.000524)) = 0.04760.
    [InlineData(2, 168, 0.04760)]
    public void A_target_so_many_standard_deviations_away_is_touched_with_twice_the_chance_of_ending_beyond_it_and_a_little_more(
        double deviations, double hours, double expected)
    {
        var forecast = Forecast(Normal);
        var target = forecast.Spot * Math.Exp(deviations * forecast.AfterHours(hours).Volatility);

        Assert.Equal(expected, TouchProbability.Of(forecast, target, Monday.AddHours(hours)), 4);
    }

    [Fact]
    public void A_target_that_the_rate_is_at_or_beyond_is_touched_already()
    {
        var forecast = Forecast(Normal);

        Assert.Equal(1, TouchProbability.Of(forecast, 1.25, Monday.AddDays(1)));
        Assert.Equal(1, TouchProbability.Of(forecast, 1.25, Monday));
        Assert.Equal(1, TouchProbability.Of(forecast, 1.20, Monday.AddDays(1), TargetSide.AtOrAbove));
        Assert.Equal(1, TouchProbability.Of(forecast, 1.30, Monday.AddDays(-1), TargetSide.AtOrBelow));
    }

    [Fact]
    public void A_target_beside_the_rate_is_as_good_as_touched() =>
        Assert.InRange(TouchProbability.Of(Forecast(Normal), 1.25 * (1 + 1e-9), Monday.AddDays(1)), 0.999999, 1);

    [Fact]
    public void Without_time_or_with_the_market_closed_until_the_deadline_nothing_is_reached()
    {
        Assert.Equal(0, TouchProbability.Of(Forecast(Normal), 1.26, Monday));
        Assert.Equal(0, TouchProbability.Of(Forecast(Normal), 1.26, Monday.AddHours(-1)));
        Assert.Equal(0, TouchProbability.Of(Forecast(Normal) with { At = _ => new RateDistribution(1.25, 0, Normal) }, 1.26, Monday.AddDays(1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_target_that_is_no_rate_is_refused(double target) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TouchProbability.Of(Forecast(Normal), target, Monday.AddDays(1)));

    [Fact]
    public void A_deadline_is_at_most_ninety_days_ahead()
    {
        Assert.InRange(TouchProbability.Of(Forecast(Normal), 1.3, Monday.AddDays(90)), 0.6, 0.8);
        Assert.Throws<ArgumentOutOfRangeException>(() => TouchProbability.Of(Forecast(Normal), 1.3, Monday.AddDays(90).AddTicks(1)));
    }

    [Theory]
    // Brownian motion with a drift of 0.1 standard deviations to the deadline, P = Φ(d − z) + exp(2dz) Φ(−d − z), less 2Φ(−z): at z = 1
    // Φ(−0.9) + 1.221403 Φ(−1.1) = 0.184060 + 1.221403 · 0.135666 = 0.349763, less 0.317311 = 0.032452; at z = 2
    // Φ(−1.9) + 1.491825 Φ(−2.1) = 0.028717 + 1.491825 · 0.017864 = 0.055367, less 0.045500 = 0.009866.
    [InlineData(1, 0.032452)]
    [InlineData(2, 0.009866)]
    public void A_drift_towards_the_target_adds_what_it_adds_to_a_Brownian_motion_within_a_fifth(double deviations, double added)
    {
        var deadline = Monday.AddDays(1);
        var target = 1.25 * Math.Exp(deviations * 0.01);

        var gain = TouchProbability.Of(Forecast(Normal, 0.1), target, deadline) - TouchProbability.Of(Forecast(Normal), target, deadline);
        var loss = TouchProbability.Of(Forecast(Normal), target, deadline) - TouchProbability.Of(Forecast(Normal, -0.1), target, deadline);

        Assert.InRange(gain, 0.8 * added, 1.2 * added);
        Assert.InRange(loss, 0.6 * added, 1.2 * added);
    }

    private static readonly Gen<(Forecast Forecast, double Target, double Hours)> Cases =
        from degrees in Gen.Double[2.5, 50]
        from drift in Gen.Double[-0.5, 0.5]
        from distance in Gen.Double[-4, 4]
        from hours in Gen.Double[0.1, 2160]
        let forecast = Forecast(new StudentShape(0.8, degrees), drift)
        select (forecast, 1.25 * Math.Exp(distance * forecast.AfterHours(hours).Volatility), hours);

    [Fact]
    public void It_lies_between_the_chance_of_ending_beyond_the_target_and_certainty() => Cases.Sample(it =>
    {
        var end = it.Forecast.AfterHours(it.Hours);
        var beyond = it.Target >= 1.25 ? end.ProbabilityAbove(it.Target) : 1 - end.ProbabilityAbove(it.Target);
        return TouchProbability.Of(it.Forecast, it.Target, Monday.AddHours(it.Hours)) is var touch && touch >= beyond - 1e-12 && touch <= 1;
    });

    [Fact]
    public void A_nearer_target_is_never_less_likely() => Gen.Select(Cases, Gen.Double[0, 1]).Sample((it, share) =>
    {
        var nearer = 1.25 * Math.Pow(it.Target / 1.25, share);
        var deadline = Monday.AddHours(it.Hours);
        return TouchProbability.Of(it.Forecast, nearer, deadline) >= TouchProbability.Of(it.Forecast, it.Target, deadline) - 1e-12;
    });

    [Fact]
    public void A_later_deadline_is_never_less_likely() => Gen.Select(Cases, Gen.Double[0, 1]).Sample((it, share) =>
    {
        var forecast = Forecast((StudentShape)it.Forecast.AfterHours(1).Shape);
        return TouchProbability.Of(forecast, it.Target, Monday.AddHours(it.Hours)) >= TouchProbability.Of(forecast, it.Target, Monday.AddHours(it.Hours * share)) - 1e-12;
    });

    [Fact]
    public void Quiet_hours_never_lower_it() => Gen.Select(Gen.Double[0.05, 4], Gen.Double[1, 1000], Gen.Double[0, 0.2]).Sample((distance, hours, growth) =>
    {
        // From an hour to the next the variance grows by a hundredth to a fifth of what it should.
        DateTimeOffset before = Monday.AddHours(hours), after = Monday.AddHours(hours + 1);
        var usual = Forecast(new StudentShape(0.9, 5));
        var quiet = usual with
        {
            At = at => at == after ? usual.At(before.AddHours(growth)) : usual.At(at),
        };
        var target = 1.25 * Math.Exp(distance * usual.At(before).Volatility);
        return TouchProbability.Of(quiet, target, after) >= TouchProbability.Of(quiet, target, before) - 1e-12;
    });

    [Fact]
    public void It_has_no_jumps() => Cases.Sample(it =>
    {
        var deadline = Monday.AddHours(it.Hours);
        var touch = TouchProbability.Of(it.Forecast, it.Target, deadline);
        var side = it.Target >= 1.25 ? TargetSide.AtOrAbove : TargetSide.AtOrBelow;
        return Math.Abs(TouchProbability.Of(it.Forecast, 1.25 * Math.Pow(it.Target / 1.25, 1 + 1e-9), deadline, side) - touch) < 1e-6
            && Math.Abs(TouchProbability.Of(it.Forecast, it.Target, deadline.AddHours(-1e-9 * it.Hours), side) - touch) < 1e-5;
    });

    [Fact]
    public void The_inverse_pair_gives_the_same_answer() => Cases.Sample(it =>
    {
        var inverse = it.Forecast with
        {
            Pair = it.Forecast.Pair.Inverse,
            Spot = 1 / it.Forecast.Spot,
            At = at => it.Forecast.At(at) is var end ? end with { Spot = 1 / end.Spot, Drift = -end.Drift } : end,
        };
        var deadline = Monday.AddHours(it.Hours);
        return Math.Abs(TouchProbability.Of(inverse, 1 / it.Target, deadline) - TouchProbability.Of(it.Forecast, it.Target, deadline)) < 1e-9;
    });

    private static Forecast Forecast(StudentShape shape, double driftInDeviations = 0) => new(
        CurrencyPair.Parse("GBP/USD"), Monday, 1.25, "test", Monday, at =>
        {
            var volatility = 0.01 * Math.Sqrt(Math.Max(0, (at - Monday).TotalDays));
            return new RateDistribution(1.25, volatility, shape, driftInDeviations * volatility);
        });
}
