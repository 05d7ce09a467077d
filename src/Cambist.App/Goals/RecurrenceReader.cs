using System.Globalization;
using Cambist.App.Edge;
using Cambist.Client;
using Cambist.Domain.Goals;

namespace Cambist.App.Goals;

/// <summary>Reads calendars of goals.</summary>
internal static class RecurrenceReader
{
    /// <summary>The calendar of a goal; null where it is wrong, which the fields then tell.</summary>
    public static Recurrence? Read(FieldReader fields, RecurrenceRule asked, TimeZoneInfo zone, DateTimeOffset starts)
    {
        if (asked.Unit is null)
        {
            fields.Refuse(Problems.Missing("recurrence.unit", "days, weeks, months or years"));
        }

        var unit = fields.Word("recurrence.unit", asked.Unit, [.. GoalWords.Units]);
        var every = Within(fields, "recurrence.every", asked.Every ?? 1, 1, 1000);
        var count = asked.Count is { } told ? Within(fields, "recurrence.count", told, 1, 10_000) : (int?)null;
        var day = asked.DayOfMonth is { } number ? Within(fields, "recurrence.day_of_month", number, 1, 31) : (int?)null;
        var weekday = asked.Weekday is null ? (DayOfWeek?)null : fields.Word("recurrence.weekday", asked.Weekday, [.. GoalWords.Weekdays]);
        var start = DayOf(fields, "recurrence.start", asked.Start) ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(starts, zone).DateTime);
        var until = DayOf(fields, "recurrence.until", asked.Until);
        var time = TimeOnly.MinValue;
        if (asked.Time is not null && !TimeOnly.TryParseExact(asked.Time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time))
        {
            fields.Refuse(Problems.Invalid("invalid_time", "recurrence.time", "a time of day such as 09:00", asked.Time));
        }

        return fields.Problem is null ? new Recurrence(unit, every, start, time, zone) { DayOfMonth = day, Weekday = weekday, Until = until, Count = count } : null;
    }

    /// <summary>The deadline that follows from a calendar: averaging by one that ends has the day after its last one. Null where none follows.</summary>
    public static DateTimeOffset? EndOf(GoalKind kind, Recurrence? rule)
    {
        if (kind != GoalKind.DollarCostAverage || rule is not ({ Until: not null } or { Count: not null }))
        {
            return null;
        }

        var parts = rule.Occurrences().Take(GoalPlanner.MostParts + 1).Count();
        var next = (rule with { Until = null, Count = null }).Occurrences().Skip(parts).FirstOrDefault();
        return next == default ? null : next;
    }

    private static int Within(FieldReader fields, string field, int number, int least, int most)
    {
        if (number < least || number > most)
        {
            fields.Refuse(Problems.Invalid("invalid_recurrence", field, $"a whole number from {least} to {most}", number.ToString(CultureInfo.InvariantCulture)));
        }

        return number;
    }

    private static DateOnly? DayOf(FieldReader fields, string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2003 and < Recurrence.LastYear)
        {
            return day;
        }

        fields.Refuse(Problems.Invalid("invalid_time", field, "a date such as 2027-03-31", text));
        return null;
    }
}
