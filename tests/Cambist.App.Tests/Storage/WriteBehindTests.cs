using Cambist.App.Audit;
using Cambist.App.Storage;
using Cambist.App.Tests.Notifications;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Cambist.App.Tests.Storage;

/// <summary>What waits for the database comes into it, in order, whatever happens to it.</summary>
public sealed class WriteBehindTests : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestDatabase _place = new(Engine.Sqlite);
    private readonly FailingDatabase _database;
    private readonly ArmedClock _clock = new(Mails.Start);
    private readonly AuditTrail _trail;
    private readonly WriteBehind<AuditEntry> _queue;

    public WriteBehindTests()
    {
        _database = new FailingDatabase(_place.Open());
        _trail = new AuditTrail(_database);
        _queue = new WriteBehind<AuditEntry>(_trail.Append, "events", _clock, NullLogger<WriteBehind<AuditEntry>>.Instance);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Faults => FailingDatabase.Faults;

    public void Dispose()
    {
        _queue.Dispose();
        _database.Dispose();
        _place.Dispose();
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task While_the_database_fails_what_happened_waits_and_is_written_afterwards(string fault)
    {
        _database.Refuses = FailingDatabase.Fault(fault);
        await _queue.StartAsync(Stop);
        await AddAsync("first");
        await _clock.PassAsync(Pause, Stop).WaitAsync(Patience, Stop);

        // It was tried again after the pause, and waits once more.
        await _clock.ArmedAsync(Pause, Stop).WaitAsync(Patience, Stop);
        await AddAsync("second");
        _database.Refuses = null;
        _clock.Advance(Pause);
        await _queue.StopAsync(Stop);

        Assert.Equal(["first", "second"], _trail.Read(0, 10).Select(one => one.Kind));
    }

    [Fact]
    public async Task A_service_that_stops_while_a_batch_waits_for_another_try_writes_it_first()
    {
        _database.Refuses = FailingDatabase.Fault("database");
        await _queue.StartAsync(Stop);
        await AddAsync("first");
        await _clock.ArmedAsync(Pause, Stop).WaitAsync(Patience, Stop);
        await AddAsync("second");
        _database.Refuses = null;

        await _queue.StopAsync(Stop);

        Assert.Equal(["first", "second"], _trail.Read(0, 10).Select(one => one.Kind));
        Assert.Null(_trail.Verify(cancellationToken: Stop).Fault);
    }

    [Fact]
    public async Task A_batch_that_was_written_though_nobody_was_told_is_not_written_again_when_the_service_stops()
    {
        var unanswered = new UnansweredDatabase(_database) { NextHappens = true };
        using var queue = new WriteBehind<AuditEntry>(new AuditTrail(unanswered).Append, "events", _clock, NullLogger<WriteBehind<AuditEntry>>.Instance);
        await queue.StartAsync(Stop);
        await queue.AddAsync(new AuditEntry(Mails.Start, "first", "program", Subject: null, "{}"), Stop);
        await _clock.ArmedAsync(Pause, Stop).WaitAsync(Patience, Stop);
        await queue.AddAsync(new AuditEntry(Mails.Start, "second", "program", Subject: null, "{}"), Stop);

        await queue.StopAsync(Stop);

        Assert.Equal(["first", "second"], _trail.Read(0, 10).Select(one => one.Kind));
    }

    private ValueTask AddAsync(string kind) => _queue.AddAsync(new AuditEntry(_clock.GetUtcNow(), kind, "program", Subject: null, "{}"), Stop);
}
