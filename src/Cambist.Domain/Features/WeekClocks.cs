using Cambist.Domain.Calendars;

namespace Cambist.Domain.Features;

/// <summary>A place by whose clock hours of the market are told apart.</summary>
internal enum MarketPlace
{
    NewYork,
    London,
    Tokyo,
}

/// <summary>How the clocks of the three places stand to each other in a week of the market, which runs by New York's.</summary>
internal readonly struct WeekClocks
{
    /// <summary>Hours by which a place's hour of the week may be later than New York's, as they are counted here.</summary>
    public const int MostShift = 2;

    /// <summary>How many ways there are for the clocks to stand to each other.</summary>
    public const int Kinds = 2 * (MostShift + 1);

    // New York is 4 or 5 hours behind UTC, which Tokyo keeps step with, and 4 to 6 behind London.
    private const int LeastBehind = 4;
    private const int HoursPerDay = 24;

    private static readonly TimeZoneInfo LondonZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
    private static readonly WeekClocks[] ByWeek = Compute();

    // A week's clocks are one of few: London is 0 to 2 hours later than counted from, Tokyo 0 or 1.
    private static readonly float[][] FeaturesOfKind = [.. Enumerable.Range(0, Kinds).Select(kind => Tell(new WeekClocks(kind / 2, kind % 2)))];

    private readonly byte _london;
    private readonly byte _tokyo;

    private WeekClocks(int london, int tokyo)
    {
        _london = (byte)london;
        _tokyo = (byte)tokyo;
    }

    /// <summary>The places.</summary>
    public static ReadOnlySpan<MarketPlace> All => [MarketPlace.NewYork, MarketPlace.London, MarketPlace.Tokyo];

    /// <summary>Which of the ways it is.</summary>
    public int Kind => 2 * _london + _tokyo;

    /// <summary>
    /// What features tell of the clocks at the beginning of each hour of the week, eight numbers an hour: sine and cosine of the hour in New York's market day and in the
    /// week, the share of the week that is left, and whether Tokyo, London and New York are open.
    /// </summary>
    public float[] Features => FeaturesOfKind[Kind];

    /// <summary>The clocks of a week.</summary>
    public static WeekClocks Of(int week) => ByWeek[Math.Min(week, ByWeek.Length - 1)];

    /// <summary>The hour of a week by a place's clock: the same number is the same time of day there.</summary>
    /// <param name="place">The place.</param>
    /// <param name="hourOfWeek">The hour from the Sunday open at 17:00 in New York, 0 to 119.</param>
    public int Hour(MarketPlace place, int hourOfWeek) => hourOfWeek + place switch
    {
        MarketPlace.London => _london,
        MarketPlace.Tokyo => _tokyo,
        _ => 0,
    };

    /// <summary>The place that makes the market move in an hour: New York from 08:00 to an hour after its close, before that London from 06:00, else Tokyo.</summary>
    public MarketPlace AtWork(int hourOfWeek)
    {
        var newYork = (17 + hourOfWeek) % HoursPerDay;
        var london = (newYork + LeastBehind + _london) % HoursPerDay;
        return newYork is >= 8 and < 18 ? MarketPlace.NewYork : london is >= 6 and < 15 ? MarketPlace.London : MarketPlace.Tokyo;
    }

    // 08:00 to 17:00 in New York and London, 09:00 to 18:00 in Tokyo, which is nine hours ahead of UTC.
    private bool IsOpen(MarketPlace place, int hourOfWeek) => place switch
    {
        MarketPlace.NewYork => (17 + hourOfWeek) % HoursPerDay is >= 8 and < 17,
        MarketPlace.London => (17 + hourOfWeek + LeastBehind + _london) % HoursPerDay is >= 8 and < 17,
        _ => (17 + hourOfWeek + LeastBehind + _tokyo) % HoursPerDay < 9,
    };

    private static float[] Tell(WeekClocks clocks)
    {
        var features = new List<float>();
        for (var hour = 0; hour < FxWeek.Hours; hour++)
        {
            var (day, week) = (2 * Math.PI * (hour % HoursPerDay) / HoursPerDay, 2 * Math.PI * hour / FxWeek.Hours);
            features.AddRange((float)Math.Sin(day), (float)Math.Cos(day), (float)Math.Sin(week), (float)Math.Cos(week), (float)(FxWeek.Hours - hour) / FxWeek.Hours);
            features.AddRange(clocks.IsOpen(MarketPlace.Tokyo, hour) ? 1 : 0, clocks.IsOpen(MarketPlace.London, hour) ? 1 : 0, clocks.IsOpen(MarketPlace.NewYork, hour) ? 1 : 0);
        }

        return [.. features];
    }

    private static WeekClocks[] Compute()
    {
        // The FX week is known to the end of 2100; the last weeks of that year are left to its last entry.
        var weeks = MarketClock.WeekOf((int)FxWeek.MarketHours(new DateTimeOffset(2100, 12, 1, 0, 0, 0, TimeSpan.Zero)));
        var clocks = new WeekClocks[weeks];
        var midWeek = FxWeek.OpenOf(FxWeek.KnownFrom).AddDays(3);
        for (var week = 0; week < weeks; week++, midWeek = midWeek.AddDays(7))
        {
            var behind = -(int)FxWeek.NewYork.GetUtcOffset(midWeek).TotalHours;
            var london = (int)LondonZone.GetUtcOffset(midWeek).TotalHours;
            clocks[week] = new WeekClocks(behind + london - LeastBehind, behind - LeastBehind);
        }

        return clocks;
    }
}
