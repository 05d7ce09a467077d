using Cambist.App.Rates;
using Cambist.App.Rates.Feeds;
using Cambist.App.Rates.History;
using Cambist.App.Rates.Sources;
using Cambist.App.Rates.Ticks;
using Cambist.App.Storage;
using Cambist.App.Tests.Rates.Feeds;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Cambist.App.Tests.Rates.History;

/// <summary>How hourly history is kept whole while the service runs, in fake time.</summary>
public sealed class HourlyBackfillTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 18, 12, 10, 0, TimeSpan.Zero);
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");
    private static readonly CurrencyPair EurGbp = CurrencyPair.Parse("EUR/GBP");

    private readonly ArmedClock _clock = new(Start);
    private readonly ScriptedFeed _feed = new();
    private readonly SqliteStore _store = SqliteStore.OpenThrowAway();
    private readonly FeedGaps _gaps = new();
    private readonly FirstRound _firstRound = new();
    private readonly BarStore _bars;
    private HourlyBackfill? _job;

    public HourlyBackfillTests() => _bars = new BarStore(_store);

    public async ValueTask DisposeAsync()
    {
        await (_job?.StopAsync(CancellationToken.None) ?? Task.CompletedTask);
        _job?.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task At_the_start_a_month_of_hours_comes_in_and_then_each_hour_soon_after_its_end()
    {
        var source = new ScriptedHistory(_clock);
        var wait = await RunUntilItWaits(source);

        Assert.Equal(Start.AddHours(1).AddMinutes(-10).AddSeconds(20) - Start, wait);
        Assert.Equal(new DateTimeOffset(2026, 3, 18, 12, 0, 0, TimeSpan.Zero), _bars.LastClosedBy(EurGbp, Start)!.Value.CloseTime);
        Assert.Equal(_bars.Read(EurUsd, Start.AddDays(-30), Start).Count, _bars.Read(EurGbp, Start.AddDays(-30), Start).Count);
        source.Asked.Clear();

        _clock.Advance(wait);
        await _clock.ArmedAsync(_feed);

        Assert.Equal(2, source.Asked.Count);
        Assert.Equal(new DateTimeOffset(2026, 3, 18, 13, 0, 0, TimeSpan.Zero), _bars.LastClosedBy(EurUsd, _clock.GetUtcNow())!.Value.CloseTime);
    }

    [Fact]
    public async Task After_a_feed_has_missed_something_it_looks_at_once()
    {
        var source = new ScriptedHistory(_clock);
        await RunUntilItWaits(source);
        _clock.Advance(TimeSpan.FromMinutes(50.1));
        source.Asked.Clear();

        _gaps.Add(new FeedGap("kraken", Start, Start.AddHours(1), [EurUsd]));
        await _clock.ArmedAsync(_feed);

        Assert.Equal(2, source.Asked.Count);
        Assert.Equal(new DateTimeOffset(2026, 3, 18, 13, 0, 0, TimeSpan.Zero), _bars.LastClosedBy(EurUsd, _clock.GetUtcNow())!.Value.CloseTime);
    }

    [Fact]
    public async Task Hours_that_no_source_tells_are_not_asked_for_again()
    {
        // The source keeps ten days; the twenty before them are missing for ever.
        var source = new ScriptedHistory(_clock) { Since = Start.AddDays(-10) };
        var wait = await RunUntilItWaits(source);
        source.Asked.Clear();

        _clock.Advance(wait);
        await _clock.ArmedAsync(_feed);

        Assert.All(source.Asked, asked => Assert.True(asked.From > Start.AddHours(-4), $"{asked.From:u}"));
    }

    [Fact]
    public async Task Where_one_source_fails_the_next_is_asked()
    {
        var broken = new ScriptedHistory(_clock, id: "broken") { Fails = _ => new SourceFaultException(SourceFault.Refused, "It has no such pair.") };
        var other = new ScriptedHistory(_clock, id: "other");

        await RunUntilItWaits(broken, other, new ScriptedHistory(_clock, HistoryUnit.Day));

        Assert.Equal("other", _bars.LastClosedBy(EurUsd, Start)!.Value.Source);
    }

    [Fact]
    public async Task Where_nothing_answers_it_tries_again_in_a_minute_and_asks_for_no_other_pair()
    {
        var source = new ScriptedHistory(_clock) { Fails = _ => new SourceFaultException(SourceFault.Unavailable, "It cannot be reached.") };

        Assert.Equal(TimeSpan.FromMinutes(1), await RunUntilItWaits(source));
        Assert.Single(source.Asked);

        source.Fails = _ => null;
        _clock.Advance(TimeSpan.FromMinutes(1));
        await _clock.ArmedAsync(_feed);
        Assert.NotNull(_bars.LastClosedBy(EurGbp, Start));
    }

    [Fact]
    public async Task What_is_in_the_store_stays_as_it_is()
    {
        var hour = UnixHour.ToInstant(UnixHour.Floor(Start)).AddHours(-3);
        _bars.Upsert(EurUsd, [new(hour, 1.09m, 1.09m, 1.09m, 1.09m, null, null, "mine")]);

        await RunUntilItWaits(new ScriptedHistory(_clock));

        Assert.Equal("mine", _bars.Read(EurUsd, hour, hour.AddHours(1)).Single().Source);
    }

    private async Task<TimeSpan> RunUntilItWaits(params IHistorySource[] sources)
    {
        var gate = new HistoryGate(new RateBook(_clock), new RateHistory(_bars), new TickStore(_store), _clock);
        _firstRound.End();
        _job = new HourlyBackfill(sources, _bars, RatesOptions.Default with { MajorPairs = [EurUsd, EurGbp] }, gate, _firstRound, _gaps, _clock, NullLogger<HourlyBackfill>.Instance);
        await _job.StartAsync(TestContext.Current.CancellationToken);
        return await _clock.ArmedAsync(_feed);
    }
}
