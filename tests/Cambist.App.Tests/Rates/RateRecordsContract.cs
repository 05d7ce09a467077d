using Cambist.App.Rates.History;
using Cambist.App.Rates.Sources;
using Cambist.App.Rates;
using Cambist.App.Storage;
using Cambist.App.Tests.Storage;
using Cambist.Domain.Currencies;
using Xunit;

namespace Cambist.App.Tests.Rates;

public sealed class SqliteRateRecordsTests() : RateRecordsContract(Engine.Sqlite);

public sealed class PostgresRateRecordsTests() : RateRecordsContract(Engine.Postgres);

public sealed class TimescaleRateRecordsTests() : RateRecordsContract(Engine.Timescale);

/// <summary>What the small stores do on every engine: quotas, daily values, and how far a backfill has come.</summary>
public abstract class RateRecordsContract : IDisposable
{
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");
    private static readonly DateOnly Day = new(2026, 3, 27);

    private readonly TestDatabase database;
    private readonly Database store;

    protected RateRecordsContract(Engine engine)
    {
        database = new TestDatabase(engine);
        store = database.Open();
    }

    public void Dispose()
    {
        store.Dispose();
        database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_quota_is_spent_up_to_its_limit_and_not_beyond()
    {
        var quota = new QuotaStore(store);

        Assert.True(quota.TrySpend("fixer", Day, 3, 5));
        Assert.False(quota.TrySpend("fixer", Day, 3, 5));
        Assert.True(quota.TrySpend("fixer", Day, 2, 5));
        Assert.False(quota.TrySpend("fixer", Day, 1, 5));
        Assert.False(quota.TrySpend("xe", Day, 6, 5));

        Assert.Equal((5, 0, 0), (quota.SpentOn("fixer", Day), quota.SpentOn("xe", Day), quota.SpentOn("fixer", Day.AddDays(1))));
        Assert.True(quota.TrySpend("fixer", Day.AddDays(1), 1, 5));
    }

    [Fact]
    public void A_service_that_says_nothing_is_left_is_believed()
    {
        var quota = new QuotaStore(store);
        quota.TrySpend("fixer", Day, 3, 100);

        quota.Exhaust("fixer", Day, 100);
        quota.Exhaust("fixer", Day, 50);
        quota.Exhaust("xe", Day, 7);

        Assert.Equal((100, 7), (quota.SpentOn("fixer", Day), quota.SpentOn("xe", Day)));
        Assert.False(quota.TrySpend("fixer", Day, 1, 100));
    }

    [Fact]
    public void Many_who_spend_at_once_spend_no_more_than_there_is()
    {
        using var other = database.Open();
        var spent = 0;

        Parallel.For(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 8 }, turn =>
        {
            if (new QuotaStore(turn % 2 == 0 ? store : other).TrySpend("fixer", Day, 1, 25))
            {
                Interlocked.Increment(ref spent);
            }
        });

        Assert.Equal((25, 25), (spent, new QuotaStore(store).SpentOn("fixer", Day)));
    }

    [Fact]
    public void A_quota_outlives_the_process()
    {
        new QuotaStore(store).TrySpend("fixer", Day, 3, 5);

        using var again = database.Open();

        Assert.Equal(3, new QuotaStore(again).SpentOn("fixer", Day));
    }

