using Cambist.App.Rates.History;
using Cambist.App.Rates;
using Cambist.App.Storage;
using Cambist.App.Tests.Storage;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using CsCheck;
using Xunit;

namespace Cambist.App.Tests.Rates.History;

public sealed class SqliteBarStoreTests() : BarStoreContract(Engine.Sqlite);

public sealed class PostgresBarStoreTests() : BarStoreContract(Engine.Postgres);

public sealed class TimescaleBarStoreTests() : BarStoreContract(Engine.Timescale);

/// <summary>What a store of hourly bars does on every engine.</summary>
public abstract class BarStoreContract : IDisposable
{
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");
    private static readonly DateTimeOffset Monday = new(2020, 1, 6, 0, 0, 0, TimeSpan.Zero);

    private readonly TestDatabase database;
    private readonly Database store;
    private readonly BarStore bars;

    protected BarStoreContract(Engine engine)
    {
        database = new TestDatabase(engine);
        store = database.Open();
        bars = new BarStore(store);
    }

    public void Dispose()
    {
        store.Dispose();
        database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void What_was_written_is_read_back()
    {
        HourlyBar[] written = [new(Monday, 1.1m, 1.3m, 1.05m, 1.2m, 117.16m, 0.0002m, "Q"), new(Monday.AddHours(1), 1.2m, 1.2m, 1.2m, 1.2m, null, null, "P")];

        bars.Upsert(EurUsd, written);

        Assert.Equal(written, bars.Read(EurUsd, Monday, Monday.AddDays(1)));
    }

    [Fact]
    public void Bars_are_counted_as_inserted_changed_and_unchanged()
    {
        Assert.Equal(new UpsertCounts(3, 0, 0), bars.Upsert(EurUsd, [Bar(0, 1.1m), Bar(1, 1.2m), Bar(2, 1.3m)]));
        Assert.Equal(new UpsertCounts(1, 1, 2), bars.Upsert(EurUsd, [Bar(0, 1.1m), Bar(1, 1.25m), Bar(2, 1.3m), Bar(3, 1.4m)]));

        Assert.Equal([1.1m, 1.25m, 1.3m, 1.4m], bars.Read(EurUsd, Monday, Monday.AddDays(1)).Select(bar => bar.Close));
    }

    [Fact]
    public void An_hour_that_comes_twice_in_a_batch_keeps_what_came_last()
    {
        Assert.Equal(new UpsertCounts(2, 1, 1), bars.Upsert(EurUsd, [Bar(0, 1.1m), Bar(1, 1.2m), Bar(0, 1.3m), Bar(0, 1.3m)]));

        Assert.Equal([1.3m, 1.2m], bars.Read(EurUsd, Monday, Monday.AddDays(1)).Select(bar => bar.Close));
    }

    [Fact]
    public void Filling_gaps_leaves_the_hours_that_are_there()
    {
        bars.Upsert(EurUsd, [Bar(0, 1.1m), Bar(2, 1.3m)]);

        Assert.Equal(2, bars.FillGaps(EurUsd, [Bar(0, 9m), Bar(1, 1.2m), Bar(2, 9m), Bar(3, 1.4m), Bar(3, 9m)]));

        Assert.Equal([1.1m, 1.2m, 1.3m, 1.4m], bars.Read(EurUsd, Monday, Monday.AddDays(1)).Select(bar => bar.Close));
    }

    [Fact]
    public void Many_may_write_the_same_hours_at_once()
    {
        var written = Enumerable.Range(0, 200).Select(hour => Bar(hour, 1.1m)).ToArray();
        var counts = new UpsertCounts[4];

        Parallel.For(0, counts.Length, writer => counts[writer] = bars.Upsert(EurUsd, written));

        Assert.Equal((200, 0, 600), (counts.Sum(count => count.Inserted), counts.Sum(count => count.Changed), counts.Sum(count => count.Unchanged)));
        Assert.Equal(200, bars.Pairs()[0].Bars);
    }

    [Fact]
    public void A_volume_or_spread_that_becomes_known_is_a_change()
    {
        bars.Upsert(EurUsd, [Bar(0, 1.1m)]);

        Assert.Equal(new UpsertCounts(0, 1, 0), bars.Upsert(EurUsd, [Bar(0, 1.1m) with { Volume = 5m }]));
        Assert.Equal(new UpsertCounts(0, 1, 0), bars.Upsert(EurUsd, [Bar(0, 1.1m) with { Volume = 5m, Spread = 0m }]));
        Assert.Equal(new UpsertCounts(0, 0, 1), bars.Upsert(EurUsd, [Bar(0, 1.1m) with { Volume = 5m, Spread = 0m }]));
    }

    [Fact]
    public void A_batch_with_a_faulty_bar_leaves_nothing_behind()
    {
        var fault = Assert.Throws<ArgumentException>(() => bars.Upsert(EurUsd, [Bar(0, 1.1m), Bar(1, -1m)]));

        Assert.Contains("prices are above zero", fault.Message, StringComparison.Ordinal);
        Assert.Empty(bars.Pairs());
    }

    [Theory]
    [InlineData("1.123456789012345")]
    [InlineData("123456789012345.6")]
    [InlineData("79228162514264337593543950335")]
    public void A_price_of_more_than_15_significant_digits_is_refused(string text)
    {
        var price = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

        var fault = Assert.Throws<ArgumentException>(() => bars.Upsert(EurUsd, [Bar(0, price)]));

        Assert.Contains("at most 15 significant digits", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_decimal_of_15_digits_comes_back_unchanged() =>
        Gen.Select(Gen.Long[1, 999_999_999_999_999], Gen.Int[0, 27], Gen.Long[0, 999_999_999_999_999], Gen.Int[0, 27]).Sample((price, scale, volume, volumeScale) =>
        {
            var bar = Bar(0, new decimal((int)price, (int)(price >> 32), 0, false, (byte)scale)) with { Volume = new decimal((int)volume, (int)(volume >> 32), 0, false, (byte)volumeScale) };
            Assert.True(ExactReal.Holds(bar.Close));
            Assert.Equal(bar.Close, ExactReal.ToDecimal((double)bar.Close));
            Assert.Equal(bar.Volume, ExactReal.ToDecimal((double)bar.Volume!.Value));
        }, iter: 100_000);

    [Fact]
    public void Random_bars_come_back_unchanged_from_the_database() =>
        Gen.Select(Gen.Long[1, 999_999_999_999_999], Gen.Int[0, 14]).Array[1, 50].Sample(prices =>
        {
            var written = prices.Select((price, hour) => Bar(hour, new decimal((int)price.Item1, (int)(price.Item1 >> 32), 0, false, (byte)price.Item2))).ToArray();
            bars.Upsert(EurUsd, written);
            Assert.Equal(written, bars.Read(EurUsd, Monday, Monday.AddHours(written.Length)));
        }, iter: 50, threads: 1);

    [Fact]
    public void Nothing_that_ends_after_the_bound_is_ever_returned()
    {
        bars.Upsert(EurUsd, Enumerable.Range(0, 48).Select(hour => Bar(hour, 1m + hour)));

        Gen.Select(Gen.Int[-60, 49 * 60], Gen.Int[-60, 49 * 60]).Sample((fromMinute, toMinute) =>
        {
            var (from, to) = (Monday.AddMinutes(fromMinute), Monday.AddMinutes(toMinute));
            var expected = Enumerable.Range(0, 48).Where(hour => Monday.AddHours(hour) >= from && Monday.AddHours(hour + 1) <= to).Select(hour => 1m + hour).ToArray();

            Assert.Equal(expected, bars.Read(EurUsd, from, to).Select(bar => bar.Close));

            var closes = bars.ReadCloses(EurUsd, from, to);
            Assert.Equal(expected.Select(close => (double)close), closes.Closes.ToArray());
            Assert.All(closes.CloseHours.ToArray(), hour => Assert.True(DateTimeOffset.UnixEpoch.AddHours(hour) <= to));

            var last = bars.LastClosedBy(EurUsd, to);
            Assert.True(last is null ? to < Monday.AddHours(1) : last.Value.CloseTime <= to && (last.Value.CloseTime.AddHours(1) > to || last.Value.Close == 48m));
        }, iter: 300, threads: 1);
    }

    [Fact]
    public void Closes_carry_the_hour_in_which_they_became_known()
    {
        bars.Upsert(EurUsd, [Bar(0, 1.1m), Bar(5, 1.2m)]);

        var closes = bars.ReadCloses(EurUsd, Monday, Monday.AddDays(1));

        Assert.Equal([Monday.AddHours(1), Monday.AddHours(6)], closes.CloseHours.ToArray().Select(hour => DateTimeOffset.UnixEpoch.AddHours(hour)));
        Assert.Equal([1.1, 1.2], closes.Closes.ToArray());
    }

    [Fact]
    public void Pairs_are_kept_apart_and_listed_with_their_span()
    {
        bars.Upsert(EurUsd, [Bar(0, 1.1m), Bar(4, 1.2m)]);
        bars.Upsert(EurUsd.Inverse, [Bar(2, 0.9m)]);

        Assert.Equal(
            [new PairHistory(EurUsd, Monday, Monday.AddHours(5), 2), new PairHistory(EurUsd.Inverse, Monday.AddHours(2), Monday.AddHours(3), 1)],
            bars.Pairs());
        Assert.Equal(0.9m, bars.LastClosedBy(EurUsd.Inverse, Monday.AddDays(1))?.Close);
    }

    [Fact]
    public void A_pair_without_history_is_empty_and_no_error()
    {
        Assert.Empty(bars.Read(EurUsd, DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
        Assert.Equal(0, bars.ReadCloses(EurUsd, Monday, Monday.AddYears(1)).Count);
        Assert.Null(bars.LastClosedBy(EurUsd, Monday));
    }

    [Fact]
    public void Readers_see_the_state_before_a_transaction_until_it_is_committed()
    {
        bars.Upsert(EurUsd, [Bar(0, 1.1m)]);
        using var writer = bars.Write(EurUsd);
        writer.Add(Bar(1, 1.2m));

        Assert.Equal(1, bars.Pairs()[0].Bars);

        writer.Commit();
        Assert.Equal(2, bars.Pairs()[0].Bars);
    }

    private static HourlyBar Bar(int hour, decimal price) => new(Monday.AddHours(hour), price, price, price, price, null, null, "test");
}
