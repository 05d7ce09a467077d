using Cambist.App.Edge;
using Cambist.App.Edge.Limits;
using Cambist.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using Xunit;

namespace Cambist.App.Tests.Edge.Limits;

public sealed class RedisCounterTests : RequestCounterContract, IAsyncDisposable
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    // A prefix of each test's own, so that what another left behind does not count.
    private readonly string _prefix = $"{Guid.NewGuid():N}:";
    private readonly List<ConnectionMultiplexer> _connections = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    private protected override async Task<(IRequestCounter One, IRequestCounter Other)> StartAsync() => (await NodeAsync(), await NodeAsync());

    [Fact]
    public async Task A_window_ends_by_the_clock_of_the_server_and_leaves_nothing_behind()
    {
        var counter = await NodeAsync();
        var rule = Of(1, TimeSpan.FromMilliseconds(300));
        var standing = await counter.CountAsync(rule, Ann);
        Assert.True(standing.IsAllowed);
        while (standing.IsAllowed)
        {
            standing = await counter.CountAsync(rule, Ann); // On a busy machine the window may have ended before the second.
        }

        Assert.True(standing.Reset <= TimeSpan.FromMilliseconds(300));

        while (!(await counter.CountAsync(rule, Ann)).IsAllowed)
        {
            Stop.ThrowIfCancellationRequested();
        }

        while (await _connections[0].GetDatabase().KeyExistsAsync($"{_prefix}cambist:limit:User:u:ann"))
        {
            Stop.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task Where_Redis_does_not_answer_the_node_counts_alone_and_says_so_once()
    {
        var clock = new FakeTimeProvider();
        var log = new FakeLogger<RequestCounter>();
        await using var nowhere = RedisLink.Read(Configured("127.0.0.1:1,connectTimeout=100,connectRetry=0"));
        var counter = new RequestCounter(new MemoryCounter(clock, 1_000), nowhere, clock, log);

        var told = new List<bool>();
        for (var turn = 0; turn < 4; turn++)
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            told.Add((await counter.CountAsync(Of(3), Ann)).IsAllowed);
        }

        Assert.Equal([true, true, true, false], told);
        Assert.Equal(("redis", "failed"), (counter.Redis!.Name, counter.Redis.Status));
        Assert.Equal(1, log.Collector.Count);
    }

    [Fact]
    public async Task A_node_that_finds_Redis_counts_across_nodes_and_says_that_it_is_well()
    {
        await using var link = RedisLink.Read(Configured(RealComponents.Redis.Where()));
        var user = LimitedClient.OfUser(_prefix);
        var (clock, log) = (new FakeTimeProvider(), new FakeLogger<RequestCounter>());
        var one = new RequestCounter(new MemoryCounter(clock, 1_000), link, clock, log);
        var other = new RequestCounter(new MemoryCounter(clock, 1_000), link, clock, log);

        Assert.True((await one.CountAsync(Of(1), user)).IsAllowed);
        Assert.False((await other.CountAsync(Of(1), user)).IsAllowed);
        Assert.Equal("ok", one.Redis!.Status);
    }

    private static IConfigurationRoot Configured(string redis) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [RedisLink.Key] = redis }).Build();

    private async Task<RedisCounter> NodeAsync()
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(RealComponents.Redis.Where());
        _connections.Add(connection);
        return new RedisCounter(StackExchange.Redis.KeyspaceIsolation.DatabaseExtensions.WithKeyPrefix(connection.GetDatabase(), _prefix));
    }
}
