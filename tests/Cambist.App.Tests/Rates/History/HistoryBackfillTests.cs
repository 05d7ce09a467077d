using Cambist.App.Rates;
using Cambist.App.Rates.History;
using Cambist.App.Rates.Sources;
using Cambist.App.Rates.Ticks;
using Cambist.App.Storage;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Rates.History;

public sealed class HistoryBackfillTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 18, 12, 10, 0, TimeSpan.Zero);
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");

    private readonly FakeTimeProvider _clock = new(Now) { AutoAdvanceAmount = TimeSpan.Zero };
    private readonly SqliteStore _store = SqliteStore.OpenThrowAway();
    private readonly BarStore _bars;
    private readonly DailyStore _days;
    private readonly BackfillStore _backfills;

    public HistoryBackfillTests()
    {
        _bars = new BarStore(_store);
        _days = new DailyStore(_store);
        _backfills = new BackfillStore(_store);
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Every_open_hour_of_the_span_comes_in_and_how_far_it_went_is_noted()
    {
        var source = new ScriptedHistory(_clock);
        var told = new List<BackfillProgress>();

        var result = await Run(source, 20, new Told(told));

        Assert.Equal((BackfillEnd.Done, 5, Now.AddDays(-20)), (result.End, result.Pages, result.BackTo));
        Assert.Equal(OpenHours(Now.AddDays(-20), Now), result.Added);
        Assert.Equal(result.Added, _bars.Read(EurUsd, DateTimeOffset.UnixEpoch, Now).Count);
        Assert.Equal((5, 1.0, result.Added), (told.Count, told[^1].Share, told[^1].Added));
    }

    [Fact]
    public async Task Days_come_in_like_hours()
    {
        var result = await Run(new ScriptedHistory(_clock, HistoryUnit.Day, pageLength: 10), 30);

        Assert.Equal((BackfillEnd.Done, 30), (result.End, result.Added));
        Assert.Equal(30, _days.Read(EurUsd, Now.AddDays(-30), Now).Count);
    }

    [Fact]
    public async Task What_is_in_the_store_stays_as_it_is()
    {
        var hour = new DateTimeOffset(2026, 3, 17, 9, 0, 0, TimeSpan.Zero);
        _bars.Upsert(EurUsd, [new HourlyBar(hour, 1.09m, 1.09m, 1.09m, 1.09m, null, null, "mine")]);

        await Run(new ScriptedHistory(_clock), 5);

        Assert.Equal((1.09m, "mine"), _bars.Read(EurUsd, hour, hour.AddHours(1)).Select(bar => (bar.Close, bar.Source)).Single());
    }

    [Fact]
    public async Task A_run_that_breaks_off_goes_on_where_it_was()
    {
        var source = new ScriptedHistory(_clock) { Fails = request => request == 3 ? new SourceFaultException(SourceFault.QuotaSpent, "No calls are left.") : null };
        var broken = await Run(source, 20);
        Assert.Equal((BackfillEnd.QuotaSpent, 2, "No calls are left."), (broken.End, broken.Pages, broken.Fault));
        Assert.Equal(new DateTimeOffset(2026, 3, 19, 0, 0, 0, TimeSpan.Zero), broken.RetryAt);
        source.Asked.Clear();
        source.Fails = _ => null;
        _clock.Advance(TimeSpan.FromHours(12));

        var resumed = await Run(source, 20);

        // The first request looks at what came since; the others begin where the first run ended.
        Assert.Equal(broken.BackTo, source.Asked[1].Before);
        Assert.Equal(BackfillEnd.Done, resumed.End);
        Assert.Equal(OpenHours(Now.AddDays(-19.5), _clock.GetUtcNow()), _bars.Read(EurUsd, Now.AddDays(-19.5), _clock.GetUtcNow()).Count);
    }

    [Fact]
    public async Task A_second_run_asks_only_for_what_is_new()
    {
        var source = new ScriptedHistory(_clock);
        await Run(source, 20);
        source.Asked.Clear();
        _clock.Advance(TimeSpan.FromHours(3));

        var again = await Run(source, 20);

        Assert.Equal((BackfillEnd.Done, 3), (again.End, again.Added));
        Assert.Equal([(new DateTimeOffset(2026, 3, 18, 12, 0, 0, TimeSpan.Zero), _clock.GetUtcNow())], source.Asked);
    }

    [Fact]
    public async Task A_source_without_older_rows_is_done()
    {
        var result = await Run(new ScriptedHistory(_clock) { Since = Now.AddDays(-10) }, 365);

        Assert.Equal((BackfillEnd.Done, OpenHours(Now.AddDays(-10), Now)), (result.End, result.Added));
    }

    [Theory]
    [InlineData(SourceFault.KeyRefused, BackfillEnd.Refused)]
    [InlineData(SourceFault.NotInPlan, BackfillEnd.Refused)]
    [InlineData(SourceFault.Refused, BackfillEnd.Refused)]
    [InlineData(SourceFault.QuotaSpent, BackfillEnd.QuotaSpent)]
    public async Task A_refusal_ends_it_at_once(SourceFault kind, BackfillEnd end)
    {
        var source = new ScriptedHistory(_clock) { Fails = _ => new SourceFaultException(kind, "No.") };

        var result = await Run(source, 20);

        Assert.Equal((end, 0, "No."), (result.End, result.Added, result.Fault));
        Assert.Single(source.Asked);
        Assert.Null(_backfills.ReachedBackTo("scripted", EurUsd, "hour"));
    }

    [Fact]
    public async Task A_source_that_asks_for_patience_gets_it()
    {
        var source = new ScriptedHistory(_clock) { Fails = request => request == 1 ? new SourceFaultException(SourceFault.Throttled, "Wait.", TimeSpan.FromSeconds(90)) : null };
        var running = Run(source, 2);
        Assert.Single(source.Asked);

        _clock.Advance(TimeSpan.FromSeconds(89));
        Assert.Single(source.Asked);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(BackfillEnd.Done, (await running).End);
    }

    [Theory]
    [InlineData(typeof(HttpRequestException))]
    [InlineData(typeof(FormatException))]
    public async Task What_may_pass_is_tried_four_times(Type fault)
    {
        var source = new ScriptedHistory(_clock) { Fails = _ => (Exception)Activator.CreateInstance(fault, "odd")! };
        var running = Run(source, 2);
        for (var attempt = 1; attempt < 4; attempt++)
        {
            Assert.Equal(attempt, source.Asked.Count);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(BackfillEnd.Failed, (await running).End);
        Assert.Equal(4, source.Asked.Count);
    }

    [Fact]
    public async Task A_run_that_is_stopped_says_so_and_keeps_what_it_has()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var source = new ScriptedHistory(_clock)
        {
            Fails = request =>
            {
                if (request == 3)
                {
                    stop.Cancel();
                    return new OperationCanceledException(stop.Token);
                }

                return null;
            },
        };

        var result = await Backfill().RunAsync(source, EurUsd, 20, progress: null, stop.Token);

        Assert.Equal((BackfillEnd.Stopped, 2), (result.End, result.Pages));
        Assert.Equal(result.Added, _bars.Read(EurUsd, DateTimeOffset.UnixEpoch, Now).Count);
    }

    private static int OpenHours(DateTimeOffset from, DateTimeOffset to)
    {
        var open = 0;
        for (var hour = UnixHour.Ceiling(from); hour < UnixHour.Floor(to); hour++)
        {
            open += FxWeek.IsOpen(UnixHour.ToInstant(hour)) ? 1 : 0;
        }

        return open;
    }

    private Task<BackfillResult> Run(IHistorySource source, int days, IProgress<BackfillProgress>? progress = null) =>
        Backfill().RunAsync(source, EurUsd, days, progress, TestContext.Current.CancellationToken);

    private sealed class Told(List<BackfillProgress> told) : IProgress<BackfillProgress>
    {
        public void Report(BackfillProgress value) => told.Add(value);
    }

    private HistoryBackfill Backfill() =>
        new(_bars, _days, _backfills, new HistoryGate(new RateBook(_clock), new RateHistory(_bars), new TickStore(_store), _clock), _clock);
}
