using Cambist.Domain.Calendars;

namespace Cambist.Web.Chart;

/// <summary>The horizontal axis: clock time, so that a closed weekend is as wide as it was long.</summary>
public sealed record TimeAxis(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>Thousandths of the width.</summary>
    public double Place(DateTimeOffset at) => (at - Start) / (End - Start) * 1000;

    /// <summary>Noon of each day of the zone: where the day's name stands. Noon exists on every day, midnight does not.</summary>
    public IEnumerable<DateTimeOffset> Noons(TimeZoneInfo zone)
    {
        var day = TimeZoneInfo.ConvertTime(Start, zone).Date;
        while (true)
        {
            var noon = day.AddHours(12);
            var instant = new DateTimeOffset(noon, zone.GetUtcOffset(noon));
            if (instant > End)
            {
                yield break;
            }

            if (instant >= Start)
            {
                yield return instant;
            }

            day = day.AddDays(1);
        }
    }

    /// <summary>The spans in which the market is closed.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Closures()
    {
        var at = Start;
        while (at < End)
        {
            if (FxWeek.IsOpen(at))
            {
                at = FxWeek.CloseOf(at);
                continue;
            }

            var opens = FxWeek.NextOpen(at);
            yield return (at, opens < End ? opens : End);
            at = opens;
        }
    }
}
