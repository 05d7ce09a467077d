using System.Collections.Concurrent;
using Cambist.Domain.Currencies;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting;

namespace Cambist.App.Forecasting.Serving;

/// <summary>Follows the volatility of pairs as learned models see it. The announcements that move a pair are looked up once.</summary>
internal sealed class Tracks
{
    private readonly ConcurrentDictionary<CurrencyPair, AnnouncedHours> _announced = new();

    /// <summary>The announcements of a pair.</summary>
    public AnnouncedHours Announced(CurrencyPair pair) => _announced.GetOrAdd(pair, AnnouncementEffects.For);

    /// <summary>A pair's track; null where there are too few bars to be ready.</summary>
    public VarianceTrack? Of(HourlySeries bars)
    {
        var track = bars.Count == 0 ? null : VarianceTrack.Of(HourlyPath.Of(bars), Announced(bars.Pair));
        return track?.FirstReady < track?.Path.Rows ? track : null;
    }
}
