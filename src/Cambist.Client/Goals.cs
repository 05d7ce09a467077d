namespace Cambist.Client;

/// <summary>A new goal.</summary>
public sealed record GoalRequest
{
    /// <summary><c>one_time</c> (default), <c>recurring</c>, <c>threshold</c> or <c>dollar_cost_average</c>.</summary>
    public string? Type { get; init; }

    /// <summary>How its person calls it; at most 100 letters.</summary>
    public string? Name { get; init; }

    /// <summary>ISO 4217 code of the money that the person has.</summary>
    public string? FromCurrency { get; init; }

    /// <summary>ISO 4217 code of the money that the person needs.</summary>
    public string? ToCurrency { get; init; }

    /// <summary>How much leaves, fees included, in the currency that the person has; of a recurring goal each time. Either this or <see cref="ReceiveAmount"/>.</summary>
    public decimal? Amount { get; init; }

    /// <summary>How much is to arrive, in the currency that the person needs.</summary>
    public decimal? ReceiveAmount { get; init; }

    /// <summary>When nothing is to be converted before: a date (its begin) or an instant. Absent: now.</summary>
    public string? Starts { get; init; }

    /// <summary>When all of it must have arrived: a date (to the end of that day) or an instant. A recurring goal has none; a threshold goal may wait without one.</summary>
    public string? Deadline { get; init; }

    /// <summary>IANA time zone of dates without a time, and of the calendar. Absent: the account's, else UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary><c>conservative</c>, <c>moderate</c> or <c>aggressive</c>. Absent: the account's, else moderate.</summary>
    public string? RiskTolerance { get; init; }

    /// <summary>Of a threshold goal: the mid-market rate that is waited for, to-currency per unit of from-currency.</summary>
    public decimal? TargetRate { get; init; }

    /// <summary>Of a recurring goal and of dollar-cost averaging: the calendar.</summary>
    public RecurrenceRule? Recurrence { get; init; }

    /// <summary>Id of the provider that savings are counted against. Absent: the account's.</summary>
    public string? UsualProvider { get; init; }

    /// <summary>Ids of providers that must not be advised.</summary>
    public IReadOnlyList<string>? ExcludedProviders { get; init; }

    /// <summary>ISO 3166 alpha-2 code of the country that is sent from. Absent: the account's, else any in which the send currency is at home.</summary>
    public string? Country { get; init; }
}

/// <summary>A calendar. A month without the day has its last one; a local time that the clocks skip becomes the instant of the change, and of one that comes twice the first is meant.</summary>
/// <param name="Unit"><c>days</c>, <c>weeks</c>, <c>months</c> or <c>years</c>.</param>
/// <param name="Every">How many of it lie between two occurrences, 1 (default) to 1000.</param>
/// <param name="DayOfMonth">1 to 31, of months and years. Absent: that of the start.</param>
/// <param name="Weekday"><c>monday</c> to <c>sunday</c>, of weeks. Absent: that of the start.</param>
/// <param name="Time">Local time of day such as <c>09:00</c>. Absent: midnight.</param>
/// <param name="Start">The first local day that may have an occurrence. Absent: the goal's start.</param>
/// <param name="Until">The last local day that may have one.</param>
/// <param name="Count">How many there are.</param>
public sealed record RecurrenceRule(
    string? Unit, int? Every = null, int? DayOfMonth = null, string? Weekday = null, string? Time = null, string? Start = null, string? Until = null, int? Count = null);

/// <summary>Changes of a goal. What is absent or null stays.</summary>
/// <param name="Name">Another name; an empty text takes it out.</param>
/// <param name="Amount">Another amount, on the goal's side; not less than what is converted.</param>
/// <param name="Deadline">Another deadline: a date or an instant.</param>
/// <param name="RiskTolerance"><c>conservative</c>, <c>moderate</c> or <c>aggressive</c>.</param>
/// <param name="TargetRate">Another target of a threshold goal.</param>
/// <param name="UsualProvider">Another provider that later savings are counted against; an empty text takes it out.</param>
/// <param name="Status"><c>paused</c> or <c>active</c>.</param>
public sealed record GoalChange(
    string? Name = null, decimal? Amount = null, string? Deadline = null, string? RiskTolerance = null, decimal? TargetRate = null, string? UsualProvider = null, string? Status = null);

