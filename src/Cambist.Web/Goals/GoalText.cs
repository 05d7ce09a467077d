using Cambist.Client;

namespace Cambist.Web.Goals;

/// <summary>The words that pages have for what the wire tells of goals.</summary>
internal static class GoalText
{
    /// <summary>The types in the order in which they are offered, the first one where none is chosen.</summary>
    public static IReadOnlyList<(string Type, string Name, string Means)> Types { get; } =
    [
        ("one_time", "One time", "An amount that is needed once, by some day. A large one is split into parts."),
        ("recurring", "Recurring", "The same amount again and again, each time planned and advised on by itself."),
        ("threshold", "Target rate", "Waits for the mid-market rate to reach a target; by the deadline if it does not, where there is one."),
        ("dollar_cost_average", "Averaging", "An amount in equal parts by a calendar, so that no single day's rate decides."),
    ];

    public static IReadOnlyList<(string Value, string Label)> Risks { get; } = [("conservative", "Low"), ("moderate", "Medium"), ("aggressive", "High")];

    public static string Type(string type) => Types.FirstOrDefault(known => known.Type == type).Name ?? type;

    /// <summary>How its person calls it, or else what it is.</summary>
    public static string Title(ConversionGoal goal) => goal.Name ?? Exchange(goal);

    /// <summary><c>5,000.00 USD → EUR</c>, or <c>USD → 5,000.00 EUR</c> where the amount is what arrives.</summary>
    public static string Exchange(ConversionGoal goal) => goal.AmountSide == "receive"
        ? $"{goal.FromCurrency} → {Figures.Money(goal.Amount)}"
        : $"{Figures.Money(goal.Amount)} → {goal.ToCurrency}";

    /// <summary>When it ends or comes again, in a few words.</summary>
    public static string When(ConversionGoal goal) => goal switch
    {
        { Type: "recurring", Recurrence: { } rule } => Calendar(rule),
        { Deadline: { } deadline, Recurrence: { } rule } => $"{Calendar(rule)}, by {Day(deadline, goal)}",
        { Deadline: { } deadline } => $"by {Day(deadline, goal)}",
        _ => "without a deadline",
    };

    public static string Status(ConversionGoal goal) => goal.Status switch
    {
        "active" => "Active",
        "paused" => "Paused",
        "completed" => "Completed",
        "expired" => "Expired",
        "cancelled" => "Given up",
        var other => other,
    };

    public static string Verdict(GoalRecommendation advice) => advice.Recommendation == "WAIT" ? "Wait" : "Convert now";

    /// <summary>The tone of a verdict: a class of the stylesheet.</summary>
    public static string Tone(GoalRecommendation advice) => advice.Recommendation == "WAIT" ? "wait" : "go";

    /// <summary>The part that is converted next; null where all are done.</summary>
    public static GoalPart? Next(ConversionGoal goal) => goal.Schedule.FirstOrDefault(part => part.Status != "done");

    public static TimeZoneInfo Zone(ConversionGoal goal) => TimeZoneInfo.FindSystemTimeZoneById(goal.TimeZone);

    /// <summary>The local day of an instant; midnight is the end of the day before.</summary>
    public static string Day(DateTimeOffset instant, ConversionGoal goal) => Figures.Date(new LocalTime(instant, Zone(goal)).DeadlineDay);

    private static string Calendar(RecurrenceRule rule)
    {
        var unit = rule.Every is null or 1 ? $"every {rule.Unit?.TrimEnd('s')}" : $"every {rule.Every} {rule.Unit}";
        var on = rule switch
        {
            { Unit: "weeks", Weekday: { } weekday } => $" on {char.ToUpperInvariant(weekday[0])}{weekday[1..]}",
            { Unit: "months" or "years", DayOfMonth: { } day } => $" on day {day}",
            _ => "",
        };
        return unit + on;
    }
}
