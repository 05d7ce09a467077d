using Cambist.Domain.Calendars;
using Cambist.Domain.Quotes;

namespace Cambist.Domain.Evaluation.Advice;

/// <summary>
/// The hours of a span with their rates and the markups that hold in them. Among hours with the same markup windows the one with the highest rate is the best, whoever the provider is, so a search for the best
/// hour prices one hour for each set of windows instead of all. Safe to use from any thread.
/// </summary>
public sealed class HourGrid
{
    // A window is a bit.
    private const int MostWindows = 64;

    private readonly long _first;
    private readonly decimal?[] _mids;
    private readonly int[] _regimes;
    private readonly int _regimeCount;

    /// <summary>The whole hours from one instant to another.</summary>
    /// <param name="rates">Rates of the question's pair.</param>
    /// <param name="providers">The providers.</param>
    /// <param name="from">The first hour, or the first after it.</param>
    /// <param name="to">The last, or the last before it.</param>
    /// <exception cref="ArgumentException">The providers have more than 64 markup windows.</exception>
    public HourGrid(RatePath rates, ProviderPanel providers, DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentNullException.ThrowIfNull(providers);
        var windows = providers.MarkupWindowsOn(rates.Pair.Base);
        if (windows.Count > MostWindows)
        {
            throw new ArgumentException($"At most {MostWindows} markup windows are expected, found {windows.Count}.", nameof(providers));
        }

        _first = UnixHour.Ceiling(from);
        var hours = (int)Math.Max(0, UnixHour.Floor(to) - _first + 1);
        (_mids, _regimes) = (new decimal?[hours], new int[hours]);
        var known = new Dictionary<ulong, int>();
        for (var i = 0; i < hours; i++)
        {
            var instant = UnixHour.ToInstant(_first + i);
            _mids[i] = rates.FreshAt(instant)?.Rate.Mid;
            var covering = 0UL;
            for (var bit = 0; bit < windows.Count; bit++)
            {
                covering |= windows[bit].Covers(instant) ? 1UL << bit : 0;
            }

            _regimes[i] = known.TryGetValue(covering, out var regime) ? regime : known[covering] = known.Count;
        }

        _regimeCount = known.Count;
    }

    /// <summary>Of the hours after one instant and up to another, of each set of windows the first with the highest rate.</summary>
    public IReadOnlyList<DateTimeOffset> BestOfEachRegime(DateTimeOffset after, DateTimeOffset until)
    {
        var best = new int[_regimeCount];
        Array.Fill(best, -1);
        var end = Math.Min(_mids.Length - 1, UnixHour.Floor(until) - _first);
        for (var i = (int)Math.Max(0, UnixHour.Floor(after) + 1 - _first); i <= end; i++)
        {
            if (_mids[i] is { } mid && (best[_regimes[i]] < 0 || mid > _mids[best[_regimes[i]]]))
            {
                best[_regimes[i]] = i;
            }
        }

        return [.. best.Where(index => index >= 0).Order().Select(index => UnixHour.ToInstant(_first + index))];
    }
}
