using Cambist.App.Rates.History;
using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.Sources;

/// <summary>When the European Central Bank's reference rates are true: concerted at about 14:15 in Frankfurt, published at about 16:00, on the working days of TARGET.</summary>
internal static class EcbFixing
{
    /// <summary>The origin of every source that republishes them.</summary>
    public const string Origin = "ecb";

    /// <summary>The rate of one day stands until the next day's is out, with two hours to spare.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromHours(26);

    private static readonly TimeOnly ConcertedAt = new(14, 15);
    private static readonly TimeOnly PublishedAt = new(16, 0);
    private static readonly TimeZoneInfo Frankfurt = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>The instant of a day's rates.</summary>
    public static DateTimeOffset At(DateOnly day) => InFrankfurt(day, ConcertedAt);

    /// <summary>The days of a history from an instant on that were published by another, in rising time. A figure that is not above zero is left out.</summary>
    public static HistoryPage Page(IEnumerable<(DateOnly Day, decimal Rate)> told, DateTimeOffset from, DateTimeOffset known) => new(
        [],
        [
            .. told.Where(day => day.Rate > 0m && InFrankfurt(day.Day, PublishedAt) <= known)
                .Select(day => new DailyRate(day.Day, At(day.Day), day.Rate))
                .Where(day => day.EffectiveAt >= from)
                .OrderBy(day => day.Day),
        ],
        Before: null);

    /// <summary>Refuses a pair whose base is not the euro: these rates are told against it alone.</summary>
    /// <exception cref="SourceFaultException">The base is another.</exception>
    public static void RefuseOtherBases(CurrencyPair pair)
    {
        if (pair.Base.Code != "EUR")
        {
            throw new SourceFaultException(SourceFault.Refused, $"It has a history of the euro against others, and none of {pair}.");
        }
    }

    private static DateTimeOffset InFrankfurt(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, Frankfurt.GetUtcOffset(local)).ToUniversalTime();
    }
}
