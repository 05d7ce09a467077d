using Cambist.App.Analytics;
using Cambist.App.Storage;
using Cambist.App.Tests.Storage;
using Cambist.Client;
using Xunit;

namespace Cambist.App.Tests.Analytics;

public sealed class SqliteAdviceReplayStoreTests() : AdviceReplayStoreContract(Engine.Sqlite);

public sealed class PostgresAdviceReplayStoreTests() : AdviceReplayStoreContract(Engine.Postgres);

/// <summary>What keeps replays of the advice, on both engines.</summary>
public abstract class AdviceReplayStoreContract : IDisposable
{
    private readonly TestDatabase _database;
    private readonly Database _store;

    protected AdviceReplayStoreContract(Engine engine)
    {
        _database = new TestDatabase(engine);
        _store = _database.Open();
    }

    [Fact]
    public void The_newest_replay_is_told_as_it_was_kept_by_whichever_process()
    {
        var (one, other) = (new AdviceReplayStore(_store), new AdviceReplayStore(_store));
        Assert.Null(one.Newest());

        foreach (var goals in Enumerable.Range(1, 8))
        {
            other.Keep(Kept(goals));
            Assert.Equal(Kept(goals).ToString(), (one.Newest()! with { Rows = Kept(0).Rows, Months = Kept(0).Months }).ToString());
        }

        Assert.Equal("at_once", one.Newest()!.Rows[0].Against[0].Strategy);
        using var connection = _store.Connect();
        Assert.Equal(5L, Convert.ToInt64(connection.Scalar("SELECT count(*) FROM advice_replay;"), System.Globalization.CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        _store.Dispose();
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    private static readonly AdviceScore[] Rows =
    [
        new("EURUSD", null, new MoneyValue(1000m, "USD"), 7, "moderate", null, 3, 0.25, 12.5, [new AdviceComparison("at_once", 3, 1.5, null, null, 0.15, null, null, 0.5, 0.25)], new ConfidenceRecord(0, null, null, null, null, null, null, null, "too_few", [])),
    ];

    private static ReplayedAdvice Kept(int goals) => new(
        true, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), 24, "baseline", new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), goals, 0, 0, 0, goals, 0, 0, Rows, Rows);
}