    [Fact]
    public void Days_are_read_back_by_the_time_at_which_they_were_true()
    {
        var daily = new DailyStore(store);
        DailyRate[] written = [Value(0, 1.0811m), Value(1, 1.0822m), Value(4, 0.00001234567891m)];

        Assert.Equal(3, daily.FillGaps(EurUsd, "ecb", written));

        Assert.Equal(written, daily.Read(EurUsd, DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
        Assert.Equal(written[..2], daily.Read(EurUsd, written[0].EffectiveAt, written[1].EffectiveAt));
        Assert.Equal([written[1]], daily.Read(EurUsd, written[0].EffectiveAt.AddSeconds(1), written[2].EffectiveAt.AddSeconds(-1)));
        Assert.Empty(daily.Read(EurUsd.Inverse, DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
    }

    [Fact]
    public void A_day_that_is_there_stays_as_it_is()
    {
        var daily = new DailyStore(store);
        daily.FillGaps(EurUsd, "ecb", [Value(0, 1.1m)]);

        Assert.Equal(1, daily.FillGaps(EurUsd, "ecb", [Value(0, 9m), Value(1, 1.2m), Value(1, 9m)]));

        Assert.Equal([1.1m, 1.2m], daily.Read(EurUsd, DateTimeOffset.MinValue, DateTimeOffset.MaxValue).Select(day => day.Rate));
    }

    [Fact]
    public void Of_a_day_that_two_sources_have_the_first_by_name_is_taken()
    {
        var daily = new DailyStore(store);
        daily.FillGaps(EurUsd, "frankfurter", [Value(0, 1.2m), Value(1, 1.3m)]);
        daily.FillGaps(EurUsd, "ecb", [Value(0, 1.1m)]);

        Assert.Equal([1.1m, 1.3m], daily.Read(EurUsd, DateTimeOffset.MinValue, DateTimeOffset.MaxValue).Select(day => day.Rate));
        Assert.Equal(1.1m, daily.LastBy(EurUsd, Value(0, 1m).EffectiveAt)?.Rate);
    }

    [Fact]
    public void The_last_day_by_an_instant_is_never_one_after_it()
    {
        var daily = new DailyStore(store);
        DailyRate[] written = [Value(0, 1.1m), Value(3, 1.2m)];
        daily.FillGaps(EurUsd, "ecb", written);

        Assert.Null(daily.LastBy(EurUsd, written[0].EffectiveAt.AddMicroseconds(-1)));
        Assert.Equal(written[0], daily.LastBy(EurUsd, written[1].EffectiveAt.AddMicroseconds(-1)));
        Assert.Equal(written[1], daily.LastBy(EurUsd, DateTimeOffset.MaxValue));
    }

    [Fact]
    public void A_batch_of_days_with_a_faulty_one_leaves_nothing_behind()
    {
        var daily = new DailyStore(store);

        Assert.Throws<ArgumentException>(() => daily.FillGaps(EurUsd, "ecb", [Value(0, 1m), Value(1, 0m)]));

        Assert.Null(daily.LastBy(EurUsd, DateTimeOffset.MaxValue));
    }

    [Fact]
    public void A_pair_that_has_days_or_ticks_alone_has_no_bars()
    {
        new DailyStore(store).FillGaps(EurUsd, "ecb", [Value(0, 1m)]);

        Assert.False(new BarStore(store).Has(EurUsd));
    }

    [Fact]
    public void A_backfill_remembers_how_far_back_it_came_and_never_forgets_some_of_it()
    {
        var backfill = new BackfillStore(store);
        var reached = Value(0, 1m).EffectiveAt;
        Assert.Null(backfill.ReachedBackTo("kraken", EurUsd, "hour"));

        backfill.Reached("kraken", EurUsd, "hour", reached.AddDays(5));
        backfill.Reached("kraken", EurUsd, "hour", reached);
        backfill.Reached("kraken", EurUsd, "hour", reached.AddDays(2));

        Assert.Equal(reached, new BackfillStore(store).ReachedBackTo("kraken", EurUsd, "hour"));
        Assert.Null(backfill.ReachedBackTo("kraken", EurUsd, "day"));
        Assert.Null(backfill.ReachedBackTo("kraken", EurUsd.Inverse, "hour"));
        Assert.Null(backfill.ReachedBackTo("coinbase", EurUsd, "hour"));
    }

    // The European Central Bank's rates are concerted at 14:15 in Frankfurt.
    private static DailyRate Value(int day, decimal rate) => new(Day.AddDays(day), new DateTimeOffset(Day.AddDays(day), new TimeOnly(13, 15), TimeSpan.Zero), rate, "ecb");
}
