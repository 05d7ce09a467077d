using Cambist.App.Rates;
using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Streaming;

/// <summary>The typed client against the real service, and against one that misbehaves.</summary>
public sealed class LiveRatesClientTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_reads_a_snapshot_and_what_changes()
    {
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Replay);
        Publish(cambist, 1.08m);
        await using var messages = new LiveRates(cambist.Http.BaseAddress!, ["EUR/USD"]).ReadAsync(Cancelled).GetAsyncEnumerator(Cancelled);

        Assert.True(await messages.MoveNextAsync());
        Assert.Equal(("EUR/USD", 1.08m), (messages.Current.Rates![0].CurrencyPair, messages.Current.Rates[0].Rate));
        Publish(cambist, 1.09m);
        Assert.True(await messages.MoveNextAsync());
        Assert.Equal(("rate_update", "EUR/USD", 1.09m, 2L), (messages.Current.Type, messages.Current.CurrencyPair, messages.Current.Rate, messages.Current.Sequence));
    }

    [Fact]
    public async Task What_the_service_does_not_know_is_thrown_with_its_code()
    {
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Replay);
        await using var messages = new LiveRates(cambist.Http.BaseAddress!, ["EUR/XYZ"]).ReadAsync(Cancelled).GetAsyncEnumerator(Cancelled);

        Assert.Equal("unknown_pair", (await Assert.ThrowsAsync<CambistStreamException>(async () => await messages.MoveNextAsync())).Code);
    }

    [Fact]
    public async Task After_a_gap_it_asks_for_a_snapshot_and_tells_nothing_until_it_has_one()
    {
        await using var server = await StandInFeed.StartAsync();
        await using var messages = new LiveRates(server.Address, ["EUR/USD"]).ReadAsync(Cancelled).GetAsyncEnumerator(Cancelled);
        var next = messages.MoveNextAsync();
        var connection = await server.NextAsync(Cancelled);
        await connection.SendAsync("""{"type":"snapshot","rates":[],"sequence":1}""", Cancelled);
        Assert.True(await next);

        await connection.SendAsync("""{"type":"rate_update","currency_pair":"EUR/USD","rate":"1.1","timestamp":"2026-03-18T12:00:00Z","sequence":3}""", Cancelled);
        await connection.SendAsync("""{"type":"rate_update","currency_pair":"EUR/USD","rate":"1.2","timestamp":"2026-03-18T12:00:00Z","sequence":4}""", Cancelled);
        await connection.SendAsync("""{"type":"snapshot","rates":[{"currency_pair":"EUR/USD","rate":"1.3","timestamp":"2026-03-18T12:00:00Z"}],"sequence":5}""", Cancelled);

        Assert.True(await messages.MoveNextAsync());
        Assert.Equal(5, messages.Current.Sequence);
    }

    [Fact]
    public async Task After_a_lost_connection_it_connects_again()
    {
        await using var server = await StandInFeed.StartAsync();
        await using var messages = new LiveRates(server.Address, ["EUR/USD"]).ReadAsync(Cancelled).GetAsyncEnumerator(Cancelled);
        for (var turn = 0; turn < 2; turn++)
        {
            var next = messages.MoveNextAsync();
            var connection = await server.NextAsync(Cancelled);
            await connection.SendAsync("""{"type":"snapshot","rates":[],"sequence":1}""", Cancelled);
            Assert.True(await next);
            connection.Abort();
        }
    }

    private static void Publish(RunningCambist cambist, decimal mid)
    {
        var now = DateTimeOffset.UtcNow;
        cambist.Service<RateBook>().Publish(new RateObservation(TwoSidedRate.AtMid(CurrencyPair.Parse("EUR/USD"), mid), SpreadKnown: false, "test", now, now, TimeSpan.FromHours(1)));
    }
}
