using System.Globalization;
using System.Text.Json;
using Cambist.App.Rates.History;
using Cambist.Domain.Calendars;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Sources;

/// <summary>Alpha Vantage's series: objects keyed by time, newest first, the newest one unfinished, in the time zone that the answer names.</summary>
internal static class AlphaVantageSeries
{
    /// <summary>The member that holds hourly bars.</summary>
    public const string Hourly = "Time Series FX (60min)";

    /// <summary>The member that holds days.</summary>
    public const string Daily = "Time Series FX (Daily)";

    private static readonly TimeOnly Close = new(17, 0);

    /// <summary>An instant told by a zone's clock.</summary>
    /// <exception cref="FormatException">The text is no time, or the zone is unknown.</exception>
    public static DateTimeOffset TimeOf(string text, string zone)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
        {
            throw new FormatException("A time zone is one of the IANA names, and this one is not.");
        }

        var local = DateTime.ParseExact(text, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return new DateTimeOffset(local, found.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>The bars from an instant on that had closed at another.</summary>
    public static IReadOnlyList<HourlyBar> Hours(JsonElement answer, DateTimeOffset from, DateTimeOffset known, string source)
    {
        var zone = Zone(answer);
        return
        [
            .. answer.GetProperty(Hourly).EnumerateObject()
                .Select(bar => new HourlyBar(
                    TimeOf(bar.Name, zone), Price(bar.Value, "1. open"), Price(bar.Value, "2. high"), Price(bar.Value, "3. low"), Price(bar.Value, "4. close"),
                    Volume: null, Spread: null, source))
                .Where(bar => bar.OpenTime >= from && bar.CloseTime <= known && FxWeek.IsOpen(bar.OpenTime) && bar.Fault() is null)
                .OrderBy(bar => bar.OpenTime),
        ];
    }

    /// <summary>The closes from an instant on that were known at another. A day closes with the currency day, at 17:00 in New York; Saturdays and Sundays have no close.</summary>
    public static IReadOnlyList<DailyRate> Days(JsonElement answer, DateTimeOffset from, DateTimeOffset known) =>
    [
        .. answer.GetProperty(Daily).EnumerateObject()
            .Select(day => (Day: DateOnly.ParseExact(day.Name, "yyyy-MM-dd", CultureInfo.InvariantCulture), Close: Price(day.Value, "4. close")))
            .Where(day => day.Day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && day.Close > 0m)
            .Select(day => new DailyRate(day.Day, CloseOf(day.Day), day.Close))
            .Where(day => day.EffectiveAt >= from && day.EffectiveAt <= known)
            .OrderBy(day => day.Day),
    ];

    private static DateTimeOffset CloseOf(DateOnly day)
    {
        var local = day.ToDateTime(Close);
        return new DateTimeOffset(local, FxWeek.NewYork.GetUtcOffset(local)).ToUniversalTime();
    }

    // The members are numbered, and differently in each series.
    private static string Zone(JsonElement answer) => answer.GetProperty("Meta Data").EnumerateObject()
        .First(member => member.Name.EndsWith("Time Zone", StringComparison.Ordinal)).Value.GetString()!;

    private static decimal Price(JsonElement bar, string member) => decimal.Parse(bar.GetProperty(member).GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);
}
