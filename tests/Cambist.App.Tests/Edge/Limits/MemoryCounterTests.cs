using System.Net;
using Cambist.App.Edge.Limits;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Edge.Limits;

public sealed class MemoryCounterTests : RequestCounterContract
{
    private readonly FakeTimeProvider _clock = new();

    private protected override Task<(IRequestCounter One, IRequestCounter Other)> StartAsync()
    {
        var counter = new MemoryCounter(_clock, 1_000);
        return Task.FromResult<(IRequestCounter, IRequestCounter)>((counter, counter));
    }

    [Fact]
    public async Task A_request_counts_for_a_window_from_its_own_instant()
    {
        var counter = new MemoryCounter(_clock, 1_000);
        await counter.CountAsync(Of(2), Ann);
        _clock.Advance(TimeSpan.FromSeconds(40));
        await counter.CountAsync(Of(2), Ann);

        var refused = await counter.CountAsync(Of(2), Ann);
        _clock.Advance(TimeSpan.FromMilliseconds(19_999));
        var early = await counter.CountAsync(Of(2), Ann);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        var due = await counter.CountAsync(Of(2), Ann);
        var next = await counter.CountAsync(Of(2), Ann);

        Assert.Equal((false, 20), (refused.IsAllowed, refused.ResetSeconds));
        Assert.False(early.IsAllowed);
        Assert.True(due.IsAllowed);
        Assert.Equal((false, TimeSpan.FromSeconds(40)), (next.IsAllowed, next.Reset));
    }

    [Fact]
    public void In_no_span_of_a_window_are_more_answered_than_the_limit_and_none_is_refused_below_it() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[0, 40_000].Array[1, 200]).Sample((limit, pauses) =>
        {
            var clock = new FakeTimeProvider();
            var counter = new MemoryCounter(clock, 1_000);
            var answered = new List<long>();
            var now = 0L;
            foreach (var pause in pauses)
            {
                now += pause;
                clock.Advance(TimeSpan.FromMilliseconds(pause));
                var isAllowed = counter.CountAsync(Of(limit), Ann).AsTask().Result.IsAllowed;
                Assert.Equal(answered.Count(then => now - then < 60_000) < limit, isAllowed);
                if (isAllowed)
                {
                    answered.Add(now);
                }
            }
        });

    [Fact]
    public async Task A_flood_of_addresses_does_not_grow_memory_beyond_its_bound()
    {
        var counter = new MemoryCounter(_clock, 10_000);
        for (var address = 0L; address < 200_000; address++)
        {
            await counter.CountAsync(Of(60, kind: LimitKind.Anonymous), LimitedClient.OfAddress(new IPAddress(address)));
        }

        Assert.InRange(counter.Clients(LimitKind.Anonymous), 1_000, 10_000);
    }

    [Fact]
    public async Task Who_is_heard_of_no_more_is_forgotten()
    {
        var counter = new MemoryCounter(_clock, 10_000);
        for (var address = 0L; address < 1_000; address++)
        {
            await counter.CountAsync(Of(60), LimitedClient.OfAddress(new IPAddress(address)));
        }

        _clock.Advance(TimeSpan.FromMinutes(2));
        for (var address = 5_000L; address < 6_000; address++)
        {
            await counter.CountAsync(Of(60), LimitedClient.OfAddress(new IPAddress(address)));
        }

        Assert.InRange(counter.Clients(LimitKind.User), 1_000, 1_010);
    }

    [Fact]
    public async Task A_flood_of_addresses_does_not_free_a_user()
    {
        var counter = new MemoryCounter(_clock, 1_000);
        await counter.CountAsync(Of(1), Ann);
        for (var address = 0L; address < 50_000; address++)
        {
            await counter.CountAsync(Of(60, kind: LimitKind.Anonymous), LimitedClient.OfAddress(new IPAddress(address)));
        }

        Assert.False((await counter.CountAsync(Of(1), Ann)).IsAllowed);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("0.0.0.0", "::", false)]
    public void An_IPv6_client_is_its_network_and_an_IPv4_client_its_address(string one, string other, bool areOne) =>
        Assert.Equal(areOne, LimitedClient.OfAddress(IPAddress.Parse(one)) == LimitedClient.OfAddress(IPAddress.Parse(other)));
}
