using System.Threading.Channels;
using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.Feeds;

/// <summary>A time in which a feed told nothing because its connection was lost.</summary>
/// <param name="Feed">The feed's id.</param>
/// <param name="Start">When the last rates before it came.</param>
/// <param name="End">When the first rates after it came.</param>
/// <param name="Pairs">The pairs that were listened to.</param>
public sealed record FeedGap(string Feed, DateTimeOffset Start, DateTimeOffset End, IReadOnlyList<CurrencyPair> Pairs);

/// <summary>The gaps of all feeds: the latest of them for people, and each once for whoever fills history.</summary>
public sealed class FeedGaps
{
    private const int Kept = 100;

    private readonly Lock _writing = new();
    private readonly Queue<FeedGap> _recent = new();
    private readonly Channel<FeedGap> _unfilled = Channel.CreateBounded<FeedGap>(new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>The last hundred, the oldest first.</summary>
    public IReadOnlyList<FeedGap> Recent
    {
        get
        {
            lock (_writing)
            {
                return [.. _recent];
            }
        }
    }

    /// <summary>Gaps that nobody has taken yet; for one reader. At most a hundred wait.</summary>
    public ChannelReader<FeedGap> Unfilled => _unfilled.Reader;

    internal void Add(FeedGap gap)
    {
        lock (_writing)
        {
            _recent.Enqueue(gap);
            while (_recent.Count > Kept)
            {
                _recent.Dequeue();
            }
        }

        _unfilled.Writer.TryWrite(gap);
    }
}
