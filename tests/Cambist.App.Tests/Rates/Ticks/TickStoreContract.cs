using Cambist.App.Rates.History;
using Cambist.App.Rates.Ticks;
using Cambist.App.Rates;
using Cambist.App.Storage;
using Cambist.App.Tests.Storage;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using CsCheck;
using Xunit;

namespace Cambist.App.Tests.Rates.Ticks;

public sealed class SqliteTickStoreTests() : TickStoreContract(Engine.Sqlite);

public sealed class PostgresTickStoreTests() : TickStoreContract(Engine.Postgres);

public sealed class TimescaleTickStoreTests() : TickStoreContract(Engine.Timescale);

/// <summary>What a store of ticks does on every engine.</summary>
public abstract class TickStoreContract : IDisposable
{
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");
    private static readonly CurrencyPair UsdJpy = CurrencyPair.Parse("USD/JPY");
    private static readonly DateTimeOffset Monday = new(2026, 3, 16, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Saturday = new(2026, 3, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase database;
    private readonly Database store;
    private readonly TickStore ticks;
    private readonly BarStore bars;

    protected TickStoreContract(Engine engine)
    {
        database = new TestDatabase(engine);
        store = database.Open();
        ticks = new TickStore(store);
        bars = new BarStore(store);
    }

    public void Dispose()
    {
        store.Dispose();
        database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void What_was_appended_is_read_back_by_effective_time_oldest_first()
    {
        var late = new Tick(EurUsd, Monday.AddSeconds(30), Monday.AddSeconds(31).AddMicroseconds(7), 1.08446m, 1.08453m, "kraken", 1.0845m);
        var early = new Tick(EurUsd, Monday, Monday.AddMinutes(1), 1.0844m, 1.0844m, "ecb", 1.08442m);
        var other = new Tick(UsdJpy, Monday, Monday, 150.1m, 150.2m, "kraken", 150.15m);

        ticks.Append([late, early, other], []);

        Assert.Equal([early, late], ticks.Read(EurUsd, Monday, Monday.AddDays(1), 10));
        Assert.Equal([other], ticks.Read(UsdJpy, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 10));
    }

    [Fact]
    public void A_range_holds_its_begin_and_not_its_end_and_a_limit_keeps_the_oldest()
    {
        ticks.Append([.. Enumerable.Range(0, 10).Select(second => At(Monday.AddSeconds(second), 1m + second))], []);

        Assert.Equal([3m, 4m], ticks.Read(EurUsd, Monday.AddSeconds(2), Monday.AddSeconds(4), 10).Select(tick => tick.Consensus));
        Assert.Equal([1m, 2m], ticks.Read(EurUsd, Monday, Monday.AddDays(1), 2).Select(tick => tick.Consensus));
        Assert.Empty(ticks.Read(UsdJpy, Monday, Monday.AddDays(1), 2));
    }

    [Fact]
    public void Random_ticks_of_any_year_come_back_unchanged() =>
        Gen.Select(Gen.Long[1, 999_999_999_999_999], Gen.Int[0, 14], Gen.Long[0, 1_900_000_000_000_000]).Array[1, 40].Sample(samples =>
        {
            var pair = EurUsd;
            var written = samples.DistinctBy(sample => sample.Item3).Select(sample =>
            {
                var price = new decimal((int)sample.Item1, (int)(sample.Item1 >> 32), 0, false, (byte)sample.Item2);
                var at = DateTimeOffset.UnixEpoch.AddMicroseconds(sample.Item3);
                return new Tick(pair, at, at.AddSeconds(1), price, price, $"source {sample.Item2}", price);
            }).OrderBy(tick => tick.EffectiveAt).ToList();
            ticks.Append(written, []);

            Assert.All(written, tick => Assert.Contains(tick, ticks.Read(pair, tick.EffectiveAt, tick.EffectiveAt.AddMicroseconds(1), 10)));
        }, iter: 5, threads: 1);

    [Fact]
    public void An_instant_is_cut_to_the_microsecond_and_a_price_to_15_digits()
    {
        ticks.Append([At(Monday.AddTicks(19), 1.23456789012345678m)], []);

        var read = Assert.Single(ticks.Read(EurUsd, Monday, Monday.AddDays(1), 10));
        Assert.Equal((Monday.AddTicks(10), 1.23456789012346m), (read.EffectiveAt, read.Consensus));
    }

    [Fact]
    public void A_price_that_is_not_above_zero_leaves_nothing_behind()
    {
        Assert.Throws<ArgumentException>(() => ticks.Append([At(Monday, 1m), At(Monday, 0m)], [Refused(Monday, "stale")]));

        Assert.Empty(ticks.Read(EurUsd, Monday, Monday.AddDays(1), 10));
        Assert.Empty(ticks.Refusals(Monday, 10));
    }

    [Fact]
    public void What_was_refused_is_kept_word_for_word_newest_first()
    {
        RefusedRate[] refused =
        [
            new("EURUSD", "kraken", Monday, Monday.AddSeconds(1), -0.0m, 79228162514264337593543950335m, "rejected", "bid_not_positive", "a bid is above zero, was 0"),
            new("XX?", "fixer", null, Monday.AddSeconds(2), null, 1.2345678901234567890m, "quarantined", "outlier", "ü ; 'x'"),
            new("EURUSD", "kraken", Monday, Monday.AddSeconds(2), 1m, 1m, "quarantined", "stale", ""),
        ];
        ticks.Append([], refused);

        Assert.Equal([refused[2], refused[1], refused[0]], ticks.Refusals(Monday, 10));
        Assert.Equal([refused[2]], ticks.Refusals(Monday, 1));
        Assert.Equal([refused[2], refused[1]], ticks.Refusals(Monday.AddSeconds(2), 10));
    }

    [Fact]
    public void Verdicts_are_counted_by_source_and_code_since_an_instant_of_knowing()
    {
        ticks.Append([At(Monday, 1m), At(Monday.AddSeconds(1), 1m), At(Monday.AddMinutes(5), 1m)], [Refused(Monday, "stale"), Refused(Monday.AddMinutes(5), "outlier")]);
        ticks.Append([At(Monday.AddMinutes(5), 1m) with { Source = "ecb" }], [Refused(Monday.AddMinutes(6), "outlier")]);

        Assert.Equal(
            [new("ecb", "accepted", "", 1), new("kraken", "accepted", "", 3), new("kraken", "quarantined", "outlier", 2), new("kraken", "quarantined", "stale", 1)],
            ticks.Counts(Monday));
        Assert.Equal([new("ecb", "accepted", "", 1), new("kraken", "accepted", "", 1), new("kraken", "quarantined", "outlier", 2)], ticks.Counts(Monday.AddMinutes(5).AddSeconds(59)));
        Assert.Empty(ticks.Counts(Monday.AddMinutes(7)));
    }

    [Fact]
    public void An_observation_that_comes_twice_is_there_twice_and_changes_no_bar()
    {
        var hour = WholeHour(Monday, 1m).ToList();
        ticks.Append([.. hour, .. hour], []);

        Assert.Equal(2 * hour.Count, ticks.Read(EurUsd, Monday, Monday.AddHours(1), 1000).Count);
        Assert.Equal(1, ticks.RollUp(Monday, Monday.AddHours(1)));
        Assert.Equal((1.00m, 1.59m, 1.00m, 1.59m), Prices(Assert.Single(Bars())));
    }

    [Fact]
    public void An_hour_is_rolled_up_from_its_consensus_and_again_changes_nothing()
    {
        ticks.Append([.. WholeHour(Monday, 2m), At(Monday.AddMinutes(30).AddSeconds(1), 7m), At(Monday.AddMinutes(31).AddSeconds(1), 0.5m)], []);

        Assert.Equal(1, ticks.RollUp(Monday, Monday.AddHours(1)));
        Assert.Equal(0, ticks.RollUp(Monday, Monday.AddHours(1)));

        Assert.Equal(new HourlyBar(Monday, 2.00m, 7m, 0.5m, 2.59m, null, null, "consensus"), Assert.Single(Bars()));
    }

    [Fact]
    public void A_bar_of_the_consensus_follows_its_ticks_and_one_of_another_source_stays()
    {
        ticks.Append([.. WholeHour(Monday, 1m), .. WholeHour(Monday.AddHours(1), 2m)], []);
        var imported = new HourlyBar(Monday, 5m, 5m, 5m, 5m, 9m, 0.1m, "file");
        bars.Upsert(EurUsd, [imported]);
        ticks.RollUp(Monday, Monday.AddHours(2));

        ticks.Append([At(Monday.AddHours(1.5), 8m)], []);
        Assert.Equal(1, ticks.RollUp(Monday, Monday.AddHours(2)));

        Assert.Equal([imported, new(Monday.AddHours(1), 2m, 8m, 2m, 2.59m, null, null, "consensus")], Bars());
    }

    [Fact]
    public void Only_hours_that_lie_wholly_in_the_range_are_rolled_up()
    {
        ticks.Append([.. Enumerable.Range(0, 4).SelectMany(hour => WholeHour(Monday.AddHours(hour), 1m + hour))], []);

        Assert.Equal(2, ticks.RollUp(Monday.AddMinutes(1), Monday.AddHours(3).AddMinutes(59)));

        Assert.Equal([Monday.AddHours(1), Monday.AddHours(2)], Bars().Select(bar => bar.OpenTime));
    }

    [Theory]
    [InlineData(9, 59, 50, 0, 1)]
    [InlineData(10, 0, 50, 0, 0)]
    [InlineData(9, 59, 49, 59, 0)]
    public void Ticks_that_do_not_reach_into_both_ends_of_an_hour_make_no_bar(int firstMinute, int firstSecond, int lastMinute, int lastSecond, int bars)
    {
        var (first, last) = (Monday.AddMinutes(firstMinute).AddSeconds(firstSecond), Monday.AddMinutes(lastMinute).AddSeconds(lastSecond));
        ticks.Append([At(first, 1m), At(last, 2m)], []);

        Assert.Equal(bars, ticks.RollUp(Monday, Monday.AddHours(1)));
    }

    [Fact]
    public void What_was_observed_after_an_hour_had_ended_is_no_part_of_it()
    {
        ticks.Append([.. WholeHour(Monday, 1m), At(Monday.AddMinutes(30), 9m) with { ObservedAt = Monday.AddHours(1) }], []);

        ticks.RollUp(Monday, Monday.AddHours(1));

        Assert.Equal((1.00m, 1.59m, 1.00m, 1.59m), Prices(Assert.Single(Bars())));
    }

    [Fact]
    public void The_first_and_the_last_consensus_are_those_of_observed_time()
    {
        var delayed = At(Monday.AddMinutes(1), 4m) with { ObservedAt = Monday.AddMinutes(59).AddSeconds(30) };
        ticks.Append([.. WholeHour(Monday, 1m), delayed], []);

        ticks.RollUp(Monday, Monday.AddHours(1));

        Assert.Equal((1.00m, 4m, 1.00m, 4m), Prices(Assert.Single(Bars())));
    }

    [Fact]
    public void Each_pair_has_its_own_bar_and_the_weekend_has_none()
    {
        ticks.Append([.. WholeHour(Monday, 1m), .. WholeHour(Monday, 150m).Select(tick => tick with { Pair = UsdJpy }), .. WholeHour(Saturday, 1m)], []);

        Assert.Equal(2, ticks.RollUp(Monday, Saturday.AddDays(1)));

        Assert.Equal([EurUsd, UsdJpy], bars.Pairs().Select(pair => pair.Pair));
        Assert.Equal(150.59m, bars.LastClosedBy(UsdJpy, Saturday)?.Close);
    }

    [Fact]
    public void Old_days_go_and_the_day_of_the_bound_stays_whole()
    {
        DateTimeOffset[] days = [Monday.AddMonths(-3), Monday.AddMonths(-1), Monday.AddDays(-1), Monday.AddTicks(-10), Monday, Monday.AddHours(2), Monday.AddMonths(1)];
        ticks.Append([.. days.Select(day => At(day, 1m))], [Refused(Monday.AddDays(-2), "stale"), Refused(Monday, "stale")]);

        Assert.Equal(4 + 1, ticks.Trim(Monday.AddHours(5), Monday));
        Assert.Equal(0, ticks.Trim(Monday.AddHours(5), Monday));

        Assert.Equal(days[4..], ticks.Read(EurUsd, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 10).Select(tick => tick.EffectiveAt));
        Assert.Single(ticks.Refusals(DateTimeOffset.MinValue, 10));

        // What was deleted may come again.
        ticks.Append([At(days[0], 1m)], []);
        Assert.Equal(4, ticks.Read(EurUsd, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, 10).Count);
    }

    [Fact]
    public void Many_may_append_at_once_into_a_month_that_is_new_to_them()
    {
        Parallel.For(0, 6, new ParallelOptions { MaxDegreeOfParallelism = 6 }, writer =>
        {
            var own = new TickStore(store);
            for (var batch = 0; batch < 5; batch++)
            {
                own.Append([.. Enumerable.Range(0, 20).Select(second => At(Monday.AddMonths(batch).AddSeconds(second), 1m) with { Source = $"source {second % 7}" })], [Refused(Monday, "stale")]);
            }
        });

        Assert.Equal(600, ticks.Read(EurUsd, Monday, Monday.AddYears(1), 1000).Count);
        Assert.Equal(630, ticks.Counts(Monday).Sum(count => count.Count));
    }

    [Fact]
    public void Nothing_to_append_is_no_error() => ticks.Append([], []);

    private static Tick At(DateTimeOffset at, decimal price) => new(EurUsd, at, at, price, price, "kraken", price);

    private static RefusedRate Refused(DateTimeOffset at, string code) => new("EURUSD", "kraken", at, at, 1m, 1m, "quarantined", code, "");

    // A tick each minute; the price rises by a hundredth with each.
    private static IEnumerable<Tick> WholeHour(DateTimeOffset hour, decimal price) => Enumerable.Range(0, 60).Select(minute => At(hour.AddMinutes(minute), price + minute / 100m));

    private static (decimal Open, decimal High, decimal Low, decimal Close) Prices(HourlyBar bar) => (bar.Open, bar.High, bar.Low, bar.Close);

    private IReadOnlyList<HourlyBar> Bars() => bars.Read(EurUsd, Monday.AddDays(-7), Monday.AddDays(7));
}
