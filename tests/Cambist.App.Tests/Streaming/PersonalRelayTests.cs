using System.Text.Json;
using Cambist.App.Edge;
using Cambist.App.Rates;
using Cambist.App.Streaming;
using Cambist.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Xunit;

namespace Cambist.App.Tests.Streaming;

/// <summary>Several nodes, each a whole service in this process, and a real Redis between them.</summary>
public sealed class PersonalRelayTests : IAsyncDisposable
{
    // Tries again soon.
    private const string Impatient = ",connectTimeout=200,connectRetry=0";

    // An account of each test's own: the channel is everyone's.
    private readonly string _ann = Guid.NewGuid().ToString("N");
    private readonly MadeUpAccounts _accounts = new();
    private readonly List<RunningCambist> _nodes = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_message_reaches_the_clients_of_every_node_once_and_in_order()
    {
        var (one, other) = (await NodeAsync(RealComponents.Redis.Where()), await NodeAsync(RealComponents.Redis.Where()));
        await one.Service<PersonalRelay>().ListeningAsync().WaitAsync(Cancelled);
        await other.Service<PersonalRelay>().ListeningAsync().WaitAsync(Cancelled);
        using var here = await OpenAsync(one);
        using var there = await OpenAsync(other);

        for (var number = 1; number <= 200; number++)
        {
            // The next message after this many shows that none came twice.
            Publish(one, number);
        }

        for (var number = 1; number <= 200; number++)
        {
            foreach (var listener in new[] { here, there })
            {
                using var message = JsonDocument.Parse((await listener.NextAsync())!);
                Assert.Equal((number, number), (message.RootElement.GetProperty("payload").GetProperty("number").GetInt32(), message.RootElement.GetProperty("sequence").GetInt32()));
            }
        }

        Publish(other, 201);
        Assert.Contains("\"number\":201", await here.NextAsync(), StringComparison.Ordinal);
        Assert.Contains("\"number\":201", await there.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_Redis_is_away_the_clients_of_the_node_are_told_and_the_log_says_so_once()
    {
        var log = new FakeLogger<PersonalRelay>();
        var node = await NodeAsync("127.0.0.1:1,connectTimeout=100,connectRetry=0", log);
        using var here = await OpenAsync(node);
        while (log.Collector.Count == 0)
        {
            Cancelled.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Publish(node, 1);
        Publish(node, 2);

        Assert.Contains("\"number\":1", await here.NextAsync(), StringComparison.Ordinal);
        Assert.Contains("\"number\":2", await here.NextAsync(), StringComparison.Ordinal);
        Assert.Equal(1, log.Collector.Count);
    }

    [Fact]
    public async Task What_a_node_published_while_it_did_not_reach_Redis_arrives_when_it_does()
    {
        await using var redis = BreakableLine.To(RealComponents.Redis.Where());
        var (one, other) = (await NodeAsync(redis.Where + Impatient), await NodeAsync(RealComponents.Redis.Where()));
        await one.Service<PersonalRelay>().ListeningAsync().WaitAsync(Cancelled);
        await other.Service<PersonalRelay>().ListeningAsync().WaitAsync(Cancelled);
        using var there = await OpenAsync(other);

        redis.Cut();
        Publish(one, 1);
        redis.Mend();

        Assert.Equal((1, 1), await NextAsync(there));
    }

    [Fact]
    public async Task A_node_that_did_not_hear_the_others_for_a_while_shows_its_clients_a_gap()
    {
        await using var redis = BreakableLine.To(RealComponents.Redis.Where());
        var node = await NodeAsync(redis.Where + Impatient);
        await node.Service<PersonalRelay>().ListeningAsync().WaitAsync(Cancelled);
        using var here = await OpenAsync(node);

        redis.Cut();
        redis.Mend();

        var (number, sequence) = (0, 0);
        while (sequence == number)
        {
            Publish(node, number + 1);
            (number, sequence) = await NextAsync(here);
        }

        Assert.True(sequence > number);
    }

    [Theory]
    [InlineData("node\n7\nann\n{\"type\":\"alert\"}", true)]
    [InlineData("node\n7\nann\n{\"a\":\n\"b\"}", true)]
    [InlineData("node\nx\nann\n{}", false)]
    [InlineData("node\n7\n\n{}", false)]
    [InlineData("node\n7\nann\n[]", false)]
    [InlineData("node\n7\nann", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_what_a_node_writes_is_read(string? text, bool isRead)
    {
        var read = RelayedMessage.Read(text);

        Assert.Equal(isRead, read is not null);
        Assert.Equal(isRead ? text : null, read?.ToString());
    }

    [Fact]
    public void What_comes_twice_is_passed_over_and_what_is_missing_is_seen()
    {
        var order = new RelayedOrder();

        Assert.Equal((true, false), order.Take("a", 5));
        Assert.Equal((true, false), order.Take("a", 6));
        Assert.Equal((false, false), order.Take("a", 6));
        Assert.Equal((true, false), order.Take("b", 1));
        Assert.Equal((true, true), order.Take("a", 8));
        Assert.Equal((false, false), order.Take("a", 7));
    }

    // Heartbeats come between.
    private static async Task<(int Number, int Sequence)> NextAsync(Listener listener)
    {
        while (true)
        {
            using var message = JsonDocument.Parse((await listener.NextAsync())!);
            if (message.RootElement.TryGetProperty("payload", out var payload))
            {
                return (payload.GetProperty("number").GetInt32(), message.RootElement.GetProperty("sequence").GetInt32());
            }
        }
    }

    private void Publish(RunningCambist node, int number)
    {
        using var payload = JsonDocument.Parse($$"""{"number":{{number}}}""");
        node.Service<PersonalStream>().Publish(_ann, PersonalMessage.Alert, payload.RootElement);
    }

    private async Task<Listener> OpenAsync(RunningCambist node)
    {
        var listener = await Listener.OpenAsync(node, _ann, "token");
        Assert.Contains("authenticated", await listener.NextAsync(), StringComparison.Ordinal);
        return listener;
    }

    private async Task<RunningCambist> NodeAsync(string redis, FakeLogger<PersonalRelay>? log = null)
    {
        _accounts.Give("token", _ann, DateTimeOffset.UtcNow.AddHours(1));
        var node = await RunningCambist.StartAsync(
            MarketMode.Replay,
            settings: new Dictionary<string, string?> { [RedisLink.Key] = redis, ["Streams:MostPersonalWaiting"] = "1000" },
            services: services =>
            {
                services.Replace(ServiceDescriptor.Singleton(_accounts.Known));
                if (log is not null)
                {
                    services.AddSingleton<ILogger<PersonalRelay>>(log);
                }
            });
        _nodes.Add(node);
        return node;
    }
}
