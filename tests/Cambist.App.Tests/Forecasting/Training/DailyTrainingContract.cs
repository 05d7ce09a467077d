using System.Threading.Channels;
using Cambist.App.Forecasting.Training;
using Cambist.App.Rates;
using Cambist.App.Storage;
using Cambist.App.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Training;

public sealed class SqliteDailyTrainingTests() : DailyTrainingContract(Engine.Sqlite);

public sealed class PostgresDailyTrainingTests() : DailyTrainingContract(Engine.Postgres);

/// <summary>Nights of one and of several nodes, on every engine.</summary>
public abstract class DailyTrainingContract : IDisposable
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private readonly TestDatabase database;
    private readonly Database store;
    private readonly WatchedClock clock = new(new DateTimeOffset(2026, 3, 18, 12, 0, 0, TimeSpan.Zero));
    private readonly List<DateTimeOffset> trained = [];
    private RunTraining run;

    protected DailyTrainingContract(Engine engine)
    {
        database = new TestDatabase(engine);
        store = database.Open();
        run = (_, _) =>
        {
            trained.Add(clock.GetUtcNow());
            return Task.FromResult(new TrainingOutcome("flat-1", "it went well"));
        };
    }

    public void Dispose()
    {
        store.Dispose();
        database.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_new_installation_waits_for_its_first_night_and_then_trains_once_a_night()
    {
        var node = Node();

        Assert.Equal([false, false, true, false, false, true], await Turns(node, "18T12:00", "19T01:59", "19T02:00", "19T02:01", "20T01:59", "20T02:00"));
        Assert.Equal(2, trained.Count);
        Assert.Equal("done", Jobs.Find(DailyTraining.Job)!.Value.State);
    }

    [Fact]
    public async Task Nights_that_were_slept_through_are_made_up_for_once()
    {
        await Node().TurnAsync(Stop);

        Assert.Equal([true, false, true], await Turns(Node(), "23T15:00", "23T15:01", "24T02:00"));
    }

    [Fact]
    public async Task Of_two_nodes_one_trains()
    {
        var (one, other) = (Node(), Node());
        await one.TurnAsync(Stop);
        clock.SetUtcNow(At("19T02:00"));
        var started = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        run = async (_, _) =>
        {
            started.SetResult();
            await end.Task;
            return new TrainingOutcome("flat-1", "it went well");
        };

        var training = Node().TurnAsync(Stop);
        await started.Task;
        Assert.False(await other.TurnAsync(Stop));
        end.SetResult();
        Assert.True(await training);
        Assert.False(await one.TurnAsync(Stop));
    }

    [Fact]
    public async Task A_failed_run_is_told_and_tried_again_the_next_night()
    {
        var node = Node();
        await node.TurnAsync(Stop);
        var good = run;
        run = (_, _) => throw new InvalidOperationException("The disk is full.");

        Assert.Equal([true, false], await Turns(Node(), "19T02:00", "19T02:05"));
        Assert.Equal(("failed", "The disk is full."), Jobs.Find(DailyTraining.Job) is { } job ? (job.State, job.Told) : default);
        run = good;
        Assert.Equal([false, true], await Turns(Node(), "19T20:00", "20T02:00"));
    }

    [Fact]
    public async Task A_run_that_a_shutdown_stops_goes_on_the_same_day()
    {
        await Node().TurnAsync(Stop);
        clock.SetUtcNow(At("19T02:00"));
        using var shutdown = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var good = run;
        run = async (_, cancelled) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancelled);
            throw new InvalidOperationException();
        };

        var stopped = Node().TurnAsync(shutdown.Token);
        await started.Task;
        await shutdown.CancelAsync();
        await stopped;
        Assert.Equal("stopped", Jobs.Find(DailyTraining.Job)!.Value.State);

        run = good;
        Assert.Equal([true, false], await Turns(Node(), "19T02:10", "19T02:20"));
    }

    [Fact]
    public void A_killed_run_is_begun_again_when_its_lease_has_ended()
    {
        var lease = TimeSpan.FromMinutes(10);
        Jobs.Know("training", 5);

        Assert.True(Jobs.TryBegin("training", 6, "one", clock.GetUtcNow(), lease));
        clock.Advance(TimeSpan.FromMinutes(9));
        Assert.True(Jobs.TryRenew("training", "one", clock.GetUtcNow(), lease));
        clock.Advance(TimeSpan.FromMinutes(9));
        Assert.False(Jobs.TryBegin("training", 6, "two", clock.GetUtcNow(), lease));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True(Jobs.TryBegin("training", 6, "two", clock.GetUtcNow(), lease));

        Assert.False(Jobs.TryRenew("training", "one", clock.GetUtcNow(), lease));
        Jobs.End("training", "one", clock.GetUtcNow(), "done", "too late");
        Assert.Equal("running", Jobs.Find("training")!.Value.State);
    }

    [Fact]
    public async Task A_node_that_cannot_renew_its_lease_gives_up_when_it_ends()
    {
        await Node().TurnAsync(Stop);
        clock.SetUtcNow(At("19T02:00"));
        var (started, stopped) = (new TaskCompletionSource(), new TaskCompletionSource());
        run = async (_, cancelled) =>
        {
            using var told = cancelled.Register(stopped.SetResult);
            started.SetResult();
            await stopped.Task;
            throw new OperationCanceledException(cancelled);
        };
        var training = Node().TurnAsync(Stop);
        await started.Task;
        Execute("ALTER TABLE daily_job RENAME TO hidden_job;");

        clock.Advance(TimeSpan.FromMinutes(9.9));
        Assert.False(stopped.Task.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(0.1));

        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        Assert.False(await training); // How it ended could not be written.
        Execute("ALTER TABLE hidden_job RENAME TO daily_job;");
    }

    [Fact]
    public async Task A_lease_that_was_renewed_lasts_on()
    {
        await Node().TurnAsync(Stop);
        clock.SetUtcNow(At("19T02:00"));
        var (started, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        var cancelled = CancellationToken.None;
        run = async (_, token) =>
        {
            cancelled = token;
            started.SetResult();
            await end.Task;
            return new TrainingOutcome("flat-1", "it went well");
        };
        var training = Node().TurnAsync(Stop);
        await started.Task;

        await clock.TimersAsync(2, Stop); // The lease's end, and when it is renewed next.
        for (var renewals = 0; renewals < 12; renewals++)
        {
            clock.Advance(TimeSpan.FromMinutes(2.5));
            await clock.TimersAsync(1, Stop);
        }

        Assert.False(cancelled.IsCancellationRequested);
        end.SetResult();
        Assert.True(await training);
        Assert.Equal("done", Jobs.Find(DailyTraining.Job)!.Value.State);
    }

    [Fact]
    public async Task The_hour_is_that_of_the_configured_zone()
    {
        // Berlin is an hour ahead of UTC in March.
        var node = Node(TrainingOptions.Default with { Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") });
        await node.TurnAsync(Stop);

        Assert.Equal([false, true], await Turns(node, "19T00:59", "19T01:00"));
    }

    [Theory]
    [InlineData(MarketMode.Live, null, true, true)]
    [InlineData(MarketMode.Live, null, false, false)]
    [InlineData(MarketMode.Live, false, true, false)]
    [InlineData(MarketMode.Simulated, null, true, false)]
    [InlineData(MarketMode.Replay, null, true, false)]
    [InlineData(MarketMode.Replay, true, true, true)]
    public void It_is_on_where_the_market_is_real_and_the_trainer_is_there_unless_told_otherwise(MarketMode mode, bool? told, bool hasTrainer, bool isOn) => Assert.Equal(
        isOn, new DailyTraining(Jobs, TrainingOptions.Default with { Enabled = told }, new TrainerOptions(hasTrainer ? typeof(DailyTraining).Assembly.Location : "/nowhere"), new MarketFacts(mode), clock, NullLogger<DailyTraining>.Instance, run).IsOn);

    private void Execute(string sql)
    {
        using var connection = store.Connect();
        connection.Execute(sql);
    }

    private DailyJobStore Jobs => new(store);

    private DailyTraining Node(TrainingOptions? options = null) =>
        new(Jobs, options ?? TrainingOptions.Default, new TrainerOptions(typeof(DailyTraining).Assembly.Location), new MarketFacts(MarketMode.Live), clock, NullLogger<DailyTraining>.Instance, (progress, cancelled) => run(progress, cancelled));

    private async Task<List<bool>> Turns(DailyTraining node, params string[] instants)
    {
        var trained = new List<bool>();
        foreach (var instant in instants)
        {
            clock.SetUtcNow(At(instant));
            trained.Add(await node.TurnAsync(Stop));
        }

        return trained;
    }

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse($"2026-03-{instant}:00Z", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Tells when somebody waits for it.</summary>
    private sealed class WatchedClock(DateTimeOffset start) : FakeTimeProvider(start)
    {
        private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _timers.Writer.TryWrite(dueTime);
            return timer;
        }

        public async Task TimersAsync(int count, CancellationToken cancellationToken)
        {
            for (; count > 0; count--)
            {
                await _timers.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
            }
        }
    }
}
