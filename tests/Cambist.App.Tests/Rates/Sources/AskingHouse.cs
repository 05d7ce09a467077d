using System.Threading.Channels;
using Cambist.App.Rates;
using Cambist.App.Rates.History;
using Cambist.App.Rates.Sources;
using Cambist.App.Rates.Ticks;
using Cambist.App.Storage;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>All that is needed to ask sources, over a store that is gone afterwards and a clock that the test moves.</summary>
internal sealed class AskingHouse : IDisposable
{
    /// <summary>A Wednesday.</summary>
    public static readonly DateTimeOffset Midnight = new(2026, 3, 18, 0, 0, 0, TimeSpan.Zero);

    private readonly SqliteStore _store = SqliteStore.OpenThrowAway();

    public AskingHouse(DateTimeOffset? now = null)
    {
        Clock = new WaitingClock(now ?? Midnight.AddHours(12));
        Panels = new PanelPairs(Options);
        Quotas = new QuotaStore(_store);
        (Book, Recorder, Intake) = Fresh();
    }

    public WaitingClock Clock { get; }

    public RatesOptions Options { get; } = RatesOptions.Default;

    public PanelPairs Panels { get; }

    public QuotaStore Quotas { get; private set; }

    public SourceHealth Health { get; } = new();

    public RateBook Book { get; private set; }

    public TickRecorder Recorder { get; private set; }

    public RateIntake Intake { get; private set; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    public static SourceProfile Profile(string id = "a") => new()
    {
        Id = id,
        Name = id,
        Kind = RateKind.Live,
        Cadence = TimeSpan.FromSeconds(1),
        FreshFor = TimeSpan.FromMinutes(5),
    };

    public static KnownSource Known(SourceProfile profile, int? quota = null) => new(profile, new RateSourceOptions { QuotaPerDay = quota, Gap = TimeSpan.Zero }, null);

    /// <summary>Forgets what a process remembers, and keeps the store.</summary>
    public void Restart()
    {
        Quotas = new QuotaStore(_store);
        (Book, Recorder, Intake) = Fresh();
    }

    public AskPlan Plan(KnownSource known) => new(known, Panels, Options, Book);

    public SourceRunner Runner(IRateSource source, KnownSource? known = null, ILogger? log = null)
    {
        known ??= Known(source.Profile);
        return new SourceRunner(source, known, Plan(known), Quotas, Health, Clock, log ?? NullLogger.Instance);
    }

    public Collector Collector(params IRateSource[] sources) => new(
        sources, new SourceRoster(sources.Select(source => Known(source.Profile))), Panels, Options, Book, Intake, Quotas, Health, new FirstRound(), Clock, NullLogger<Collector>.Instance);

    /// <summary>A good answer about the first of the wanted pairs.</summary>
    public RateSheet Sheet(SourceProfile profile, IReadOnlyList<CurrencyPair> wanted, decimal? mid = null)
    {
        var sheet = new RateSheet(profile, wanted, Now);
        sheet.Mid("EUR", "USD", (mid ?? 1.08m + (decimal)(Now - Midnight).TotalSeconds * 1e-9m).ToString(), effectiveAt: null);
        return sheet;
    }

    /// <summary>Publishes a fresh rate of every major, by as many voices as named.</summary>
    public void EveryMajorIsTold(string by)
    {
        foreach (var pair in Options.MajorPairs)
        {
            Book.Publish(new RateObservation(TwoSidedRate.AtMid(pair, 1m), false, by, Now, Now, TimeSpan.FromDays(2)));
        }
    }

    /// <summary>What was refused, as it is stored.</summary>
    public IReadOnlyList<RefusedRate> Refusals() => new TickStore(_store).Refusals(DateTimeOffset.MinValue, int.MaxValue);

    public void Dispose() => _store.Dispose();

    private (RateBook Book, TickRecorder Recorder, RateIntake Intake) Fresh()
    {
        var recorder = new TickRecorder(new TickStore(_store), Clock, NullLogger<TickRecorder>.Instance);
        var book = new RateBook(Clock);
        return (book, recorder, new RateIntake(book, new RateHistory(new BarStore(_store)), recorder, Panels, Options));
    }
}

/// <summary>Fake time that tells when somebody has begun to wait for a while, so that a test moves it on only then.</summary>
internal sealed class WaitingClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (period == Timeout.InfiniteTimeSpan && dueTime > TimeSpan.Zero)
        {
            _waits.Writer.TryWrite(dueTime);
        }

        return timer;
    }

    /// <summary>The next wait that anybody begins; it is over when this returns.</summary>
    public async Task<TimeSpan> PassAsync()
    {
        var due = await _waits.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Advance(due);
        return due;
    }
}
