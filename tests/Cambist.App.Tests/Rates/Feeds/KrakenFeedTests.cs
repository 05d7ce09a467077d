using System.Net.WebSockets;
using System.Text.Json;
using Cambist.App.Rates.Feeds;
using Cambist.App.Rates.Sources;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Rates.Feeds;

/// <summary>Kraken's feed over a real socket to a stand-in.</summary>
public sealed class KrakenFeedTests : IAsyncLifetime
{
    private StandInFeed _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await StandInFeed.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task It_asks_for_every_change_of_the_best_bid_and_ask()
    {
        await using var events = Listen();
        var next = events.MoveNextAsync();
        var connection = await _server.NextAsync(Cancel);

        var asked = JsonDocument.Parse(await connection.ReadAsync(Cancel)).RootElement;

        Assert.Equal("subscribe", asked.GetProperty("method").GetString());
        Assert.Equal("""{"channel":"ticker","symbol":["EUR/USD","AUD/JPY"],"event_trigger":"bbo","snapshot":true}""", asked.GetProperty("params").GetRawText());
        await connection.SendAsync(KrakenTold.Online, Cancel);
        Assert.True(await next);
    }

    [Fact]
    public async Task It_tells_what_comes_in_its_order_duplicates_and_late_ones_too()
    {
        await using var events = Listen();
        var next = events.MoveNextAsync();
        var connection = await _server.NextAsync(Cancel);
        string[] frames = [KrakenTold.Ticker(), KrakenTold.Ticker(), KrakenTold.Ticker("1.07", "1.08", ""","timestamp":"2026-03-27T14:30:00Z" """), KrakenTold.Heartbeat];
        foreach (var frame in frames)
        {
            await connection.SendAsync(frame, Cancel);
        }

        var told = new List<FeedEvent>();
        while (told.Count < frames.Length && await next)
        {
            told.Add(events.Current);
            next = told.Count < frames.Length ? events.MoveNextAsync() : default;
        }

        Assert.Equal([1.08446m, 1.08446m, 1.07m], told.OfType<FeedEvent.Rates>().Select(rates => rates.Sheet.Rates.Single().Bid));
        Assert.IsType<FeedEvent.Heartbeat>(told[3]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task A_message_in_pieces_and_larger_than_any_buffer_is_read_whole(int size)
    {
        var padding = new string(' ', size == 1 ? 50 : 100_000);

        var told = await ToldAfter(connection => connection.SendInPiecesAsync(KrakenTold.Ticker(time: padding), size, Cancel));

        Assert.Equal(1.08446m, Assert.Single(Assert.IsType<FeedEvent.Rates>(told).Sheet.Rates).Bid);
    }

    [Fact]
    public async Task A_message_without_end_is_given_up()
    {
        // The feed hangs up while the message is still being sent, and then sending fails.
        var fault = await FaultAfter(connection => Record.ExceptionAsync(() => connection.SendBeginningAsync(new string(' ', 1_100_000), Cancel)).AsTask());

        Assert.Equal((SourceFault.Unreadable, "It sent a message larger than 1024 KiB."), (fault.Kind, fault.Message));
    }

    [Fact]
    public async Task A_connection_that_breaks_within_a_message_is_a_fault()
    {
        var fault = await FaultAfter(async connection =>
        {
            await connection.SendBeginningAsync("""{"channel":"ticker","type":"up""", Cancel);
            connection.Abort();
        });

        Assert.Equal(SourceFault.Unavailable, fault.Kind);
        Assert.Contains("connection broke", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_closed_in_good_order_ends_the_sequence()
    {
        await using var events = Listen();
        var next = events.MoveNextAsync();
        var connection = await _server.NextAsync(Cancel);

        await connection.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", Cancel);

        Assert.False(await next);
    }

    [Fact]
    public async Task A_connection_that_is_closed_for_a_reason_tells_it() => Assert.Equal(
        "It closed the connection with status 1008: too many subscriptions.",
        (await FaultAfter(connection => connection.CloseAsync(WebSocketCloseStatus.PolicyViolation, "too many subscriptions", Cancel))).Message);

    [Theory]
    [InlineData(429, SourceFault.Throttled)]
    [InlineData(401, SourceFault.KeyRefused)]
    [InlineData(403, SourceFault.NotInPlan)]
    [InlineData(404, SourceFault.Refused)]
    [InlineData(503, SourceFault.Unavailable)]
    [InlineData(200, SourceFault.Unavailable)]
    public async Task A_refused_handshake_has_the_meaning_of_its_status(int status, SourceFault kind)
    {
        _server.Refuses(status);
        await using var events = Listen();

        var fault = await Assert.ThrowsAsync<SourceFaultException>(async () => await events.MoveNextAsync());

        Assert.Equal(kind, fault.Kind);
        Assert.Contains($"{status}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_cannot_be_reached_is_unavailable()
    {
        await using var events = Listen(StandInFeed.Unreachable);

        Assert.Equal(SourceFault.Unavailable, (await Assert.ThrowsAsync<SourceFaultException>(async () => await events.MoveNextAsync())).Kind);
    }

    [Fact]
    public async Task A_listener_who_leaves_ends_the_connection_at_once()
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await using var events = Listen(cancellationToken: leaving.Token);
        var next = events.MoveNextAsync();
        var connection = await _server.NextAsync(Cancel);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        await connection.Ended.WaitAsync(Cancel);
    }

    [Fact]
    public async Task What_was_told_is_not_kept()
    {
        await using var events = Listen();
        var next = events.MoveNextAsync();
        var connection = await _server.NextAsync(Cancel);
        var told = new List<WeakReference>();
        for (var frame = 0; frame < 500; frame++)
        {
            await connection.SendAsync(KrakenTold.Ticker(), Cancel);
            Assert.True(await next);
            told.Add(new WeakReference(((FeedEvent.Rates)events.Current).Sheet));
            next = events.MoveNextAsync();
        }

        GC.Collect();

        Assert.InRange(told.Count(sheet => sheet.IsAlive), 0, 5);
        await connection.SendAsync(KrakenTold.Heartbeat, Cancel);
        Assert.True(await next);
    }

    private IAsyncEnumerator<FeedEvent> Listen(Uri? address = null, CancellationToken? cancellationToken = null) =>
        new KrakenFeed(new FeedOptions { BaseUrl = address ?? _server.Address }, new FakeTimeProvider(KrakenTold.Now))
            .ConnectAsync([KrakenTold.EurUsd, KrakenTold.AudJpy], cancellationToken ?? Cancel).GetAsyncEnumerator(Cancel);

    private async Task<FeedEvent> ToldAfter(Func<StandInConnection, Task> act)
    {
        await using var events = Listen();
        var next = events.MoveNextAsync();
        await act(await _server.NextAsync(Cancel));
        Assert.True(await next);
        return events.Current;
    }

    private Task<SourceFaultException> FaultAfter(Func<StandInConnection, Task> act) => Assert.ThrowsAsync<SourceFaultException>(() => ToldAfter(act));
}
