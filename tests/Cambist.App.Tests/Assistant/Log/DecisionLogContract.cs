using Cambist.App.Assistant.Log;
using Cambist.App.Audit;
using Cambist.App.Quotes;
using Cambist.App.Storage;
using Cambist.App.Tests.Storage;
using Cambist.Domain.Quotes;
using Xunit;

namespace Cambist.App.Tests.Assistant.Log;

public sealed class SqliteDecisionLogTests() : DecisionLogContract(Engine.Sqlite);

public sealed class PostgresDecisionLogTests() : DecisionLogContract(Engine.Postgres);

/// <summary>What the decision log does on every engine.</summary>
public abstract class DecisionLogContract : IDisposable
{
    private readonly TestDatabase _database;
    private readonly Database _store;
    private readonly DecisionLog _log;

    protected DecisionLogContract(Engine engine)
    {
        _database = new TestDatabase(engine);
        _store = _database.Open();
        _log = new DecisionLog(_store);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _store.Dispose();
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void An_empty_log_is_whole() => Assert.Equal((0, null), (Verified().Head.Number, Verified().Fault));

    [Fact]
    public void Every_entry_is_decided_again_from_its_facts_alone_byte_for_byte()
    {
        _log.Append(GivenAdvices.Some(200));
        _log.Append([GivenAdvices.One(200, change: facts => facts with { Forecast = null, ForecastMissing = "nothing is recorded" }), GivenAdvices.One(201, change: facts => facts with { UsdPerBase = null })]);

        var replayed = new DecisionReplay(new DecisionLog(_store)).Run(after: 0, most: 1_000).ToList();

        Assert.Equal(Enumerable.Range(1, 202).Select(number => (long)number), replayed.Select(one => one.Number));
        Assert.All(replayed, one => Assert.True(one.IsSame, $"{one.Number}: {one.Difference}"));
        Assert.Equal((202, null), (Verified().Head.Number, Verified().Fault));
    }

    [Fact]
    public void An_entry_whose_answer_would_be_another_one_is_told()
    {
        var (given, other) = (GivenAdvices.One(1), GivenAdvices.One(7));
        _log.Append([given with { Json = [.. given.Json, (byte)' '] }, given with { Json = other.Json, Advice = other.Advice with { Recommendation = "PERHAPS" } }, given with { Forecast = given.Forecast! with { Asked = [] } }, given]);

        var replayed = new DecisionReplay(_log).Run(after: 0, most: 10).ToList();

        Assert.Equal([false, false, false, true], replayed.Select(one => one.IsSame));
        Assert.StartsWith("The verdict is the same", replayed[0].Difference, StringComparison.Ordinal);
        Assert.StartsWith("The advice was PERHAPS with ", replayed[1].Difference, StringComparison.Ordinal);
        Assert.StartsWith("The rules ask for something else", replayed[2].Difference, StringComparison.Ordinal);
        Assert.Equal(DecisionFacts.ThisVersion, replayed[3].DecidedBy);
    }

    [Theory]
    [InlineData("UPDATE decision_entry SET answer = document WHERE number = 1;")]
    [InlineData("DELETE FROM decision_entry WHERE number = 2;")]
    [InlineData("UPDATE decision_document SET content = digest;")]
    [InlineData("DELETE FROM decision_document;")]
    public void The_database_itself_refuses_to_rewrite_it(string sql)
    {
        _log.Append(GivenAdvices.Some(2));

        Assert.ThrowsAny<System.Data.Common.DbException>(() => Run(sql));
        Assert.Null(Verified().Fault);
    }

    [Theory]
    [InlineData("UPDATE decision_entry SET answer = document WHERE number = 3;", 2, "The log's entry 3 is not what was written")]
    [InlineData("DELETE FROM decision_entry WHERE number = 3;", 2, "After entry 2 comes entry 4")]
    [InlineData("UPDATE decision_entry SET hash = (SELECT hash FROM decision_entry WHERE number = 1) WHERE number = 5;", 4, "The log's entry 5 is not what was written")]
    [InlineData("DELETE FROM decision_document WHERE digest = (SELECT document FROM decision_entry WHERE number = 4);", 3, "The facts of entry 4 were taken out")]
    [InlineData("UPDATE decision_document SET content = (SELECT content FROM decision_document WHERE digest = (SELECT document FROM decision_entry WHERE number = 1)) WHERE digest = (SELECT document FROM decision_entry WHERE number = 2);", 1, "The facts of entry 2 are not what was written")]
    public void What_somebody_with_the_keys_of_the_database_changed_shows(string sql, long rightUpTo, string fault)
    {
        _log.Append(GivenAdvices.Some(5));
        WithoutGuards(sql);

        var verdict = Verified();

        Assert.Equal(rightUpTo, verdict.Head.Number);
        Assert.StartsWith(fault, verdict.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void One_flipped_bit_anywhere_shows()
    {
        _log.Append(GivenAdvices.Some(3));
        foreach (var (table, column, key) in new[] { ("decision_entry", "document", "number"), ("decision_entry", "answer", "number"), ("decision_entry", "hash", "number"), ("decision_document", "content", "digest") })
        {
            var rows = Column(table, column, key);
            foreach (var row in rows)
            {
                var place = row.Value.Length / 2;
                Assert.NotNull(FaultWith(table, column, key, row, place));
            }
        }

        Assert.Null(Verified().Fault);
    }

    [Fact]
    public void That_its_end_was_cut_off_shows_to_whoever_remembers_how_far_it_went()
    {
        _log.Append(GivenAdvices.Some(5));
        var remembered = Verified().Head;
        WithoutGuards("DELETE FROM decision_entry WHERE number > 3;");

        Assert.Null(Verified().Fault);
        Assert.StartsWith("The log ends with entry 3, and it went to entry 5", Verified(remembered).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_writers_of_several_nodes_make_one_chain()
    {
        using var other = _database.Open();
        var logs = new[] { _log, new DecisionLog(other) };

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(
            () =>
            {
                for (var i = 0; i < 5; i++)
                {
                    logs[writer % 2].Append(GivenAdvices.Some(3, from: 100 * writer + 3 * i));
                }
            },
            Stop)));

        Assert.Equal((8 * 5 * 3, null), (Verified().Head.Number, Verified().Fault));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Advice_whose_commit_was_not_answered_is_there_once_when_it_is_given_again(bool happened)
    {
        var log = new DecisionLog(new UnansweredDatabase(_store) { NextHappens = happened });
        var given = GivenAdvices.Some(3);

        Assert.Throws<TimeoutException>(() => log.Append(given));
        _log.Append(GivenAdvices.Some(1, from: 50));
        log.Append(given);
        log.Append(given); // Given once more after that it is another one.

        Assert.Equal((7, null), (Verified().Head.Number, Verified().Fault));
    }

    [Fact]
    public void A_list_of_providers_with_quotes_is_not_remembered_and_written_wherever_it_is_missing()
    {
        var panel = new ProviderPanel([.. FeeSchedules.All.SkipLast(1), FeeSchedules.All[^1] with { Name = "quoted" }]);
        _log.Append([GivenAdvices.One(1, panel)]);
        WithoutGuards("DELETE FROM decision_document WHERE digest = @digest;", ("digest", PanelDocument.Of(panel).Panel.Digest));

        _log.Append([GivenAdvices.One(2, panel)]);

        Assert.All(new DecisionReplay(_log).Run(after: 0, most: 10), replayed => Assert.True(replayed.IsSame, replayed.Difference));
    }

    [Fact]
    public void However_many_lists_of_providers_there_are_a_flipped_bit_in_the_last_one_shows()
    {
        _log.Append(GivenAdvices.Some(1));
        var documents = Enumerable.Range(0, 2_500).Select(number => LogDocument.Of(BitConverter.GetBytes(number))).OrderBy(document => Convert.ToHexString(document.Digest), StringComparer.Ordinal).ToList();
        using (var connection = _store.Connect())
        {
            using var transaction = connection.BeginTransaction();
            foreach (var document in documents)
            {
                connection.Execute("INSERT INTO decision_document (digest, shared, content) VALUES (@digest, 1, @content);", ("digest", document.Digest), ("content", document.Content));
            }

            transaction.Commit();
        }

        Assert.Null(Verified().Fault);
        WithoutGuards("UPDATE decision_document SET content = @other WHERE digest = @digest;", ("other", documents[0].Content), ("digest", documents[^1].Digest));
        Assert.StartsWith($"A list of providers, {Convert.ToHexStringLower(documents[^1].Digest)}", Verified().Fault, StringComparison.Ordinal);
    }

    private ChainVerdict Verified(ChainHead? remembered = null) => _log.Verify(remembered, Stop);

    private string? FaultWith(string table, string column, string key, (object Key, byte[] Value) row, int place)
    {
        var flipped = (byte[])row.Value.Clone();
        flipped[place] ^= 1;
        WithoutGuards($"UPDATE {table} SET {column} = @value WHERE {key} = @key;", ("value", flipped), ("key", row.Key));
        var fault = Verified().Fault;
        WithoutGuards($"UPDATE {table} SET {column} = @value WHERE {key} = @key;", ("value", row.Value), ("key", row.Key));
        return fault;
    }

    private IReadOnlyList<(object Key, byte[] Value)> Column(string table, string column, string key)
    {
        using var connection = _store.Connect();
        return connection.Rows($"SELECT {key}, {column} FROM {table};", row => (row.GetValue(0), (byte[])row.GetValue(1)));
    }

    private void Run(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var connection = _store.Connect();
        connection.Execute(sql, parameters);
    }

    // Whoever may change the schema can take the guards away, and put them back.
    private void WithoutGuards(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (_store is SqliteStore)
        {
            using var connection = _store.Connect();
            var guards = connection.Rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'decision_%';", row => (Name: row.GetString(0), Sql: row.GetString(1)));
            foreach (var guard in guards)
            {
                connection.Execute($"DROP TRIGGER {guard.Name};");
            }

            connection.Execute(sql, parameters);
            foreach (var guard in guards)
            {
                connection.Execute(guard.Sql);
            }
        }
        else
        {
            Run("ALTER TABLE decision_entry DISABLE TRIGGER USER;");
            Run("ALTER TABLE decision_document DISABLE TRIGGER USER;");
            Run(sql, parameters);
            Run("ALTER TABLE decision_entry ENABLE TRIGGER USER;");
            Run("ALTER TABLE decision_document ENABLE TRIGGER USER;");
        }
    }
}
