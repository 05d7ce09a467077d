using System.Diagnostics.Metrics;
using System.Net.WebSockets;
using System.Text;
using Cambist.App.Streaming;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Streaming;

/// <summary>A client that does not read, played by a socket whose sends end when the test says so.</summary>
public sealed class SlowReaderTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly StreamMeter _meter = new(new Meter("test"));
    private readonly Dictionary<string, int> _values = new() { ["EUR/USD"] = 0, ["USD/JPY"] = 0 };

    [Fact]
    public async Task It_gets_the_newest_value_of_each_pair_and_no_gap()
    {
        var (socket, topics) = (new StuckSocket(), Topics());
        var client = Client(socket);
        client.Follow("rates", topics);
        await StuckAsync(client, socket);

        for (var value = 1; value <= 1000; value++)
        {
            Set(topics[0], value);
            Set(topics[1], -value);
        }

        Assert.Equal(
            [
                """{"type":"snapshot","rates":[{"pair":"EUR/USD","value":0},{"pair":"USD/JPY","value":0}],"sequence":1}""",
                """{"type":"change","pair":"EUR/USD","value":1000,"sequence":2}""",
                """{"type":"change","pair":"USD/JPY","value":-1000,"sequence":3}""",
            ],
            await socket.ReadAsync(3));
    }

    [Fact]
    public async Task After_ten_seconds_it_is_told_to_go()
    {
        var (socket, topics) = (new StuckSocket(), Topics());
        var client = Client(socket);
        client.Follow("rates", topics);
        await StuckAsync(client, socket);
        Set(topics[0], 1);

        _clock.Advance(TimeSpan.FromSeconds(9));
        Look(client);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Look(client);
        await socket.ReadAsync(1);
        await client.ClosedAsync();

        Assert.Equal(((WebSocketCloseStatus)4008, "slow_reader: messages waited too long to be read"), (socket.CloseStatus, socket.CloseStatusDescription));
    }

    [Fact]
    public async Task Where_it_does_not_even_take_the_goodbye_the_connection_is_cut()
    {
        var (socket, topics) = (new StuckSocket(), Topics());
        var client = Client(socket);
        client.Follow("rates", topics);
        await StuckAsync(client, socket);

        _clock.Advance(TimeSpan.FromSeconds(10));
        Look(client);
        Assert.False(socket.IsAborted);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Look(client);

        Assert.True(socket.IsAborted);
    }

    [Fact]
    public async Task It_holds_up_no_other_client_of_its_lane()
    {
        var (lane, topics) = (new SendLane(), Topics());
        var (stuck, free) = (new StuckSocket(), new StuckSocket());
        var slow = new StreamClient(stuck, lane, new StreamOptions(), _clock, _meter);
        var quick = new StreamClient(free, lane, new StreamOptions(), _clock, _meter);
        slow.Follow("rates", topics);
        await StuckAsync(slow, stuck);
        quick.Follow("rates", topics);
        await free.ReadAsync(1);

        Set(topics[0], 7);

        Assert.Equal(["""{"type":"change","pair":"EUR/USD","value":7,"sequence":2}"""], await free.ReadAsync(1));
    }

    [Fact]
    public async Task Answers_that_nobody_reads_do_not_pile_up()
    {
        var socket = new StuckSocket();
        var client = Client(socket);
        client.Answer(StreamErrors.UnknownType);
        await StuckAsync(client, socket);
        for (var count = 0; count < 1000; count++)
        {
            client.Answer(StreamErrors.UnknownType);
        }

        await socket.ReadAsync(1);
        await client.ClosedAsync();

        Assert.Equal((WebSocketCloseStatus)4008, socket.CloseStatus);
    }

    [Fact]
    public async Task Personal_messages_wait_in_order_the_oldest_are_lost_and_the_gap_says_how_many()
    {
        var (socket, topics) = (new StuckSocket(), Topics());
        var client = Client(socket);
        client.Follow("rates", topics);
        await StuckAsync(client, socket);

        for (var number = 1; number <= 100; number++)
        {
            client.Tell(StreamFrame.Of($$"""{"number":{{number}}}""", Numbering.Next));
        }

        Set(topics[0], 1);
        var told = await socket.ReadAsync(66);

        Assert.Equal("""{"number":37,"sequence":38}""", told[1]);
        Assert.Equal("""{"type":"change","pair":"EUR/USD","value":1,"sequence":39}""", told[2]);
        Assert.Equal(Enumerable.Range(38, 63).Select(number => $$"""{"number":{{number}},"sequence":{{number + 2}}}"""), told[3..]);
    }

    [Fact]
    public async Task A_message_that_never_came_leaves_a_gap_that_the_next_sign_of_life_shows()
    {
        var (socket, topics) = (new StuckSocket(), Topics());
        var client = Client(socket);
        client.Follow("rates", topics);
        await StuckAsync(client, socket);
        await socket.ReadAsync(1);
        client.Miss();

        // The send that was read may still be on its way out.
        await client.SentAsync();
        _clock.Advance(TimeSpan.FromSeconds(15));
        Look(client);

        Assert.Equal(["""{"type":"heartbeat","sequence":2}"""], await socket.ReadAsync(1));
    }

    [Fact]
    public async Task A_last_word_that_comes_while_the_lane_finds_nothing_more_to_send_is_said_before_the_close()
    {
        for (var round = 0; round < 20_000; round++)
        {
            var socket = new StuckSocket(reads: 2);
            var client = Client(socket);
            client.Answer(StreamErrors.UnknownType);
            SpinWait.SpinUntil(() => socket.Sent > 0);

            client.Answer(StreamErrors.BadJson);
            client.Close(StreamClosing.Flood);
            await client.ClosedAsync().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

            Assert.Equal((2, false, (WebSocketCloseStatus?)WebSocketCloseStatus.PolicyViolation), (socket.Sent, socket.IsAborted, socket.CloseStatus));
        }
    }

    [Fact]
    public async Task What_was_sent_is_measured()
    {
        using var meter = new Meter("lag");
        var lag = new MetricCollector<double>(meter, "cambist_websocket_lag_seconds");
        var (socket, topics) = (new StuckSocket(), Topics());
        var client = new StreamClient(socket, new SendLane(), new StreamOptions(), _clock, new StreamMeter(meter));
        client.Follow("rates", topics);
        await StuckAsync(client, socket);
        await socket.ReadAsync(1);
        await client.SentAsync();
        client.Answer(StreamErrors.UnknownType);
        await StuckAsync(client, socket);
        await socket.ReadAsync(1);
        await client.SentAsync();

        Assert.True(Assert.Single(lag.GetMeasurementSnapshot()).Value >= 0);
    }

    // The socket has a message, and the client knows that it waits for it.
    private static async Task StuckAsync(StreamClient client, StuckSocket socket)
    {
        await socket.StuckAsync();
        await Eventually.TrueAsync(() => !client.SentAsync().IsCompleted, TimeSpan.FromSeconds(30));
    }

    private StreamClient Client(WebSocket socket) => new(socket, new SendLane(), new StreamOptions(), _clock, _meter);

    private void Look(StreamClient client) => client.Look(_clock.GetTimestamp(), StreamFrame.Of("""{"type":"heartbeat"}""", Numbering.Last));

    private StreamTopic[] Topics() => [.. _values.Keys.Select(name => new StreamTopic(name, Newest))];

    private StreamFrame? Newest(string topic, StreamFrame? last)
    {
        var change = StreamFrame.Change("change", $"\"pair\":\"{topic}\",\"value\":{_values[topic]}");
        return last is not null && last.Item.SequenceEqual(change.Item) ? last : change;
    }

    private void Set(StreamTopic topic, int value)
    {
        _values[topic.Name] = value;
        topic.Refresh();
    }

    /// <summary>Each send waits until the test reads it.</summary>
    private sealed class StuckSocket(int reads = 0) : WebSocket
    {
        private readonly SemaphoreSlim _came = new(0);
        private readonly SemaphoreSlim _read = new(reads);
        private readonly Queue<string> _texts = new();
        private (WebSocketCloseStatus, string?)? _closed;

        public bool IsAborted { get; private set; }

        public int Sent => _came.CurrentCount;

        public override WebSocketCloseStatus? CloseStatus => _closed?.Item1;

        public override string? CloseStatusDescription => _closed?.Item2;

        public override WebSocketState State => IsAborted ? WebSocketState.Aborted : WebSocketState.Open;

        public override string? SubProtocol => null;

        private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

        public async Task StuckAsync()
        {
            await _came.WaitAsync(Cancelled);
            _came.Release();
        }

        public async Task<List<string>> ReadAsync(int count)
        {
            var texts = new List<string>();
            for (var i = 0; i < count; i++)
            {
                await _came.WaitAsync(Cancelled);
                lock (_texts)
                {
                    texts.Add(_texts.Dequeue());
                }

                _read.Release();
            }

            return texts;
        }

        public override async ValueTask SendAsync(ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
        {
            lock (_texts)
            {
                _texts.Enqueue(Encoding.UTF8.GetString(buffer.Span));
            }

            _came.Release();
            await _read.WaitAsync(Cancelled);
        }

        public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
        {
            Assert.Null(_closed);
            _closed = (closeStatus, statusDescription);
            return Task.CompletedTask;
        }

        public override void Abort() => IsAborted = true;

        public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override void Dispose()
        {
            _came.Dispose();
            _read.Dispose();
        }
    }
}
