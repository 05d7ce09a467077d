using Cambist.App.Rates.Feeds;
using Cambist.App.Rates.History;
using Cambist.App.Rates.Sources;
using Cambist.App.Rates.Ticks;
using Cambist.App.Rates;
using Cambist.App.Storage;
using Cambist.Domain.Currencies;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Cambist.App.Tests.Rates.Feeds;

/// <summary>What the runner makes of a feed's connections, in fake time.</summary>
public sealed class FeedRunnerTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");
    private static readonly CurrencyPair AudJpy = CurrencyPair.Parse("AUD/JPY");

    private static readonly RatesOptions Options = RatesOptions.Default with { MajorPairs = [EurUsd, AudJpy] };

    private readonly SqliteStore _store = SqliteStore.OpenThrowAway();
    private readonly ArmedClock _clock = new(Start);
    private readonly ScriptedFeed _feed = new();
    private readonly RateBook _book;
    private readonly FeedGaps _gaps = new();
    private readonly FeedHealth _health = new();
    private readonly FeedRunner _runner;

    public FeedRunnerTests()
    {
        _book = new RateBook(_clock);
        _runner = Runner(_feed);
    }

    private FeedState State => Assert.Single(_health.States);

    public async ValueTask InitializeAsync() => await _runner.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _runner.StopAsync(CancellationToken.None);
        _runner.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task Rates_reach_the_book_and_the_feed_is_known_to_be_connected()
    {
        var connection = await _feed.NextAsync();

        await connection.SaysAsync(Rates("1.08446", "1.08453"));

        Assert.Equal([EurUsd, AudJpy], connection.Pairs);
        Assert.Equal((1.08446m, 1.08453m), (_book.Find(EurUsd)!.Rate.Bid, _book.Find(EurUsd)!.Rate.Ask));
        Assert.Equal(
            new FeedState("kraken") { IsConnected = true, Since = Start, LastEventAt = Start, LastRateAt = Start },
            State with { RefusedPairs = new FeedState("").RefusedPairs });
    }

    [Fact]
    public async Task A_feed_that_falls_silent_is_connected_to_again_at_once_and_asked_for_everything()
    {
        await (await _feed.NextAsync()).SaysAsync(Rates());
        _clock.Advance(_feed.LongestSilence);

        var again = await _feed.NextAsync();

        Assert.Equal([EurUsd, AudJpy], again.Pairs);
        Assert.Equal((false, "No sign of life for 10.5 s."), (State.IsConnected, State.LastFault));
        await again.SaysAsync(Rates());
        Assert.Equal((true, 1), (State.IsConnected, State.Reconnects));
    }

    [Fact]
    public async Task A_service_that_does_not_even_answer_is_given_up_like_a_silent_one()
    {
        await _feed.NextAsync();
        _clock.Advance(_feed.LongestSilence);

        Assert.InRange(await _clock.ArmedAsync(_feed), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Heartbeats_keep_the_connection_while_the_rates_grow_stale()
    {
        var connection = await _feed.NextAsync();
        await connection.SaysAsync(Rates());
        for (var beat = 0; beat < 60; beat++)
        {
            _clock.Advance(TimeSpan.FromSeconds(9));
            await connection.SaysAsync(new FeedEvent.Heartbeat());
        }

        Assert.Equal((true, 0, Start, _clock.GetUtcNow()), (State.IsConnected, State.Reconnects, State.LastRateAt, State.LastEventAt));
        Assert.True(_book.Find(EurUsd)!.IsStale(_clock.GetUtcNow()));
        Assert.Empty(_gaps.Recent);
    }

    [Fact]
    public async Task Frames_that_cannot_be_read_are_counted_and_are_no_sign_of_life()
    {
        var connection = await _feed.NextAsync();
        await connection.SaysAsync(Rates());
        _clock.Advance(TimeSpan.FromSeconds(9));
        await connection.SaysAsync(new FeedEvent.Unreadable("<html>"));
        Assert.Equal((1L, Start), (State.Unreadable, State.LastEventAt));

        _clock.Advance(TimeSpan.FromSeconds(2));

        await (await _feed.NextAsync()).SaysAsync(Rates());
        Assert.Equal(1, State.Reconnects);
    }

    [Fact]
    public async Task What_was_missed_is_noted_from_the_last_rates_to_the_first_and_offered_once()
    {
        var connection = await _feed.NextAsync();
        await connection.SaysAsync(new FeedEvent.PairRefused("AUD/JPY", "not supported"));
        await connection.SaysAsync(Rates());
        _clock.Advance(TimeSpan.FromSeconds(5));
        await connection.SaysAsync(new FeedEvent.Heartbeat());
        connection.Ends(new SourceFaultException(SourceFault.Unavailable, "The connection broke."));
        var again = await _feed.NextAsync();
        _clock.Advance(TimeSpan.FromSeconds(5));
        await again.SaysAsync(new FeedEvent.PairRefused("AUD/JPY", "not supported"));
        Assert.Empty(_gaps.Recent);

        await again.SaysAsync(Rates());
        await again.SaysAsync(Rates());

        var gap = Assert.Single(_gaps.Recent);
        Assert.Equal(("kraken", Start, Start.AddSeconds(10)), (gap.Feed, gap.Start, gap.End));
        Assert.Equal([EurUsd], gap.Pairs);
        Assert.Equal(1, State.Gaps);
        Assert.True(_gaps.Unfilled.TryRead(out var offered) && ReferenceEquals(gap, offered) && !_gaps.Unfilled.TryRead(out _));
    }

    [Fact]
    public async Task Before_the_first_rates_nothing_was_missed()
    {
        (await _feed.NextAsync()).Ends(new SourceFaultException(SourceFault.Unavailable, "It cannot be reached."));
        _clock.Advance(await _clock.ArmedAsync(_feed));

        await (await _feed.NextAsync()).SaysAsync(Rates());

        Assert.Empty(_gaps.Recent);
    }

    [Fact]
    public async Task A_feed_that_cannot_be_reached_is_tried_ever_less_often()
    {
        var waits = new List<TimeSpan>();
        for (var attempt = 0; attempt < 6; attempt++)
        {
            (await _feed.NextAsync()).Ends(new SourceFaultException(SourceFault.Unavailable, "It cannot be reached."));
            waits.Add(await _clock.ArmedAsync(_feed));
            _clock.Advance(waits[^1]);
        }

        Assert.Equal(
            [(5, 10), (10, 20), (20, 40), (30, 60), (30, 60), (30, 60)],
            waits.Zip([(5, 10), (10, 20), (20, 40), (30, 60), (30, 60), (30, 60)], (wait, range) =>
                wait.TotalSeconds >= range.Item1 && wait.TotalSeconds <= range.Item2 ? range : (0, (int)wait.TotalSeconds)));
        Assert.Equal((false, "It cannot be reached.", Start), (State.IsConnected, State.LastFault, State.Since));
    }

    [Fact]
    public async Task During_announced_maintenance_it_is_not_tried_at_once()
    {
        var connection = await _feed.NextAsync();
        await connection.SaysAsync(new FeedEvent.Maintenance("maintenance"));
        Assert.Equal("maintenance", State.Maintenance);
        connection.Ends();

        var wait = await _clock.ArmedAsync(_feed);

        Assert.InRange(wait, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));
        _clock.Advance(wait);
        var again = await _feed.NextAsync();
        await again.SaysAsync(new FeedEvent.Trading());
        Assert.Null(State.Maintenance);
        again.Ends();
        Assert.NotNull(await _feed.NextAsync());
    }

    [Fact]
    public async Task A_service_that_is_flooded_gets_the_patience_that_it_asks_for()
    {
        var connection = await _feed.NextAsync();
        await connection.SaysAsync(Rates());
        connection.Ends(new SourceFaultException(SourceFault.Throttled, "Exceeded msg rate", TimeSpan.FromSeconds(90)));

        Assert.Equal(TimeSpan.FromSeconds(90), await _clock.ArmedAsync(_feed));
    }

    [Fact]
    public async Task A_feed_that_refuses_every_pair_is_left_alone_for_minutes()
    {
        var connection = await _feed.NextAsync();
        await connection.SaysAsync(new FeedEvent.PairRefused("EUR/USD", "not supported"));
        Assert.Equal(["EUR/USD: not supported"], State.RefusedPairs);
        connection.SaysLast(new FeedEvent.PairRefused("AUD/JPY", "not supported"));

        Assert.InRange(await _clock.ArmedAsync(_feed), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10));
        Assert.Equal("It streams none of the 2 pairs.", State.LastFault);
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(FormatException))]
    [InlineData(typeof(NotSupportedException))]
    public async Task A_fault_that_nobody_foresaw_ends_the_connection_and_not_the_runner(Type fault)
    {
        (await _feed.NextAsync()).Ends((Exception)Activator.CreateInstance(fault, "odd")!);
        _clock.Advance(await _clock.ArmedAsync(_feed));

        await (await _feed.NextAsync()).SaysAsync(Rates());

        Assert.Equal((true, "odd"), (State.IsConnected, State.LastFault));
    }

    [Fact]
    public async Task One_feeds_fault_is_not_anothers()
    {
        var other = new ScriptedFeed("twelvedata");
        using var runner = Runner(new ScriptedFeed("broken"), other);
        await runner.StartAsync(TestContext.Current.CancellationToken);
        await _feed.NextAsync();

        await (await other.NextAsync()).SaysAsync(Rates());

        Assert.Equal([("broken", false), ("kraken", false), ("twelvedata", true)], _health.States.Select(state => (state.Feed, state.IsConnected)));
        await runner.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task It_ends_promptly_whether_it_listens_or_waits()
    {
        var waiting = new ScriptedFeed("waiting");
        var listening = new ScriptedFeed("listening");
        using var runner = Runner(waiting, listening);
        await runner.StartAsync(TestContext.Current.CancellationToken);
        (await waiting.NextAsync()).Ends();
        await (await listening.NextAsync()).SaysAsync(Rates());
        await _clock.ArmedAsync(waiting);

        await runner.StopAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.True(runner.ExecuteTask!.IsCompleted);
    }

    private RateIntake Intake() => new(
        _book,
        new RateHistory(new BarStore(_store)),
        new TickRecorder(new TickStore(_store), _clock, NullLogger<TickRecorder>.Instance),
        new PanelPairs(Options),
        Options);

    private FeedRunner Runner(params IRateFeed[] feeds)
    {
        var firstRound = new FirstRound();
        firstRound.End();
        return new(feeds, Options, Intake(), _gaps, _health, firstRound, new Random(7), _clock, NullLogger<FeedRunner>.Instance);
    }

    private FeedEvent.Rates Rates(string bid = "1.08446", string ask = "1.08453")
    {
        var sheet = new RateSheet(KrakenSource.About, [EurUsd, AudJpy], _clock.GetUtcNow());
        sheet.TwoSided("EUR", "USD", bid, ask, effectiveAt: null);
        return new FeedEvent.Rates(sheet);
    }
}
