using Cambist.App.Rates.History;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Replay;

/// <summary>Plays recorded history as if live: each hour's close is published when the replayed clock passes it. The store holds the future too, and every read of it is bounded by that clock.</summary>
internal sealed class ReplayFeed(RateBook book, BarStore bars, TimeProvider clock) : PeriodicService(Turn, TimeProvider.System)
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(200);
    private IReadOnlyList<CurrencyPair> _pairs = [];
    private DateTimeOffset _published;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _pairs = [.. bars.Pairs().Select(history => history.Pair)];
        Publish();
        return base.StartAsync(cancellationToken);
    }

    protected override Task TurnAsync(CancellationToken stoppingToken)
    {
        Publish();
        return Task.CompletedTask;
    }

    private void Publish()
    {
        var now = clock.GetUtcNow();
        if (now < _published.AddHours(1))
        {
            return;
        }

        _published = UnixHour.ToInstant(UnixHour.Floor(now));
        book.Publish(
        [
            .. _pairs.Select(pair => bars.LastClosedBy(pair, now) is { } bar ? RateHistory.Observation(pair, bar) : null).OfType<RateObservation>(),
        ]);
    }
}
