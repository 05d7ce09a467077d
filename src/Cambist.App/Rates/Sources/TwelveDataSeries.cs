using System.Globalization;
using System.Text.Json;
using Cambist.App.Rates.History;
using Cambist.Domain.Calendars;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Sources;

/// <summary>Twelve Data's hourly series: asked for in UTC, newest first, at most 5,000 bars, the newest one unfinished.</summary>
internal static class TwelveDataSeries
{
    /// <summary>How many bars one answer has at most.</summary>
    public const int Longest = 5_000;

    private const string Format = "yyyy-MM-dd HH:mm:ss";

    /// <summary>An instant in an address.</summary>
    public static string Shown(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A page of closed bars. Where the answer is full there may be older ones.</summary>
    public static HistoryPage Page(JsonElement answer, DateTimeOffset from, DateTimeOffset before, DateTimeOffset now, string source)
    {
        var told = answer.GetProperty("values").EnumerateArray()
            .Select(bar => new HourlyBar(
                DateTimeOffset.ParseExact(bar.GetProperty("datetime").GetString()!, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                Price(bar, "open"), Price(bar, "high"), Price(bar, "low"), Price(bar, "close"), Volume: null, Spread: null, source))
            .OrderBy(bar => bar.OpenTime)
            .ToList();
        var hours = told
            .Where(bar => bar.OpenTime >= from && bar.CloseTime <= before && bar.CloseTime <= now && FxWeek.IsOpen(bar.OpenTime) && bar.Fault() is null)
            .ToList();
        return new HistoryPage(hours, [], told.Count >= Longest && told[0].OpenTime > from && told[0].OpenTime < before ? told[0].OpenTime : null);
    }

    private static decimal Price(JsonElement bar, string member) => decimal.Parse(bar.GetProperty(member).GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);
}
