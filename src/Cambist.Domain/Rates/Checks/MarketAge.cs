using Cambist.Domain.Calendars;

namespace Cambist.Domain.Rates.Checks;

/// <summary>Time as the market feels it: an open hour counts whole. A closed one counts a quarter, for news comes on weekends too and the market opens with a gap.</summary>
internal static class MarketAge
{
    private const double Closed = 0.25;

    public static TimeSpan Between(DateTimeOffset one, DateTimeOffset other)
    {
        var wall = (other - one).Duration();
        if (wall < TimeSpan.FromMinutes(1))
        {
            return wall;
        }

        var open = FxWeek.OpenTimeBetween(one, other).Duration();
        return open + (wall - open) * Closed;
    }
}
