namespace Cambist.Domain.Calendars;

/// <summary>Whole hours since 1970-01-01T00:00Z, the time axis of hourly bars.</summary>
public static class UnixHour
{
    private static readonly long EpochHour = DateTimeOffset.UnixEpoch.UtcTicks / TimeSpan.TicksPerHour;

    /// <summary>The last full hour that is not after the instant.</summary>
    public static long Floor(DateTimeOffset instant) => instant.UtcTicks / TimeSpan.TicksPerHour - EpochHour;

    /// <summary>The first full hour that is not before the instant.</summary>
    public static long Ceiling(DateTimeOffset instant) => (instant.UtcTicks + TimeSpan.TicksPerHour - 1) / TimeSpan.TicksPerHour - EpochHour;

    /// <summary>The instant at which an hour begins.</summary>
    public static DateTimeOffset ToInstant(long hour) => new((hour + EpochHour) * TimeSpan.TicksPerHour, TimeSpan.Zero);
}
