using Cambist.App.Rates;
using Cambist.App.Rates.Sources;
using Cambist.App.Rates.Ticks;
using Cambist.App.Storage;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Cambist.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Faces;

/// <summary>Ten services tell one market, and some of them lie: no bad rate reaches the book, and no good one is lost over it.</summary>
public sealed class LyingSourcesTests : IDisposable
{
    // What advice could live with.
    private const double Tolerated = 0.004;

    private static readonly DateTimeOffset Start = new(2026, 3, 18, 12, 10, 0, TimeSpan.Zero);
    // Within a cycle only the live sources without quota speak of every pair; within an hour all do.
    private static readonly TimeSpan Cycle = TimeSpan.FromSeconds(61);
    private static readonly TimeSpan Hour = TimeSpan.FromSeconds(3601);

    private static readonly string[] All = [.. OneMarket.Live, .. OneMarket.References];

    private readonly FakeTimeProvider _clock = new(Start);
    private readonly List<IDisposable> _open = [];
    private bool _isNewZealandKnown = true;

    public static TheoryData<Lie> Lies => [.. Enum.GetValues<Lie>()];

    public void Dispose() => _open.ForEach(one => one.Dispose());

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task One_liar_never_makes_a_bad_rate_and_costs_no_other_its_voice(Lie lie)
    {
        foreach (var liar in All)
        {
            await TryAsync([liar], lie, isLyingFromTheStart: false);
            await TryAsync([liar], lie, isLyingFromTheStart: true);
        }
    }

    [Theory]
    [InlineData(Lie.ThreePercent)]
    [InlineData(Lie.TimesHundred)]
    [InlineData(Lie.Inverted)]
    [InlineData(Lie.Yesterday)]
    public async Task Two_liars_that_agree_never_make_a_bad_rate(Lie lie)
    {
        _isNewZealandKnown = false;
        foreach (string[] liars in (string[][])[["kraken", "coinbase"], ["fixer", "openexchangerates"], ["coinbase", "xe"]])
        {
            await TryAsync(liars, lie, isLyingFromTheStart: false, Hour);
            await TryAsync(liars, lie, isLyingFromTheStart: true, Hour);
        }
    }

    [Theory]
    [InlineData("kraken", Lie.ThreePercent)]
    [InlineData("coinbase", Lie.Frozen)]
    [InlineData("fixer", Lie.TimesHundred)]
    [InlineData("kraken", Lie.Frozen)]
    public async Task A_real_shock_of_eight_percent_is_followed_within_a_cycle_while_one_lies(string liar, Lie lie)
    {
        await using var market = await OneMarket.StartAsync(_clock);
        var cambist = Open(market);
        await CyclesAsync(cambist, market, 3, step: Hour);
        market.Lies(liar, lie);
        await CyclesAsync(cambist, market, 2, step: Hour);

        market.Shock = (_clock.GetUtcNow(), 1.08);
        _clock.Advance(Hour);
        await AskAsync(cambist);

        AssertTrue(cambist, market, $"{liar} {lie} after the shock");
        await CyclesAsync(cambist, market, 3, step: Hour);
    }

    [Fact]
    public async Task With_the_keyless_sources_alone_a_liar_at_the_start_is_told_by_the_reference_rates()
    {
        _isNewZealandKnown = false;
        foreach (var liar in new[] { "kraken", "coinbase" })
        {
            foreach (var lie in new[] { Lie.ThreePercent, Lie.TimesHundred, Lie.Inverted, Lie.ByHundred })
            {
                await using var market = await OneMarket.StartAsync(_clock);
                market.Lies(liar, lie);
                var cambist = Open(market, "kraken", "coinbase", "frankfurter", "ecb", "exchange-api");
                await CyclesAsync(cambist, market, 5, $"{liar} {lie}");
                Assert.Equal("coinbase,kraken".Replace(liar, "").Trim(','), cambist.GetRequiredService<RateBook>().Find(CurrencyPair.Parse("EUR/USD"))!.Source);
            }
        }
    }

