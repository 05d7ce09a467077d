using System.Text.Json;
using Cambist.App.Rates;
using Cambist.App.Streaming;
using Cambist.Client;
using Cambist.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace Cambist.App.Tests.Streaming;

/// <summary>The typed client of an account's stream, against the real service and against one that misbehaves.</summary>
public sealed class LiveAccountClientTests
{
    private readonly MadeUpAccounts _accounts = new();
    private readonly Queue<string> _tokens = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_reads_rates_and_what_concerns_the_account()
    {
        _accounts.Give("token", "ann", DateTimeOffset.UtcNow.AddHours(1));
        await using var cambist = await StartAsync();
        await using var messages = Read(cambist.Http.BaseAddress!, ["EUR/USD"], "token");

        Assert.Equal(("authenticated", "ann"), await NextAsync(messages, message => (message.Type, message.UserId)));
        Assert.Equal("snapshot", await NextAsync(messages, message => message.Type));
        using var payload = JsonDocument.Parse("""{"goal":"g1"}""");
        cambist.Service<PersonalStream>().Publish("ann", PersonalMessage.GoalProgress, payload.RootElement);

        Assert.Equal(("goal_progress", "g1", 2L, false), await NextAsync(messages, message => (message.Type, message.Payload!.Value.GetProperty("goal").GetString(), message.Sequence!.Value, message.IsAfterGap)));
    }

    [Fact]
    public async Task It_shows_a_new_token_before_the_old_one_ends()
    {
        _accounts.Give("old", "ann", DateTimeOffset.UtcNow.AddSeconds(50));
        _accounts.Give("new", "ann", DateTimeOffset.UtcNow.AddHours(1));
        await using var cambist = await StartAsync();
        await using var messages = Read(cambist.Http.BaseAddress!, [], "old", "new");
        Assert.Equal("authenticated", await NextAsync(messages, message => message.Type));

        // Any message is the occasion; the answer to the new token is no news.
        var next = messages.MoveNextAsync();
        for (var turn = 0; turn < 2; turn++)
        {
            using var payload = JsonDocument.Parse("{}");
            cambist.Service<PersonalStream>().Publish("ann", PersonalMessage.Alert, payload.RootElement);
            Assert.True(await next);
            Assert.Equal("alert", messages.Current.Type);
            next = messages.MoveNextAsync();
        }

        _accounts.End("s1");
        Assert.Empty(_tokens);

        // The session has ended for the new token too.
        Assert.Equal("handshake_refused", (await Assert.ThrowsAsync<CambistStreamException>(async () => await next)).Code);
    }

    [Fact]
    public async Task A_token_that_is_refused_twice_is_thrown()
    {
        await using var cambist = await StartAsync();
        await using var messages = Read(cambist.Http.BaseAddress!, [], "forged");

        Assert.Equal("handshake_refused", (await Assert.ThrowsAsync<CambistStreamException>(async () => await messages.MoveNextAsync())).Code);
    }

    [Fact]
    public async Task A_gap_is_told_and_no_personal_message_behind_it_is_dropped()
    {
        await using var server = await StandInFeed.StartAsync();
        await using var messages = Read(server.Address, ["EUR/USD"], "token");
        var next = messages.MoveNextAsync();
        var connection = await server.NextAsync(Cancelled);
        await connection.SendAsync("""{"type":"authenticated","user_id":"ann","expires_at":"2999-01-01T00:00:00Z","sequence":0}""", Cancelled);
        await connection.SendAsync("""{"type":"snapshot","rates":[],"sequence":1}""", Cancelled);
        Assert.True(await next);
        Assert.True(await messages.MoveNextAsync());

        await connection.SendAsync("""{"type":"rate_update","currency_pair":"EUR/USD","rate":"1.1","timestamp":"2026-03-18T12:00:00Z","sequence":3}""", Cancelled);
        await connection.SendAsync("""{"type":"alert","payload":{"id":"a1"},"timestamp":"2026-03-18T12:00:00Z","sequence":4}""", Cancelled);
        await connection.SendAsync("""{"type":"snapshot","rates":[{"currency_pair":"EUR/USD","rate":"1.3","timestamp":"2026-03-18T12:00:00Z","stale":true}],"sequence":5}""", Cancelled);

        Assert.Equal(("alert", true), await NextAsync(messages, message => (message.Type, message.IsAfterGap)));
        Assert.Equal(("snapshot", false, true), await NextAsync(messages, message => (message.Type, message.IsAfterGap, message.Rates![0].Stale)));
    }

    [Fact]
    public async Task Without_pairs_a_gap_shows_in_a_sign_of_life()
    {
        await using var server = await StandInFeed.StartAsync();
        await using var messages = Read(server.Address, [], "token");
        var next = messages.MoveNextAsync();
        var connection = await server.NextAsync(Cancelled);
        await connection.SendAsync("""{"type":"authenticated","user_id":"ann","sequence":0}""", Cancelled);
        Assert.True(await next);

        await connection.SendAsync("""{"type":"heartbeat","timestamp":"2026-03-18T12:00:00Z","sequence":0}""", Cancelled);
        await connection.SendAsync("""{"type":"heartbeat","timestamp":"2026-03-18T12:00:15Z","sequence":2}""", Cancelled);

        Assert.Equal(("heartbeat", true, 2L), await NextAsync(messages, message => (message.Type, message.IsAfterGap, message.Sequence!.Value)));
    }

    private static async Task<T> NextAsync<T>(IAsyncEnumerator<StreamMessage> messages, Func<StreamMessage, T> read)
    {
        Assert.True(await messages.MoveNextAsync());
        return read(messages.Current);
    }

    // One token after the other; the last one is given again.
    private IAsyncEnumerator<StreamMessage> Read(Uri service, IReadOnlyList<string> pairs, params IReadOnlyList<string> tokens)
    {
        foreach (var token in tokens)
        {
            _tokens.Enqueue(token);
        }

        var account = new StreamAccount("ann", _ => ValueTask.FromResult(_tokens.TryDequeue(out var token) ? token : tokens[^1]));
        return new LiveRates(service, pairs) { Account = account }.ReadAsync(Cancelled).GetAsyncEnumerator(Cancelled);
    }

    private Task<RunningCambist> StartAsync() => RunningCambist.StartAsync(MarketMode.Replay, services: services => services.Replace(ServiceDescriptor.Singleton(_accounts.Known)));
}
