using System.Globalization;
using Cambist.App.Edge;
using Cambist.App.Edge.Limits;
using Cambist.App.Streaming;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Cambist.App.Rates;

/// <summary>Tells the hub of live streams the rates that somebody follows, crosses included, each time that one becomes another.</summary>
internal sealed class RateTopics(RateBook book, StreamHub hub, TimeProvider clock) : BackgroundService
{
    // A rate becomes stale without a change. So soon after it does, that is told.
    private static readonly TimeSpan StaleIsToldWithin = TimeSpan.FromSeconds(5);

    // The book drops the oldest changes of a reader that falls far behind. After this many at once every rate is looked at, whichever changed.
    private const int MostTogether = 1024;

    private readonly CancellationTokenSource _end = new();
    private IAsyncEnumerator<RateObservation>? _changes;
    private Task<bool>? _next;
    private PeriodicTimer? _turn;

    /// <summary>What clients of rates may follow: every pair of two currencies.</summary>
    public StreamSource Source => field ??= new StreamSource("rates", static text => CurrencyPair.TryParse(text, out var pair) ? pair.ToString() : null, Newest);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Listening begins before the first client can come.
        _changes = book.ChangesAsync(_end.Token).GetAsyncEnumerator(_end.Token);
        _next = _changes.MoveNextAsync().AsTask();
        _turn = new PeriodicTimer(StaleIsToldWithin, clock);
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        // Where nobody stopped the service, this does; it cancels what is disposed next.
        base.Dispose();
        _turn?.Dispose();
        _end.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var stop = stoppingToken.Register(_end.Cancel);
        try
        {
            await Task.WhenAll(TellChangesAsync(), TellStaleAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops.
        }
        finally
        {
            await _changes!.DisposeAsync();
        }
    }

    private async Task TellChangesAsync()
    {
        while (await _next!)
        {
            Tell(await TogetherAsync());
        }
    }

    private async Task TellStaleAsync(CancellationToken stoppingToken)
    {
        while (await _turn!.WaitForNextTickAsync(stoppingToken))
        {
            Tell(null);
        }
    }

    // What came together is told together: a round of a source changes a hundred pairs, and a cross of two of them once. Null: too many to know which.
    private async Task<HashSet<CurrencyPair>?> TogetherAsync()
    {
        var changed = new HashSet<CurrencyPair>();
        var count = 0;
        do
        {
            changed.Add(_changes!.Current.Pair);
            _next = _changes.MoveNextAsync().AsTask();
        }
        while (++count < MostTogether && _next.IsCompletedSuccessfully && await _next);
        return count < MostTogether ? changed : null;
    }

    private void Tell(HashSet<CurrencyPair>? changed)
    {
        var all = changed?.Any(pair => RateBook.Hubs.Contains(pair.Base) && RateBook.Hubs.Contains(pair.Quote)) ?? true;
        HashSet<Currency> currencies = [.. changed?.SelectMany(pair => new[] { pair.Base, pair.Quote }) ?? []];
        foreach (var topic in hub.Topics)
        {
            // A leg of a cross shares a currency with it, or is between two hubs. The hub holds topics of others too.
            if (CurrencyPair.TryParse(topic.Name, out var pair) && (all || currencies.Contains(pair.Base) || currencies.Contains(pair.Quote)))
            {
                topic.Refresh();
            }
        }
    }

    private StreamFrame? Newest(string topic, StreamFrame? last)
    {
        if (book.Find(CurrencyPair.Parse(topic)) is not { } found)
        {
            return last;
        }

        var (type, stale) = found.IsStale(clock.GetUtcNow()) ? ("rate_stale", ",\"stale\":true") : ("rate_update", "");
        var change = StreamFrame.Change(type, string.Create(
            CultureInfo.InvariantCulture,
            $"\"currency_pair\":\"{topic}\",\"rate\":\"{RateDigits.Round(found.Rate.Mid)}\",\"timestamp\":\"{found.EffectiveAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'}\"{stale}"));
        return last is not null && last.Item.SequenceEqual(change.Item) ? last : change;
    }
}

/// <summary>The routes of live rates.</summary>
internal static class RateTopicsEndpoint
{
    public static void MapRateTopics(this IEndpointRouteBuilder routes)
    {
        routes
            .Map("/ws/rates", static (HttpContext context, StreamEndpoint streams, RateTopics rates) => streams.AcceptAsync(context, rates.Source))
            .Limit()
            .ExcludeFromDescription();
        // What is personal comes with the rates, on one connection.
        routes
            .Map("/ws/{user_id}", static (HttpContext context, [FromRoute(Name = "user_id")] string account, PersonalEndpoint streams, RateTopics rates) => streams.AcceptAsync(context, account, rates.Source))
            .Limit() // Tokens are guessed here, too.
            .WithMetadata(new AnswersWithoutToken()) // The stream says itself what is wrong with a token.
            .ExcludeFromDescription();
    }
}
