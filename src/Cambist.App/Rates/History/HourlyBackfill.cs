using System.Data.Common;
using Cambist.App.Rates.Feeds;
using Cambist.App.Rates.Sources;
using Cambist.App.Storage;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Rates.History;

/// <summary>
/// Keeps the hourly history of the major pairs whole while the service runs: at the start, so that forecasts work at once, after every hour, and after a feed has missed
/// something, it fetches the hours that the store lacks from the first source that has them. Sources without a quota are asked first.
/// </summary>
internal sealed class HourlyBackfill(
    IEnumerable<IHistorySource> sources, BarStore bars, RatesOptions options, HistoryGate gate, FirstRound firstRound, FeedGaps gaps, TimeProvider clock, ILogger<HourlyBackfill> log) : BackgroundService
{
    // What Kraken keeps.
    private static readonly TimeSpan Reach = TimeSpan.FromDays(30);
    private static readonly TimeSpan AfterTheHour = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan UntilItIsReached = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // A source may be late with its newest hours; an older one that it does not tell, such as Christmas, it will never tell.
    private static readonly TimeSpan Late = TimeSpan.FromHours(3);

    private readonly IHistorySource[] _sources =
    [
        .. sources.Where(source => source.Unit == HistoryUnit.Hour).OrderByDescending(source => source.Profile.QuotaPerDay ?? int.MaxValue),
    ];

    private readonly Dictionary<CurrencyPair, HashSet<long>> _notToBeHad = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What the past is compared with.
        await firstRound.Over.WaitAsync(stoppingToken);
        while (_sources.Length > 0)
        {
            var isReached = true;
            foreach (var pair in options.MajorPairs)
            {
                isReached = await FillAsync(pair, stoppingToken);
                if (!isReached)
                {
                    break;
                }
            }

            await WaitAsync(isReached ? UntilNextHour() : UntilItIsReached, stoppingToken);
        }
    }

    // False where no source answers: then the other pairs need not be asked. A pair that no source has, or whose answer is no good, does not stop the others.
    private async Task<bool> FillAsync(CurrencyPair pair, CancellationToken stoppingToken)
    {
        var now = clock.GetUtcNow();
        try
        {
            var missing = Missing(pair, now);
            var isReached = missing.Count == 0;
            foreach (var source in missing.Count == 0 ? [] : _sources)
            {
                var fault = await FetchAsync(source, pair, missing, now, stoppingToken);
                if (fault is null)
                {
                    return true;
                }

                log.LogWarning("No hourly bars of {Pair} from {Source}: {Fault}", pair, source.Profile.Id, fault.Message);
                isReached |= fault.Kind is not SourceFault.Unavailable;
            }

            return isReached;
        }
        catch (Exception fault) when (Database.IsFault(fault))
        {
            log.LogWarning("Hourly bars of {Pair} cannot be stored: {Fault}", pair, fault.Message);
            return false;
        }
    }

    private async Task<SourceFaultException?> FetchAsync(IHistorySource source, CurrencyPair pair, List<long> missing, DateTimeOffset now, CancellationToken stoppingToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(Patience);
        try
        {
            var from = UnixHour.ToInstant(missing[0]);
            var sound = gate.Open(pair, source.Profile.Id);
            for (DateTimeOffset? before = now; before > from;)
            {
                var page = await source.PageAsync(pair, from, before.Value, limit.Token);
                bars.FillGaps(pair, sound.Sound(page).Hours);
                before = page.Before < before ? page.Before : null;
            }

            Remember(pair, missing, now);
            return null;
        }
        catch (Exception fault) when (fault is not DbException && SourceRunner.Translated(fault, Patience, stoppingToken) is { } translated)
        {
            return translated;
        }
    }

    private List<long> Missing(CurrencyPair pair, DateTimeOffset now)
    {
        var there = bars.Read(pair, now - Reach, now).Select(bar => UnixHour.Floor(bar.OpenTime)).ToHashSet();
        _notToBeHad.TryGetValue(pair, out var never);
        var missing = new List<long>();
        for (var hour = UnixHour.Ceiling(now - Reach); hour < UnixHour.Floor(now); hour++)
        {
            if (!there.Contains(hour) && never?.Contains(hour) != true && FxWeek.IsOpen(UnixHour.ToInstant(hour)))
            {
                missing.Add(hour);
            }
        }

        return missing;
    }

    private void Remember(CurrencyPair pair, List<long> asked, DateTimeOffset now)
    {
        var never = _notToBeHad.TryGetValue(pair, out var known) ? known : _notToBeHad[pair] = [];
        never.RemoveWhere(hour => hour < UnixHour.Floor(now - Reach));
        never.UnionWith(asked.Where(hour => hour < UnixHour.Floor(now - Late)));
    }

    // Until the time has come, or a feed has missed something.
    private async Task WaitAsync(TimeSpan wait, CancellationToken stoppingToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(Task.Delay(wait, clock, end.Token), gaps.Unfilled.WaitToReadAsync(end.Token).AsTask());
        await end.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
        while (gaps.Unfilled.TryRead(out _))
        {
        }
    }

    private TimeSpan UntilNextHour()
    {
        var now = clock.GetUtcNow();
        return UnixHour.ToInstant(UnixHour.Floor(now)).AddHours(1) + AfterTheHour - now;
    }
}
