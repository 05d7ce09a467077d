using System.Globalization;
using Cambist.App.Rates.Ticks;
using Cambist.App.Rates;
using Cambist.App.Storage;
using Cambist.Domain.Currencies;
using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Storage;

/// <summary>A process that is killed while it appends has lost nothing of what it was told is stored.</summary>
public sealed class KilledWriterTests
{
    private const int Batch = 100;

    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EURUSD");

    [Fact]
    public async Task Nothing_acknowledged_is_lost_on_SQLite()
    {
        using var folder = new TemporaryFolder();

        await KillAndCountAsync("sqlite", folder.Path, () => SqliteStore.Open(folder.Path));
    }

    [Fact]
    public async Task Nothing_acknowledged_is_lost_on_PostgreSQL()
    {
        using var database = PostgresDatabase.Create(RealComponents.Postgres);

        await KillAndCountAsync("postgres", database.ConnectionString, () =>
        {
            database.WaitUntilLeft();
            return PostgresStore.Open(database.ConnectionString);
        });
    }

    private static async Task KillAndCountAsync(string engine, string place, Func<Database> open)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs SIGKILL: this system has no signals");
        await using var writer = CommandLine.StartProgram("Cambist.TickWriter", engine, place);
        await writer.SaysAsync("acknowledged 2000");

        await writer.SignalAsync("KILL");
        var killed = await writer.EndAsync();

        var acknowledged = killed.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => int.Parse(line["acknowledged ".Length..], CultureInfo.InvariantCulture)).Max();
        using var store = open();
        var ticks = new TickStore(store);
        var kept = ticks.Read(EurUsd, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, int.MaxValue).Count;
        var refused = ticks.Refusals(DateTimeOffset.MinValue, int.MaxValue).Count;
        var counted = ticks.Counts(DateTimeOffset.MinValue).ToDictionary(count => count.Verdict, count => (int)count.Count);

        // The batch that was under way is there whole or not at all.
        Assert.InRange(kept, acknowledged, acknowledged + Batch);
        Assert.Equal((0, kept / Batch), (kept % Batch, refused));
        Assert.Equal((kept, refused), (counted["accepted"], counted["rejected"]));
    }
}
