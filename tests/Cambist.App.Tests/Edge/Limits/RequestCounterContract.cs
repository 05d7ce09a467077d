using System.Net;
using Cambist.App.Edge.Limits;
using Xunit;

namespace Cambist.App.Tests.Edge.Limits;

/// <summary>What holds wherever requests are counted.</summary>
public abstract class RequestCounterContract
{
    private protected static readonly LimitedClient Ann = LimitedClient.OfUser("ann");

    /// <summary>Two nodes that share their count as far as the engine can; the same one twice where it cannot.</summary>
    private protected abstract Task<(IRequestCounter One, IRequestCounter Other)> StartAsync();

    private protected static LimitRule Of(int limit, TimeSpan? window = null, LimitKind kind = LimitKind.User) => new(kind, limit, window ?? TimeSpan.FromMinutes(1));

    [Fact]
    public async Task As_many_as_the_limit_are_allowed_and_the_next_is_not()
    {
        var (counter, _) = await StartAsync();

        var told = new List<Standing>();
        for (var turn = 0; turn < 7; turn++)
        {
            told.Add(await counter.CountAsync(Of(5), Ann));
        }

        Assert.Equal([true, true, true, true, true, false, false], told.Select(standing => standing.IsAllowed));
        Assert.Equal([4, 3, 2, 1, 0, 0, 0], told.Select(standing => standing.Remaining));
        Assert.All(told, standing => Assert.InRange(standing.ResetSeconds, 1, 60));
    }

    [Fact]
    public async Task Nobody_counts_for_somebody_else_and_no_kind_for_another()
    {
        var (counter, _) = await StartAsync();
        await counter.CountAsync(Of(1), Ann);

        Assert.True((await counter.CountAsync(Of(1), LimitedClient.OfUser("ben"))).IsAllowed);
        Assert.True((await counter.CountAsync(Of(1), LimitedClient.OfAddress(IPAddress.Parse("192.0.2.1")))).IsAllowed);
        Assert.True((await counter.CountAsync(Of(1, kind: LimitKind.Auth), Ann)).IsAllowed);
        Assert.False((await counter.CountAsync(Of(1), Ann)).IsAllowed);
    }

    [Fact]
    public async Task Of_many_at_once_on_two_nodes_exactly_as_many_as_the_limit_are_allowed()
    {
        var (one, other) = await StartAsync();

        var told = await Task.WhenAll(Enumerable.Range(0, 400).Select(turn => Task.Run(async () => await (turn % 2 == 0 ? one : other).CountAsync(Of(100), Ann))));

        Assert.Equal(100, told.Count(standing => standing.IsAllowed));
        Assert.Equal(Enumerable.Range(0, 100), told.Where(standing => standing.IsAllowed).Select(standing => standing.Remaining).Order());
    }
}
