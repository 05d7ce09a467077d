using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates;

/// <summary>
/// The rates of some pairs as they change: first a snapshot, then each rate that became another, crosses included, and a sign of life where nothing changes. A reader that is slow gets the
/// newest rate and not each one between; it holds up nobody.
/// </summary>
internal sealed class RateStream(RateBook book, RatesWire wire, TimeProvider clock)
{
    /// <summary>The longest time without an event.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>The events, until the token is cancelled; then the sequence ends.</summary>
    /// <param name="asked">The pairs; null: every pair that is observed directly.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<SseItem<string>> EventsAsync(IReadOnlyList<CurrencyPair>? asked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var changes = book.ChangesAsync(end.Token).GetAsyncEnumerator(end.Token);
        // Listening begins before the snapshot is taken, so that no change falls between them.
        var next = changes.MoveNextAsync().AsTask();
        try
        {
            var told = new Dictionary<CurrencyPair, RateObservation>();
            var id = 0L;
            yield return Event("snapshot", Snapshot(asked, told), ++id);
            var toldAt = clock.GetTimestamp();
            while (await IsNextAsync(next, Silence - clock.GetElapsedTime(toldAt), cancellationToken) is { } hasCome)
            {
                if (hasCome)
                {
                    foreach (var rate in Changed(changes.Current, asked, told))
                    {
                        yield return Event("rate", JsonSerializer.Serialize(wire.Wire(rate), CambistJson.Wire.LatestRate), ++id);
                        toldAt = clock.GetTimestamp();
                    }

                    next = changes.MoveNextAsync().AsTask();
                }

                if (clock.GetElapsedTime(toldAt) >= Silence)
                {
                    yield return Event("heartbeat", $$"""{"time":"{{clock.GetUtcNow().UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}}"}""", ++id);
                    toldAt = clock.GetTimestamp();
                }
            }
        }
        finally
        {
            // The reader may go at any event, and an enumerator that still waits cannot be disposed of.
            await end.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await changes.DisposeAsync();
        }
    }

    // True: a change has come; false: none within the time; null: the stream is over.
    private async Task<bool?> IsNextAsync(Task<bool> next, TimeSpan within, CancellationToken cancellationToken)
    {
        try
        {
            return await next.WaitAsync(within > TimeSpan.Zero ? within : TimeSpan.Zero, clock, CancellationToken.None) ? true : null;
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private string Snapshot(IReadOnlyList<CurrencyPair>? asked, Dictionary<CurrencyPair, RateObservation> told)
    {
        foreach (var pair in asked ?? book.Pairs)
        {
            if (book.Find(pair) is { } rate)
            {
                told[pair] = rate;
            }
        }

        var rates = (asked?.Distinct().Where(told.ContainsKey) ?? told.Keys.OrderBy(pair => pair.Symbol, StringComparer.Ordinal)).Select(pair => wire.Wire(told[pair]));
        return JsonSerializer.Serialize(new LatestRates([.. rates], clock.GetUtcNow()), CambistJson.Wire.LatestRates);
    }

    private IEnumerable<RateObservation> Changed(RateObservation change, IReadOnlyList<CurrencyPair>? asked, Dictionary<CurrencyPair, RateObservation> told)
    {
        foreach (var pair in asked?.Distinct().Where(pair => Concerns(change.Pair, pair)) ?? [change.Pair])
        {
            if (book.Find(pair) is { } rate && rate != told.GetValueOrDefault(pair))
            {
                told[pair] = rate;
                yield return rate;
            }
        }
    }

    // A leg of a cross shares a currency with it, or is between two hubs.
    private static bool Concerns(CurrencyPair changed, CurrencyPair pair) =>
        pair.Has(changed.Base) || pair.Has(changed.Quote) || (RateBook.Hubs.Contains(changed.Base) && RateBook.Hubs.Contains(changed.Quote));

    private static SseItem<string> Event(string type, string data, long id) => new(data, type) { EventId = id.ToString(CultureInfo.InvariantCulture) };
}
