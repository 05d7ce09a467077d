using Cambist.Client;
using Cambist.Domain.Currencies;

namespace Cambist.App.Goals;

/// <summary>Adds up what conversions saved, by the calendar of their person's time zone.</summary>
internal static class GoalSavings
{
    public static SavingsReport Of(IReadOnlyList<StoredConversion> conversions, TimeZoneInfo zone, DateTimeOffset now)
    {
        var today = DayOf(now, zone);
        var dated = conversions.Select(stored => (Day: DayOf(stored.Conversion.ExecutedAt, zone), Stored: stored)).ToList();
        return new SavingsReport(
            Sum(dated.Where(one => (one.Day.Year, one.Day.Month) == (today.Year, today.Month)).Select(one => one.Stored)),
            Sum(dated.Where(one => one.Day.Year == today.Year).Select(one => one.Stored)),
            Sum(conversions));
    }

    private static SavingsSum Sum(IEnumerable<StoredConversion> conversions)
    {
        var all = conversions.ToList();
        var counted = all.Select(stored => stored.Saving).Where(saving => saving is not null).Select(saving => saving!).ToList();
        return new SavingsSum(
            GoalWire.Wire(new Money(counted.Sum(saving => saving.SavedUsd?.Amount ?? 0m), Currency.Usd)), // Those without are counted apart.
            [.. counted.GroupBy(saving => saving.Saved.Currency).OrderBy(group => group.Key.Code, StringComparer.Ordinal).Select(group => GoalWire.Wire(new Money(group.Sum(saving => saving.Saved.Amount), group.Key)))],
            counted.Count,
            all.Count - counted.Count,
            counted.Count(saving => saving.SavedUsd is null));
    }

    private static DateOnly DayOf(DateTimeOffset instant, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
