using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Rates.Feeds;

/// <summary>Listens to one feed for as long as the service runs: connects again when the connection is lost or has fallen silent, and notes what was missed.</summary>
internal sealed class FeedLoop(
    IRateFeed feed, IReadOnlyList<CurrencyPair> pairs, RateIntake intake, FeedGaps gaps, FeedHealth health, ReconnectSchedule schedule, TimeProvider clock, ILogger log)
{
    private readonly string _id = feed.Profile.Id;
    private readonly Dictionary<string, string> _refused = new(StringComparer.Ordinal);
    private long? _connectedAt;
    private int _connections;
    private DateTimeOffset? _lastRatesAt;
    private bool _wasLost;
    private bool _isPaused;

    public async Task RunAsync(CancellationToken stoppingToken)
    {
        Change(state => state with { Since = clock.GetUtcNow() });
        while (true)
        {
            var loss = await ListenAsync(stoppingToken);
            var wait = schedule.After(loss, clock.GetUtcNow());
            log.LogWarning("Feed {Feed} lost: {Reason} Next try in {Wait:0.0} s", _id, loss.Reason, wait.TotalSeconds);
            Change(state => state with
            {
                IsConnected = false,
                Since = state.IsConnected ? clock.GetUtcNow() : state.Since,
                LastFault = loss.Reason,
            });
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, clock, stoppingToken);
            }
        }
    }

    private async Task<FeedLoss> ListenAsync(CancellationToken stoppingToken)
    {
        _connectedAt = null;
        _refused.Clear();
        using var silence = new CancellationTokenSource(feed.LongestSilence, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, stoppingToken);
        try
        {
            await foreach (var told in feed.ConnectAsync(pairs, end.Token))
            {
                if (told is not FeedEvent.Unreadable)
                {
                    silence.CancelAfter(feed.LongestSilence);
                    SignOfLife();
                }

                Take(told);
            }

            stoppingToken.ThrowIfCancellationRequested();
            return Loss(kind: null, "It ended the connection.");
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            return Loss(SourceFault.Unavailable, $"No sign of life for {feed.LongestSilence.TotalSeconds:0.#} s.");
        }
        catch (SourceFaultException fault)
        {
            return Loss(fault.Kind, fault.Message, fault.RetryAfter);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // What nobody foresaw, in the feed or in taking what it says, is a reason to connect again and not to fall silent for ever.
            log.LogError(fault, "Feed {Feed} broke", _id);
            return Loss(SourceFault.Unreadable, fault.Message);
        }
        finally
        {
            _wasLost = true;
        }
    }

    private FeedLoss Loss(SourceFault? kind, string reason, TimeSpan? retryAfter = null) =>
        new(kind, reason, retryAfter, _connectedAt is { } since ? clock.GetElapsedTime(since) + TimeSpan.FromTicks(1) : TimeSpan.Zero, _isPaused);

    private void SignOfLife()
    {
        var now = clock.GetUtcNow();
        if (_connectedAt is not null)
        {
            Change(state => state with { LastEventAt = now });
            return;
        }

        _connectedAt = clock.GetTimestamp();
        _connections++;
        log.LogInformation("Feed {Feed} connected", _id);
        Change(state => state with { IsConnected = true, Since = now, LastEventAt = now, Reconnects = _connections - 1, RefusedPairs = [] });
    }

    private void Take(FeedEvent told)
    {
        switch (told)
        {
            case FeedEvent.Rates { Sheet: var sheet }:
                intake.Take(sheet);
                Count(sheet);
                break;
            case FeedEvent.PairRefused refused:
                Refuse(refused);
                break;
            case FeedEvent.Maintenance { Detail: var detail }:
                _isPaused = true;
                log.LogWarning("Feed {Feed} does not trade: {Detail}", _id, detail);
                Change(state => state with { Maintenance = detail });
                break;
            case FeedEvent.Trading:
                _isPaused = false;
                Change(state => state with { Maintenance = null });
                break;
            case FeedEvent.Unreadable:
                Change(state => state with { Unreadable = state.Unreadable + 1 });
                break;
        }
    }

    private void Count(RateSheet sheet)
    {
        if (sheet.Rates.Count == 0)
        {
            return;
        }

        if (_wasLost && _lastRatesAt is { } before)
        {
            gaps.Add(new FeedGap(_id, before, sheet.ObservedAt, [.. pairs.Where(pair => !_refused.ContainsKey(pair.ToString()))]));
            Change(state => state with { Gaps = state.Gaps + 1 });
        }

        _wasLost = false;
        _lastRatesAt = sheet.ObservedAt;
        Change(state => state with { LastRateAt = sheet.ObservedAt });
    }

    private void Refuse(FeedEvent.PairRefused refused)
    {
        log.LogWarning("Feed {Feed} refuses {Pair}: {Reason}", _id, refused.Pair, refused.Reason);
        _refused[refused.Pair] = refused.Reason;
        Change(state => state with { RefusedPairs = [.. _refused.Select(pair => $"{pair.Key}: {pair.Value}")] });
        if (pairs.All(pair => _refused.ContainsKey(pair.ToString())))
        {
            throw new SourceFaultException(SourceFault.Refused, $"It streams none of the {pairs.Count} pairs.");
        }
    }

    private void Change(Func<FeedState, FeedState> change) => health.Change(_id, change);
}