    [Fact]
    public async Task What_is_refused_is_stored_with_its_reason()
    {
        await using var market = await OneMarket.StartAsync(_clock);
        var cambist = Open(market);
        await CyclesAsync(cambist, market, 2);
        (string Source, Lie Lie, string Code)[] lies =
        [
            ("kraken", Lie.TimesHundred, "off_by_100"), ("coinbase", Lie.Inverted, "inverted"), ("fixer", Lie.HourAhead, "future"), ("openexchangerates", Lie.HourBehind, "stale"),
            ("alphavantage", Lie.Crossed, "crossed"), ("twelvedata", Lie.Text, "unreadable"), ("xe", Lie.Negative, "not_positive"),
        ];
        foreach (var (source, lie, _) in lies)
        {
            market.Lies(source, lie);
        }

        _clock.Advance(TimeSpan.FromSeconds(3601));
        await AskAsync(cambist);
        cambist.GetRequiredService<TickRecorder>().Flush();

        var counted = cambist.GetRequiredService<TickStore>().Counts(Start);
        var refusals = cambist.GetRequiredService<TickStore>().Refusals(Start, int.MaxValue);
        Assert.All(lies, lie => Assert.Contains(counted, count => count.Source == lie.Source && count.Code == lie.Code && count.Count > 0));
        Assert.All(lies, lie => Assert.Contains(refusals, refusal => refusal.Source == lie.Source && refusal.Code == lie.Code && refusal.Detail.Length > 0));
    }

    private async Task TryAsync(string[] liars, Lie lie, bool isLyingFromTheStart, TimeSpan? step = null)
    {
        await using var market = await OneMarket.StartAsync(_clock);
        var cambist = Open(market);
        if (!isLyingFromTheStart)
        {
            await CyclesAsync(cambist, market, 3, step: step);
        }

        foreach (var liar in liars)
        {
            market.Lies(liar, lie);
        }

        var told = $"{string.Join('+', liars)} {lie}{(isLyingFromTheStart ? " from the start" : "")}";
        await CyclesAsync(cambist, market, 6, told, step);

        var intake = cambist.GetRequiredService<RateIntake>();
        foreach (var healthy in All.Except(liars))
        {
            var tally = intake.TallyOf(healthy);
            Assert.True(tally.Accepted > 0 && (liars.Length > 1 || tally.Quarantined + tally.Rejected == 0),
                $"{told}: {healthy} has {tally.Accepted} accepted, {tally.Quarantined} quarantined, {tally.Rejected} rejected; {cambist.GetRequiredService<SourceHealth>().Of(healthy)} {Refusals(cambist, healthy)}");
        }

        foreach (var pair in RatesOptions.Default.MajorPairs)
        {
            Assert.Equal(RateKind.Live, cambist.GetRequiredService<RateBook>().Find(pair)?.Kind);
        }
    }

    private async Task CyclesAsync(ServiceProvider cambist, OneMarket market, int cycles, string? about = null, TimeSpan? step = null)
    {
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            _clock.Advance(step ?? Cycle);
            await AskAsync(cambist);
            AssertTrue(cambist, market, $"{about} in cycle {cycle}");
        }
    }

    private void AssertTrue(ServiceProvider cambist, OneMarket market, string about)
    {
        var book = cambist.GetRequiredService<RateBook>();
        foreach (var pair in RatesOptions.Default.MajorPairs)
        {
            // Of the New Zealand dollar fewer sources tell: where as many lie as do not nobody can know.
            if (book.Find(pair) is { Kind: RateKind.Live } rate && (_isNewZealandKnown || !pair.Has(Currency.Parse("NZD"))))
            {
                var truth = market.Truth(pair, _clock.GetUtcNow());
                var off = Math.Abs((double)rate.Rate.Mid / truth - 1);
                Assert.True(off <= Tolerated, $"{about}: {pair} is {rate.Rate.Mid} by {rate.Source}, and in truth {truth:0.######}: off by {off:P3}. {Refusals(cambist, null)}");
            }
        }
    }

    private static string Refusals(ServiceProvider cambist, string? source)
    {
        cambist.GetRequiredService<TickRecorder>().Flush();
        return string.Join("; ", cambist.GetRequiredService<TickStore>().Refusals(Start, 1000).Where(refusal => source is null || refusal.Source == source).Take(3).Select(refusal => $"{refusal.Source} {refusal.Pair} {refusal.Detail}"));
    }

    private static Task AskAsync(ServiceProvider cambist) => cambist.GetRequiredService<Collector>().AskOnceAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

    private ServiceProvider Open(OneMarket market, params string[] on)
    {
                var store = SqliteStore.OpenThrowAway();
        var settings = OneMarket.Settings(market.Server.Address);
        foreach (var id in on.Length == 0 ? [] : All.Except(on))
        {
            settings[$"Rates:Sources:{id}:Enabled"] = "false";
        }

        var provider = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(_clock)
            .AddCambist(store, new MarketFacts(MarketMode.Live))
            .AddLiveMarket(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider();
        _open.Add(provider);
        _open.Add(store);
        return provider;
    }
}
