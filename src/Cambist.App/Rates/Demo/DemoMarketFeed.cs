using Cambist.App.Rates.History;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting.Baselines;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Demo;

/// <summary>Lets a simulated market run as if it were the real one: two years of history before the service answers, then a price every few seconds and a bar every hour.</summary>
internal sealed class DemoMarketFeed(RateBook book, BarStore bars, TimeProvider clock) : PeriodicService(SimulatedMarket.DefaultSlot / 3, clock)
{
    private const int Seed = 20_260_101;
    private const int BarsAtOnce = 50_000;
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(5);

    private SimulatedMarket _market = null!;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        _market = new SimulatedMarket(Seed, SeasonalEwma.HistoryStart(now).AddDays(-7));
        Store(_market.BarsUntil(now));
        Publish(now);
        return base.StartAsync(cancellationToken);
    }

    protected override Task TurnAsync(CancellationToken stoppingToken)
    {
        var now = Clock.GetUtcNow();
        Store(_market.Advance(now));
        Publish(now);
        return Task.CompletedTask;
    }

    private void Store(IEnumerable<SimulatedBar> finished)
    {
        // Two years of all pairs at once would be most of the memory that the service ever needs.
        foreach (var pair in finished.Chunk(BarsAtOnce).SelectMany(chunk => chunk.GroupBy(simulated => simulated.Pair, simulated => simulated.Bar)))
        {
            bars.Upsert(pair.Key, pair);
        }
    }

    private void Publish(DateTimeOffset now)
    {
        if (_market.QuotedAt is { } quotedAt)
        {
            book.Publish([.. _market.Pairs.Select(pair => Observation(pair, quotedAt, now))]);
        }
    }

    // A price stands for a slot: while the market is open it is as good now as when it was set.
    private RateObservation Observation(CurrencyPair pair, DateTimeOffset quotedAt, DateTimeOffset now) =>
        new(_market.Rate(pair)!, SpreadKnown: true, SimulatedMarket.Source, quotedAt, now, FreshFor);
}
