using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Xunit;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>All sources together: none waits for another, and none is asked twice at once.</summary>
public sealed class CollectorTests : IDisposable
{
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");

    private readonly AskingHouse _house = new();

    public void Dispose() => _house.Dispose();

    [Fact]
    public async Task A_source_that_hangs_from_the_start_holds_up_no_other()
    {
        var hanging = new ScriptedSource(AskingHouse.Profile("hanging"));
        var good = new ScriptedSource(AskingHouse.Profile("good"));
        using var collector = _house.Collector(hanging, good);
        await collector.StartAsync(TestContext.Current.CancellationToken);
        await hanging.NextAsync();

        // The good one goes on with its second and third turn while the first call of the other is under way.
        for (var turn = 0; turn < 3; turn++)
        {
            var call = await NextAsync(good);
            call.Answer.SetResult(_house.Sheet(good.Profile, call.Wanted));
        }

        Assert.Equal("good", _house.Book.Find(EurUsd)!.Source);
        Assert.Equal((1, 1), (hanging.MostAtOnce, good.MostAtOnce));
        Assert.Single(hanging.Asked);
        await collector.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Shut_down_is_prompt_while_sources_hang()
    {
        var sources = Enumerable.Range(0, 5).Select(index => new ScriptedSource(AskingHouse.Profile($"s{index}"))).ToArray();
        using var collector = _house.Collector([.. sources]);
        await collector.StartAsync(TestContext.Current.CancellationToken);
        foreach (var source in sources)
        {
            await source.NextAsync();
        }

        var started = TimeProvider.System.GetTimestamp();
        await collector.StopAsync(TestContext.Current.CancellationToken);

        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(8));
        Assert.All(sources, source => Assert.Null(_house.Health.Of(source.Profile.Id).LastFault));
    }

    [Fact]
    public async Task A_source_is_asked_once_at_a_time_however_late_it_answers()
    {
        var slow = new ScriptedSource(AskingHouse.Profile("slow"));
        using var collector = _house.Collector(slow);
        await collector.StartAsync(TestContext.Current.CancellationToken);
        for (var turn = 0; turn < 3; turn++)
        {
            var call = await NextAsync(slow);
            _house.Clock.Advance(TimeSpan.FromMinutes(2));
            Assert.Null(slow.Next());
            call.Answer.SetResult(_house.Sheet(slow.Profile, call.Wanted));
        }

        Assert.Equal(1, slow.MostAtOnce);
        await collector.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Answers_of_the_start_find_the_level_together_whoever_answers_first()
    {
        var liar = new ScriptedSource(AskingHouse.Profile("liar"));
        var others = new[] { new ScriptedSource(AskingHouse.Profile("b")), new ScriptedSource(AskingHouse.Profile("c")) };
        using var collector = _house.Collector([liar, .. others]);
        var asking = collector.AskOnceAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        var call = await liar.NextAsync();
        call.Answer.SetResult(_house.Sheet(liar.Profile, call.Wanted, 1.12m));
        foreach (var other in others)
        {
            call = await other.NextAsync();
            call.Answer.SetResult(_house.Sheet(other.Profile, call.Wanted, 1.08m));
        }

        await asking;

        Assert.Equal((1.08m, "b,c"), (_house.Book.Find(EurUsd)!.Rate.Mid, _house.Book.Find(EurUsd)!.Source));
    }

    // Moves time on until the source is asked.
    private async Task<ScriptedSource.Call> NextAsync(ScriptedSource source)
    {
        var next = source.NextAsync().AsTask();
        while (!next.IsCompleted)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            _house.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(next, Task.Run(static () => Thread.Yield()));
        }

        return await next;
    }
}
