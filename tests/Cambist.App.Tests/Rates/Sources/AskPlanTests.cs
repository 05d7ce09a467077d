using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using CsCheck;
using Xunit;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>Which pairs a source is asked for, and when: by its cadence where it has no quota, and where it helps most where it has one.</summary>
public sealed class AskPlanTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_source_without_quota_is_asked_for_majors_every_30_seconds_and_for_all_pairs_every_5_minutes()
    {
        using var house = new AskingHouse();

        var asked = Simulate(house, AskingHouse.Known(AskingHouse.Profile()), TimeSpan.FromMinutes(20));

        Assert.Equal(Enumerable.Range(0, 40).Select(turn => turn * 30.0), asked.Select(one => one.At.TotalSeconds));
        Assert.Equal(asked.Select(one => one.At.TotalSeconds % 300 == 0 ? house.Panels.All.Count : house.Panels.Majors.Count), asked.Select(one => one.Pairs.Count));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(1800)]
    [InlineData(21600)]
    public void No_source_is_asked_faster_than_its_figures_change(int cadenceSeconds)
    {
        using var house = new AskingHouse(AskingHouse.Midnight);
        var profile = AskingHouse.Profile() with { Cadence = TimeSpan.FromSeconds(cadenceSeconds) };

        foreach (var known in new[] { AskingHouse.Known(profile), AskingHouse.Known(profile, 10_000), AskingHouse.Known(profile with { PairsPerRequest = 4 }) })
        {
            var asked = Simulate(house, known, TimeSpan.FromHours(13), TimeSpan.FromSeconds(5));
            Assert.All(asked.Zip(asked.Skip(1)), turn => Assert.True(turn.Second.At - turn.First.At >= profile.Cadence, $"{turn.Second.At - turn.First.At}"));
            Assert.InRange(asked.Count, 13 * 3600 / Math.Max(60, cadenceSeconds) / 5, int.MaxValue);
        }
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(25, 1)]
    [InlineData(32, int.MaxValue)]
    [InlineData(800, 8)]
    public void A_quota_is_spread_over_the_day_and_used_up(int quota, int pairsPerRequest)
    {
        using var house = new AskingHouse(AskingHouse.Midnight);
        house.EveryMajorIsTold("kraken,coinbase");
        var known = AskingHouse.Known(AskingHouse.Profile() with { PairsPerRequest = pairsPerRequest }, quota);

        var asked = Simulate(house, known, TimeSpan.FromDays(1), TimeSpan.FromSeconds(10));

        var calls = quota / (pairsPerRequest == int.MaxValue ? 1 : pairsPerRequest);
        Assert.InRange(asked.Count, calls * 9 / 10, calls);
        var longest = asked.Zip(asked.Skip(1), (one, next) => next.At - one.At).Max();
        var shortest = asked.Zip(asked.Skip(1), (one, next) => next.At - one.At).Min();
        Assert.InRange(longest / (TimeSpan.FromDays(1) / calls), 0.99, 1.5);
        Assert.InRange(shortest / (TimeSpan.FromDays(1) / calls), 0.5, 1.01);
    }

    [Fact]
    public void Whoever_starts_late_in_the_day_spreads_the_rest_and_does_not_burst()
    {
        using var house = new AskingHouse(AskingHouse.Midnight.AddHours(18));
        house.EveryMajorIsTold("kraken,coinbase");

        var asked = Simulate(house, AskingHouse.Known(AskingHouse.Profile() with { PairsPerRequest = 1 }, 24), TimeSpan.FromHours(6), TimeSpan.FromSeconds(10));

        Assert.InRange(asked.Count, 20, 24);
        Assert.All(asked.Zip(asked.Skip(1)), turn => Assert.InRange((turn.Second.At - turn.First.At).TotalMinutes, 7, 40));
    }

    [Fact]
    public void A_process_that_dies_again_and_again_does_not_run_ahead()
    {
        using var house = new AskingHouse(AskingHouse.Midnight);
        house.EveryMajorIsTold("kraken,coinbase");
        var known = AskingHouse.Known(AskingHouse.Profile() with { PairsPerRequest = 1 }, 24);
        var spent = 0;
        for (var minute = 0; minute < 12 * 60; minute++)
        {
            spent += house.Plan(known).Due(house.Now, spent).Count;
            Assert.InRange(spent, 0, minute / 60 + 1);
            house.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public void Where_a_major_has_no_fresh_rate_three_quarters_may_be_spent_ahead_of_time()
    {
        using var house = new AskingHouse(AskingHouse.Midnight);

        var asked = Simulate(house, AskingHouse.Known(AskingHouse.Profile() with { PairsPerRequest = 1 }, 40), TimeSpan.FromHours(2), TimeSpan.FromSeconds(10));

        Assert.InRange(asked.Count, 29, 31);
        Assert.All(asked.Zip(asked.Skip(1)), turn => Assert.True(turn.Second.At - turn.First.At >= TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void A_major_that_the_source_does_not_know_makes_nothing_urgent()
    {
        using var house = new AskingHouse(AskingHouse.Midnight);
        house.EveryMajorIsTold("kraken,coinbase");
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        var unknown = CurrencyPair.Parse("GBP/JPY");
        house.Restart();
        foreach (var pair in house.Panels.Majors.Where(pair => pair != unknown && !pair.Has(Currency.Parse("JPY"))))
        {
            house.Book.Publish(new Domain.Rates.RateObservation(Domain.Rates.TwoSidedRate.AtMid(pair, 1m), false, "kraken,coinbase", house.Now, house.Now, TimeSpan.FromDays(1)));
        }

        var plan = house.Plan(AskingHouse.Known(AskingHouse.Profile() with { PairsPerRequest = 1 }, 40));
        foreach (var pair in house.Panels.Majors.Where(pair => pair.Has(Currency.Parse("JPY"))))
        {
            plan.Refused(pair, house.Now);
        }

        Assert.Empty(plan.Due(house.Now, spentToday: 5));
    }

    [Fact]
    public void A_quota_is_saved_while_the_market_is_closed()
    {
        using var house = new AskingHouse(new DateTimeOffset(2026, 3, 20, 21, 0, 0, TimeSpan.Zero));

        Assert.Empty(Simulate(house, AskingHouse.Known(AskingHouse.Profile(), 100), TimeSpan.FromHours(47.9), TimeSpan.FromMinutes(1)));
        Assert.NotEmpty(Simulate(house, AskingHouse.Known(AskingHouse.Profile(), 100), TimeSpan.FromHours(1), TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void A_quota_goes_first_to_majors_with_fewer_than_two_voices_then_to_pairs_that_nobody_tells()
    {
        using var house = new AskingHouse();
        house.EveryMajorIsTold("kraken,coinbase");
        var needy = house.Panels.Majors[5];
        house.Book.Publish(new Domain.Rates.RateObservation(Domain.Rates.TwoSidedRate.AtMid(needy, 1m), false, "kraken", house.Now, house.Now, TimeSpan.FromDays(1)));

        var due = house.Plan(AskingHouse.Known(AskingHouse.Profile() with { PairsPerRequest = 3 }, 100)).Due(house.Now, 0);

        Assert.Equal(needy, due[0]);
        Assert.All(due.Skip(1), pair => Assert.DoesNotContain(pair, house.Panels.Majors));
    }

    [Fact]
    public void A_cross_of_one_voice_and_two_is_told_by_one()
    {
        using var house = new AskingHouse();
        house.EveryMajorIsTold("kraken,coinbase");
        var needy = house.Panels.Majors[5];
        house.Book.Publish(new Domain.Rates.RateObservation(Domain.Rates.TwoSidedRate.AtMid(needy, 1m), false, "kraken,coinbase+kraken", house.Now, house.Now, TimeSpan.FromDays(1)));

        Assert.Equal([needy], house.Plan(AskingHouse.Known(AskingHouse.Profile() with { PairsPerRequest = 1 }, 100)).Due(house.Now, 0));
    }

    [Fact]
    public void Pairs_that_never_bring_an_answer_do_not_stand_before_the_others()
    {
        using var house = new AskingHouse(AskingHouse.Midnight);
        var plan = house.Plan(AskingHouse.Known(AskingHouse.Profile() with { PairsPerRequest = 8 }, 8000));
        var seen = new HashSet<CurrencyPair>();
        for (var turn = 0; turn < 2; turn++)
        {
            house.Clock.Advance(TimeSpan.FromMinutes(2));
            var due = plan.Due(house.Now, 0);
            plan.Tried(due, house.Now);
            seen.UnionWith(due);
        }

        Assert.Superset(house.Panels.Majors.ToHashSet(), seen);
    }

    [Fact]
    public void A_refused_pair_is_not_asked_for_a_day()
    {
        using var house = new AskingHouse();
        var plan = house.Plan(AskingHouse.Known(AskingHouse.Profile() with { PairsPerRequest = 1 }));
        var refused = plan.Due(house.Now, 0)[0];
        plan.Refused(refused, house.Now);

        Assert.NotEqual(refused, plan.Due(house.Now, 0)[0]);
        house.Clock.Advance(TimeSpan.FromHours(23.9));
        Assert.NotEqual(refused, plan.Due(house.Now, 0)[0]);
        house.Clock.Advance(TimeSpan.FromHours(0.1));
        Assert.Equal(refused, plan.Due(house.Now, 0)[0]);
    }

    [Fact]
    public void Whatever_was_spent_and_whenever_it_is_nobody_is_asked_beyond_the_quota() =>
        Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 2000], Gen.Int[0, 86_399], Gen.Int[1, 20]).Sample(
            (quota, spent, second, pairs) =>
            {
                using var house = new AskingHouse(AskingHouse.Midnight.AddSeconds(second));
                var due = house.Plan(AskingHouse.Known(AskingHouse.Profile() with { PairsPerRequest = pairs }, quota)).Due(house.Now, spent);
                Assert.True(due.Count <= pairs);
                Assert.True(due.Count == 0 || spent <= Math.Max(quota * second / 86_400.0, quota * 3 / 4));
            },
            iter: 40);

    private static List<(TimeSpan At, IReadOnlyList<CurrencyPair> Pairs)> Simulate(AskingHouse house, KnownSource known, TimeSpan time, TimeSpan? step = null)
    {
        var (plan, spent, start) = (house.Plan(known), 0, house.Now);
        var asked = new List<(TimeSpan, IReadOnlyList<CurrencyPair>)>();
        for (; house.Now - start < time; house.Clock.Advance(step ?? Second))
        {
            if (plan.Due(house.Now, spent) is { Count: > 0 } pairs)
            {
                var cost = known.Profile.PairsPerRequest == int.MaxValue ? 1 : pairs.Count;
                plan.Tried(pairs, house.Now);
                if (known.QuotaPerDay is null || spent + cost <= known.QuotaPerDay)
                {
                    spent += cost;
                    plan.Answered(pairs, house.Now);
                    asked.Add((house.Now - start, pairs));
                }
            }
        }

        return asked;
    }
}
