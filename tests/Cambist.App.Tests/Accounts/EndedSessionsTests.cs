using Cambist.App.Accounts;
using Cambist.App.Accounts.Tokens;
using Cambist.App.Storage;
using Cambist.App.Tests.Notifications;
using Cambist.App.Tests.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Cambist.App.Tests.Accounts;

/// <summary>What ends on another node is known here, also after the database was away.</summary>
public sealed class EndedSessionsTests : IDisposable
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestDatabase _place = new(Engine.Sqlite);
    private readonly FailingDatabase _database;
    private readonly ArmedClock _clock = new(AccountHouse.Start);

    public EndedSessionsTests() => _database = new FailingDatabase(_place.Open());

    public static TheoryData<string> Faults => FailingDatabase.Faults;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _database.Dispose();
        _place.Dispose();
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_database_that_fails_for_a_while_ends_no_watch(string fault)
    {
        using var ended = new EndedSessions(_database, AuthOptions.Read(new ConfigurationBuilder().Build()), _clock, NullLogger<EndedSessions>.Instance);
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        ended.Ended += session => seen.TrySetResult(session);
        await ended.StartAsync(Stop);
        await _clock.ArmedAsync(Turn, Stop).WaitAsync(Patience, Stop);

        _database.Refuses = FailingDatabase.Fault(fault);
        _clock.Advance(Turn);
        await _database.Refusals.ReadAsync(Stop).AsTask().WaitAsync(Patience, Stop);
        _database.Refuses = null;
        EndElsewhere("a session");
        _clock.Advance(Turn);

        Assert.Equal("a session", await seen.Task.WaitAsync(Patience, Stop));
        await ended.StopAsync(Stop);
    }

    private void EndElsewhere(string session)
    {
        using var connection = _database.Connect();
        connection.Execute(
            "INSERT INTO account_session (id, account_id, kind, created_at, authenticated_at, used_at, ended_at) VALUES (@id, 'ann', 'page', @now, @now, @now, @now);",
            ("id", session), ("now", _database.Stored(_clock.GetUtcNow())));
    }
}
