using System.Globalization;

namespace Cambist.Web;

/// <summary>An instant on the clock of a place, in the parts that a page shows.</summary>
internal readonly record struct LocalTime(DateTimeOffset Instant, TimeZoneInfo Zone)
{
    private DateTimeOffset Local => TimeZoneInfo.ConvertTime(Instant, Zone);

    /// <summary><c>Tue 1 Dec</c>.</summary>
    public string Day => Format("ddd d MMM");

    /// <summary><c>15:00 UTC</c>, <c>20:30 UTC+5:30</c>.</summary>
    public string Clock => $"{Format("HH:mm")} UTC{Offset}";

    /// <summary><c>Tue 1 Dec 2026, 15:00 UTC</c>.</summary>
    public string Full => $"{Format("ddd d MMM yyyy")}, {Clock}";

    /// <summary>The day that a deadline ends: midnight is the end of the day before.</summary>
    public DateOnly DeadlineDay => DateOnly.FromDateTime(Local.AddTicks(-1).DateTime);

    /// <summary>The day, as it stands on that clock.</summary>
    public DateOnly Date => DateOnly.FromDateTime(Local.DateTime);

    /// <summary>For the <c>datetime</c> attribute.</summary>
    public string Iso => Instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private string Offset => Local.Offset switch
    {
        { Ticks: 0 } => "",
        { Minutes: 0 } offset => offset.Hours.ToString("+0;-0", CultureInfo.InvariantCulture),
        var offset => (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString(@"h\:mm", CultureInfo.InvariantCulture),
    };

    private string Format(string format) => Local.ToString(format, CultureInfo.InvariantCulture);
}