/// <summary>A conversion that was made towards a goal: what was paid, and what arrived or the rate and the fee.</summary>
/// <param name="SendAmount">All that was paid, fees included, in the goal's from-currency.</param>
/// <param name="ReceiveAmount">What arrived, in the goal's to-currency. Absent: (paid − fee) × rate, rounded down.</param>
/// <param name="Rate">The provider's rate, where what arrived is not told.</param>
/// <param name="Fee">The fee with that rate, in the from-currency; nothing unless told.</param>
/// <param name="Provider">With whom: an id as in <c>/api/v1/providers</c>, or any name.</param>
/// <param name="ExecutedAt">When it was ordered: an instant, not in the future. Absent: now.</param>
public sealed record ConversionRequest(decimal? SendAmount, decimal? ReceiveAmount = null, decimal? Rate = null, decimal? Fee = null, string? Provider = null, string? ExecutedAt = null);

/// <summary>A goal as its owner sees it.</summary>
public sealed record ConversionGoal
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary><c>one_time</c>, <c>recurring</c>, <c>threshold</c> or <c>dollar_cost_average</c>.</summary>
    public required string Type { get; init; }

    /// <summary>How its person calls it.</summary>
    public required string? Name { get; init; }

    /// <summary><c>active</c>, <c>paused</c>, <c>completed</c>, <c>expired</c> (the deadline passed with something left) or <c>cancelled</c>.</summary>
    public required string Status { get; init; }

    /// <summary>ISO 4217 code of the money that the person has.</summary>
    public required string FromCurrency { get; init; }

    /// <summary>ISO 4217 code of the money that the person needs.</summary>
    public required string ToCurrency { get; init; }

    /// <summary>The amount on its side; of a recurring goal each time.</summary>
    public required MoneyValue Amount { get; init; }

    /// <summary><c>send</c> or <c>receive</c>.</summary>
    public required string AmountSide { get; init; }

    /// <summary>Nothing is planned before.</summary>
    public required DateTimeOffset Starts { get; init; }

    /// <summary>When all must have arrived; of a recurring goal that of the occurrence that is under way; null: never.</summary>
    public required DateTimeOffset? Deadline { get; init; }

    /// <summary>IANA time zone of its dates.</summary>
    public required string TimeZone { get; init; }

    /// <summary><c>conservative</c>, <c>moderate</c> or <c>aggressive</c>.</summary>
    public required string RiskTolerance { get; init; }

    /// <summary>The rate that a threshold goal waits for.</summary>
    public required decimal? TargetRate { get; init; }

    /// <summary>When the rate first reached it; null: not yet.</summary>
    public required DateTimeOffset? TargetReachedAt { get; init; }

    /// <summary>The calendar.</summary>
    public required RecurrenceRule? Recurrence { get; init; }

    /// <summary>Id of the provider that savings are counted against.</summary>
    public required string? UsualProvider { get; init; }

    /// <summary>Ids of providers that are not advised.</summary>
    public required IReadOnlyList<string> ExcludedProviders { get; init; }

    /// <summary>The parts, in the order in which they fall due; they add up to the amount exactly.</summary>
    public required IReadOnlyList<GoalPart> Schedule { get; init; }

    /// <summary>What was done to make the schedule feasible, and what is not known.</summary>
    public required IReadOnlyList<GoalNote> Notes { get; init; }

    /// <summary>How far it has come; of a recurring goal in the occurrence that is under way.</summary>
    public required GoalProgressView Progress { get; init; }

    /// <summary>The advice for the part that is due; null where none is due, or there was none.</summary>
    public required GoalRecommendation? Recommendation { get; init; }

    /// <summary>Why the last look brought no advice; null where it did, or none is due.</summary>
    public required GoalNote? RecommendationMissing { get; init; }

    /// <summary>Its conversions, newest first; null in lists.</summary>
    public required IReadOnlyList<GoalConversion>? Conversions { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A part of a goal.</summary>
/// <param name="Amount">How much.</param>
/// <param name="Converted">What of it is converted.</param>
/// <param name="Earliest">When it may be converted.</param>
/// <param name="Latest">When an order is due at the latest; null: never.</param>
/// <param name="Status"><c>done</c>, <c>due</c>, <c>planned</c> or <c>missed</c>.</param>
public sealed record GoalPart(MoneyValue Amount, MoneyValue Converted, DateTimeOffset Earliest, DateTimeOffset? Latest, string Status);

/// <summary>Something that its person should know.</summary>
/// <param name="Code">Stable.</param>
/// <param name="Text">One sentence.</param>
public sealed record GoalNote(string Code, string Text);

/// <summary>How far a goal has come.</summary>
/// <param name="Converted">What is converted, on the goal's side.</param>
/// <param name="Remaining">What is left.</param>
/// <param name="Share">Converted of the whole, 0 to 1.</param>
/// <param name="SendAmount">All that was paid.</param>
/// <param name="ReceiveAmount">All that arrived.</param>
/// <param name="BlendedRate">What arrived per unit paid, after fees; null before the first conversion.</param>
/// <param name="Milestone">The last one reached: 0, 25, 50, 75 or 100.</param>
public sealed record GoalProgressView(MoneyValue Converted, MoneyValue Remaining, decimal Share, MoneyValue SendAmount, MoneyValue ReceiveAmount, decimal? BlendedRate, int Milestone);

/// <summary>The advice for a part of a goal.</summary>
/// <param name="Recommendation"><c>CONVERT_NOW</c> or <c>WAIT</c>.</param>
/// <param name="Reason">One plain sentence.</param>
/// <param name="ReasonCode">The rule that decided.</param>
/// <param name="Confidence">Probability that waiting is cheaper; null where there is no forecast.</param>
/// <param name="Provider">Id of the provider to use.</param>
/// <param name="ExpectedSavings">What waiting is expected to save, in USD; null where it is unknown.</param>
/// <param name="Amount">The part that it is about.</param>
/// <param name="CurrentRate">The mid-market rate that it was decided at.</param>
/// <param name="LatestSafeDate">The last order with that provider that arrives in time; null where its delivery time is unknown.</param>
/// <param name="NextCheck">When to look again.</param>
/// <param name="AsOf">The instant of the advice.</param>
/// <param name="Counterfactual">What the usual provider would bring at that moment; null where none is named, or it has no price.</param>
/// <param name="Simulated">True where the market is simulated.</param>
public sealed record GoalRecommendation(
    string Recommendation, string Reason, string ReasonCode, double? Confidence, string Provider, MoneyValue? ExpectedSavings, MoneyValue Amount, decimal CurrentRate, DateTimeOffset? LatestSafeDate,
    DateTimeOffset NextCheck, DateTimeOffset AsOf, GoalCounterfactual? Counterfactual, bool Simulated);

/// <summary>What the usual provider would have brought when advice for a part was first given. Savings are counted against it.</summary>
/// <param name="Provider">Its id.</param>
/// <param name="SendAmount">What would have been paid.</param>
/// <param name="ReceiveAmount">What would have arrived.</param>
/// <param name="AsOf">The moment.</param>
public sealed record GoalCounterfactual(string Provider, MoneyValue SendAmount, MoneyValue ReceiveAmount, DateTimeOffset AsOf);

/// <summary>A conversion that was recorded.</summary>
/// <param name="Id">Its id.</param>
/// <param name="SendAmount">What was paid.</param>
/// <param name="ReceiveAmount">What arrived.</param>
/// <param name="Rate">What arrived per unit paid, after fees.</param>
/// <param name="Provider">With whom.</param>
/// <param name="ExecutedAt">When it was ordered.</param>
/// <param name="RecordedAt">When it was recorded.</param>
/// <param name="SavedAgainst">Id of the provider that was named before; null: none was, and nothing is counted.</param>
/// <param name="Saved">What was saved against it, in the from-currency; below zero where it cost more.</param>
/// <param name="SavedUsd">The same in USD; null where no rate was known.</param>
public sealed record GoalConversion(
    string Id, MoneyValue SendAmount, MoneyValue ReceiveAmount, decimal Rate, string Provider, DateTimeOffset ExecutedAt, DateTimeOffset RecordedAt, string? SavedAgainst, MoneyValue? Saved, MoneyValue? SavedUsd);

/// <summary>A page of goals, newest first.</summary>
/// <param name="Goals">The goals.</param>
/// <param name="NextCursor">Where the next page begins; null: this is the last.</param>
public sealed record GoalPage(IReadOnlyList<ConversionGoal> Goals, string? NextCursor);

/// <summary>What concerns a person now.</summary>
/// <param name="ActiveGoals">The goals that are looked after, newest first.</param>
/// <param name="Recommendations">The advice for the parts that are due.</param>
/// <param name="SavingsThisMonth">What was saved in the calendar month of the account's time zone, in USD.</param>
/// <param name="Savings">The same by month, year and all time, and by currency.</param>
/// <param name="AsOf">The instant.</param>
public sealed record Dashboard(IReadOnlyList<ConversionGoal> ActiveGoals, IReadOnlyList<DashboardRecommendation> Recommendations, MoneyValue SavingsThisMonth, SavingsReport Savings, DateTimeOffset AsOf);

/// <summary>Advice for a goal.</summary>
/// <param name="GoalId">The goal.</param>
/// <param name="Name">How its person calls it.</param>
/// <param name="Recommendation">The advice.</param>
public sealed record DashboardRecommendation(string GoalId, string? Name, GoalRecommendation Recommendation);

/// <summary>Savings by span of time.</summary>
public sealed record SavingsReport(SavingsSum Month, SavingsSum Year, SavingsSum AllTime);

/// <summary>What was saved in a span of time, against the providers that were named before converting.</summary>
/// <param name="Usd">In USD at the rates of the moments of asking, over the conversions whose rate was known.</param>
/// <param name="ByCurrency">In the currencies that were paid.</param>
/// <param name="Counted">How many conversions are in it.</param>
/// <param name="NotCounted">How many are not, because nothing was named before.</param>
/// <param name="WithoutUsd">How many of the counted ones are not in USD, because no rate was known.</param>
public sealed record SavingsSum(MoneyValue Usd, IReadOnlyList<MoneyValue> ByCurrency, int Counted, int NotCounted, int WithoutUsd);

/// <summary>The payload of <c>goal_progress</c> on <c>/ws/{user_id}</c>.</summary>
/// <param name="GoalId">The goal.</param>
/// <param name="Event"><c>conversion_recorded</c>, <c>milestone</c>, <c>completed</c>, <c>part_due</c>, <c>target_reached</c>, <c>replanned</c>, <c>next_occurrence</c> or <c>expired</c>.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Converted">What is converted.</param>
/// <param name="Remaining">What is left.</param>
/// <param name="Share">Converted of the whole, 0 to 1.</param>
/// <param name="Milestone">The last one reached.</param>
public sealed record GoalProgressMessage(string GoalId, string Event, string Status, MoneyValue Converted, MoneyValue Remaining, decimal Share, int Milestone);

/// <summary>The payload of <c>recommendation_change</c> on <c>/ws/{user_id}</c>.</summary>
/// <param name="GoalId">The goal.</param>
/// <param name="Before">The recommendation until now.</param>
/// <param name="Recommendation">The recommendation from now on.</param>
/// <param name="Reason">One plain sentence.</param>
/// <param name="Confidence">Probability that waiting is cheaper; null where there is no forecast.</param>
/// <param name="Provider">Id of the provider to use.</param>
/// <param name="ExpectedSavings">What waiting is expected to save, in USD.</param>
/// <param name="Amount">The part that it is about.</param>
/// <param name="NextCheck">When to look again.</param>
/// <param name="AsOf">The instant of the advice.</param>
public sealed record RecommendationChangeMessage(
    string GoalId, string Before, string Recommendation, string Reason, double? Confidence, string Provider, MoneyValue? ExpectedSavings, MoneyValue Amount, DateTimeOffset NextCheck, DateTimeOffset AsOf);
