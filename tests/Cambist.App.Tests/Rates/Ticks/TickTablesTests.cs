using Cambist.App.Rates.History;
using Cambist.App.Rates.Ticks;
using Cambist.App.Rates;
using Cambist.App.Storage;
using Cambist.App.Tests.Storage;
using Cambist.Domain.Currencies;
using Npgsql;
using Xunit;

namespace Cambist.App.Tests.Rates.Ticks;

/// <summary>What PostgreSQL and TimescaleDB have of their own beneath the contract: partitions, chunks, compression.</summary>
public sealed class TickTablesTests
{
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");
    private static readonly DateTimeOffset Monday = new(2026, 3, 16, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_month_that_is_over_goes_with_its_partition()
    {
        using var database = new TestDatabase(Engine.Postgres);
        using var store = database.Open();
        var ticks = new TickStore(store);
        ticks.Append([At(Monday.AddMonths(-1)), At(Monday.AddMonths(-1).AddDays(1)), At(Monday)], []);
        Assert.Equal("tick_2026_02,tick_2026_03", Partitions());

        Assert.Equal(2, ticks.Trim(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), Monday));

        Assert.Equal("tick_2026_03", Partitions());

        object? Partitions() => Scalar(store, "SELECT string_agg(inhrelid::regclass::text, ',' ORDER BY inhrelid::regclass::text) FROM pg_inherits WHERE inhparent = 'tick'::regclass;");
    }

    [Fact]
    public void Compressed_days_are_still_read_written_rolled_up_and_dropped()
    {
        using var database = new TestDatabase(Engine.Timescale);
        using var store = database.Open();
        var ticks = new TickStore(store);
        ticks.Append([.. Enumerable.Range(0, 120).Select(minute => At(Monday.AddMinutes(minute)))], []);
        ticks.Append([At(Monday.AddDays(1))], []);
        ticks.RollUp(Monday, Monday.AddHours(2));
        Assert.Equal(2L, Compressed(store));

        ticks.Append([At(Monday.AddMinutes(90)) with { Consensus = 3m }], []);

        Assert.Equal(122, ticks.Read(EurUsd, Monday, Monday.AddDays(2), 1000).Count);
        Assert.Equal(1, ticks.RollUp(Monday, Monday.AddHours(2)));
        Assert.Equal(3m, new BarStore(store).LastClosedBy(EurUsd, Monday.AddHours(2))?.High);
        Assert.Equal(121, ticks.Trim(Monday.AddDays(1), Monday));
        Assert.Equal(1L, Scalar(store, "SELECT count(*) FROM show_chunks('tick');"));
    }

    [Fact]
    public void Old_days_are_compressed_and_hours_kept_ready_by_jobs_of_the_server()
    {
        using var database = new TestDatabase(Engine.Timescale);
        using var store = database.Open();

        Assert.Equal(
            "policy_compression,policy_refresh_continuous_aggregate",
            Scalar(store, "SELECT string_agg(proc_name, ',' ORDER BY proc_name) FROM timescaledb_information.jobs WHERE hypertable_name IS NOT NULL;"));
    }

    private static Tick At(DateTimeOffset at) => new(EurUsd, at, at, 1m, 1m, "kraken", 1m);

    // The days are old, so a job of the server may be at them at the same moment; what it has done is then done.
    private static object? Compressed(Database store)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Scalar(store, "SELECT count(compress_chunk(chunk, if_not_compressed => true)) FROM show_chunks('tick') AS chunk;");
            }
            catch (PostgresException fault) when (fault.SqlState is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.DeadlockDetected && attempt < 10)
            {
                // Once more: the job is done, or was broken off.
            }
        }
    }

    private static object? Scalar(Database store, string sql)
    {
        using var connection = store.Connect();
        return connection.Scalar(sql);
    }
}
