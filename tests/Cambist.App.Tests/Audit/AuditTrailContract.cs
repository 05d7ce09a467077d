using System.Text.Json.Nodes;
using Cambist.App.Accounts;
using Cambist.App.Audit;
using Cambist.App.Storage;
using Cambist.App.Tests.Storage;
using Xunit;

namespace Cambist.App.Tests.Audit;

public sealed class SqliteAuditTrailTests() : AuditTrailContract(Engine.Sqlite);

public sealed class PostgresAuditTrailTests() : AuditTrailContract(Engine.Postgres);

/// <summary>What the trail does on every engine.</summary>
public abstract class AuditTrailContract : IDisposable
{
    private static readonly DateTimeOffset Noon = new DateTimeOffset(2026, 3, 18, 12, 0, 0, TimeSpan.Zero).AddTicks(1_234_567);

    private readonly TestDatabase _database;
    private readonly Database _store;
    private readonly AuditTrail _trail;

    protected AuditTrailContract(Engine engine)
    {
        _database = new TestDatabase(engine);
        _store = _database.Open();
        _trail = new AuditTrail(_store);
    }

    public void Dispose()
    {
        _store.Dispose();
        _database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void An_empty_trail_is_whole() => Assert.Equal((0, null), (Verified().Head.Number, Verified().Fault));

    [Fact]
    public void What_was_added_is_read_in_order_to_the_microsecond_and_is_whole()
    {
        _trail.Append(Noon, "model.promoted", "operator", "flat-1", new JsonObject { ["reason"] = "schöner\u0000 'Grund'\n" });
        _trail.Append(Noon.AddSeconds(-5), "login.refused", "anonymous", subject: null);

        var events = _trail.Read(0, 10);

        Assert.Equal([1, 2], events.Select(one => one.Number));
        Assert.Equal((Noon.AddTicks(-7), "model.promoted", "operator", "flat-1"), (events[0].At, events[0].Kind, events[0].Actor, events[0].Subject));
        Assert.Equal("schöner\u0000 'Grund'\n", JsonNode.Parse(events[0].Details)!["reason"]!.GetValue<string>());
        Assert.Equal(("{}", null), (events[1].Details, events[1].Subject));
        Assert.Equal(["login.refused", "model.promoted"], _trail.Last(5).Select(one => one.Kind));
        Assert.Equal((2, null), (Verified().Head.Number, Verified().Fault));
    }

    [Theory]
    [InlineData("UPDATE audit_event SET actor = 'admin' WHERE number = 1;")]
    [InlineData("DELETE FROM audit_event WHERE number = 2;")]
    public void The_database_itself_refuses_to_rewrite_it(string sql)
    {
        Fill(2);

        Assert.ThrowsAny<System.Data.Common.DbException>(() => Run(sql));
        Assert.Null(Verified().Fault);
    }

    [Theory]
    [InlineData("UPDATE audit_event SET actor = 'admin' WHERE number = 3;", 2, "The trail's event 3 is not what was written")]
    [InlineData("UPDATE audit_event SET details = '{\"n\":33}' WHERE number = 3;", 2, "The trail's event 3 ")]
    [InlineData("UPDATE audit_event SET subject = '' WHERE number = 4;", 3, "The trail's event 4 ")]
    [InlineData("DELETE FROM audit_event WHERE number = 3;", 2, "After event 2 comes event 4")]
    [InlineData("DELETE FROM audit_event WHERE number = 1;", 0, "After event 0 comes event 2")]
    [InlineData("UPDATE audit_event SET hash = (SELECT hash FROM audit_event WHERE number = 1) WHERE number = 5;", 4, "The trail's event 5 ")]
    public void What_somebody_with_the_keys_of_the_database_changed_shows(string sql, long rightUpTo, string fault)
    {
        Fill(5);
        WithoutGuards(sql);

        var verdict = Verified();

        Assert.Equal(rightUpTo, verdict.Head.Number);
        Assert.StartsWith(fault, verdict.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void That_its_end_was_cut_off_or_it_was_written_anew_shows_to_whoever_remembers_how_far_it_went()
    {
        Fill(5);
        var remembered = Verified().Head;
        Assert.Null(Verified(remembered).Fault);

        WithoutGuards("DELETE FROM audit_event WHERE number > 3;");
        Assert.Null(Verified().Fault);
        Assert.StartsWith("The trail ends with event 3, and it went to event 5", Verified(remembered).Fault, StringComparison.Ordinal);

        _trail.Append(Noon, "another", "program", null);
        _trail.Append(Noon, "another", "program", null);
        Assert.StartsWith("The trail's event 5 has another hash than was remembered", Verified(remembered).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_done_to_somebody_and_by_somebody_is_found_once_and_in_order()
    {
        _trail.Append(Noon, "by", "ann", "another");
        _trail.Append(Noon, "to", "operator", "ann");
        _trail.Append(Noon, "of others", "operator", "another");
        _trail.Append(Noon, "both", "ann", "ann");
        _trail.Append(Noon, "both", "ann", "ann");

        var own = new AuditRecords(_store).Export("ann").AsArray();

        Assert.Equal(["by", "to", "both", "both"], own.Select(one => one!["kind"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Many_writers_of_several_nodes_make_one_chain()
    {
        using var other = _database.Open();
        var trails = new[] { _trail, new AuditTrail(other) };

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => trails[i % 2].Append(Noon, $"event.{i}", "program", $"{i}"))));

        Assert.Equal((40, null), (Verified().Head.Number, Verified().Fault));
        Assert.Equal(40, _trail.Read(0, 100).Select(one => one.Subject).Distinct().Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Events_whose_commit_was_not_answered_are_there_once_when_they_are_given_again(bool happened)
    {
        var database = new UnansweredDatabase(_store) { NextHappens = happened };
        var trail = new AuditTrail(database);
        IReadOnlyList<AuditEntry> events = [new(Noon, "first", "program", null, "{}"), new(Noon, "second", "program", null, "{}")];

        Assert.Throws<TimeoutException>(() => trail.Append(events));
        _trail.Append(Noon, "of another node", "program", null);
        trail.Append(events);

        Assert.Equal(["first", "of another node", "second"], _trail.Read(0, 10).Select(one => one.Kind).Order(StringComparer.Ordinal));
        Assert.Equal((3, null), (Verified().Head.Number, Verified().Fault));
    }

    private ChainVerdict Verified(ChainHead? remembered = null) => _trail.Verify(remembered, TestContext.Current.CancellationToken);

    private void Fill(int events)
    {
        for (var i = 1; i <= events; i++)
        {
            _trail.Append(Noon.AddMinutes(i), $"event.{i}", "program", i == 4 ? null : $"{i}", new JsonObject { ["n"] = i });
        }
    }

    private void WithoutGuards(string sql)
    {
        var isSqlite = _store is SqliteStore;
        foreach (var guard in isSqlite ? ["audit_event_is_not_changed", "audit_event_is_not_deleted"] : new[] { "audit_event_is_kept" })
        {
            Run($"DROP TRIGGER {guard}{(isSqlite ? "" : " ON audit_event")};");
        }

        Run(sql);
    }

    private void Run(string sql)
    {
        using var connection = _store.Connect();
        connection.Execute(sql);
    }
}
