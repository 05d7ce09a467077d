namespace Cambist.App.Rates.Sources;

/// <summary>When the European Central Bank's reference rates are true: concerted at about 14:15 in Frankfurt, published at about 16:00, on the working days of TARGET.</summary>
internal static class EcbFixing
{
    /// <summary>The origin of every source that republishes them.</summary>
    public const string Origin = "ecb";

    /// <summary>The rate of one day stands until the next day's is out, with two hours to spare.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromHours(26);

    private static readonly TimeOnly ConcertedAt = new(14, 15);
    private static readonly TimeZoneInfo Frankfurt = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>The instant of a day's rates.</summary>
    public static DateTimeOffset At(DateOnly day)
    {
        var local = day.ToDateTime(ConcertedAt);
        return new DateTimeOffset(local, Frankfurt.GetUtcOffset(local)).ToUniversalTime();
    }
}
