using System.Globalization;
using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Goals;
using Cambist.Domain.Quotes;
using Cambist.Domain.Rates;

namespace Cambist.App.Goals;

/// <summary>Tells goals as the wire has them.</summary>
internal static class GoalWire
{
    public static ConversionGoal Of(StoredGoal stored, DateTimeOffset now, IReadOnlyList<StoredConversion>? conversions)
    {
        var (details, goal) = (stored.Details, stored.Goal);
        return new ConversionGoal
        {
            Id = stored.Id,
            Type = GoalWords.Kinds.Of(goal.Kind),
            Name = details.Name,
            Status = GoalWords.Statuses.Of(stored.Status),
            FromCurrency = goal.Pair.Base.Code,
            ToCurrency = goal.Pair.Quote.Code,
            Amount = Wire(goal.Amount),
            AmountSide = goal.Side == AmountSide.Send ? "send" : "receive",
            Starts = goal.Starts,
            Deadline = details.Span.Deadline,
            TimeZone = details.Zone.Id,
            RiskTolerance = goal.Risk.Word(),
            TargetRate = goal.TargetRate,
            TargetReachedAt = details.TargetReachedAt,
            Recurrence = goal.Recurrence is { } rule ? Of(rule) : null,
            UsualProvider = details.UsualProvider,
            ExcludedProviders = details.ExcludedProviders,
            Schedule = [.. details.Plan.Tranches.Select(part => Of(part, now))],
            Notes = [.. details.Plan.Notes.Select(Of)],
            Progress = Of(stored.Progress),
            Recommendation = Of(stored.Advice),
            RecommendationMissing = stored.Advice.Missing is { } missing ? Of(missing) : null,
            Conversions = conversions is null ? null : [.. conversions.Select(Of)],
            CreatedAt = stored.CreatedAt,
            UpdatedAt = stored.UpdatedAt,
        };
    }

    public static GoalRecommendation? Of(GoalAdvice advice) => advice.Current is { } said
        ? new GoalRecommendation(
            said.Verdict,
            said.Reason,
            said.ReasonCode,
            said.Confidence,
            said.Provider,
            said.ExpectedSavingUsd is { } usd ? Wire(usd) : null,
            Wire(said.Amount),
            RateDigits.Round(said.Mid),
            said.LatestSafe,
            said.NextCheck,
            said.AsOf,
            advice.Named is { } named ? new GoalCounterfactual(named.Provider, Wire(named.Paid), Wire(named.Received), named.AsOf) : null,
            said.IsSimulated)
        : null;

    public static GoalConversion Of(StoredConversion stored)
    {
        var (conversion, saving) = (stored.Conversion, stored.Saving);
        return new GoalConversion(
            stored.Id, Wire(conversion.Paid), Wire(conversion.Received), RateDigits.Round(conversion.Received.Amount / conversion.Paid.Amount), conversion.Provider, conversion.ExecutedAt, stored.RecordedAt,
            saving?.Provider, saving is null ? null : Wire(saving.Saved), saving?.SavedUsd is { } usd ? Wire(usd) : null);
    }

    public static MoneyValue Wire(Money money) => new(money.Rounded().Amount, money.Currency.Code);

    private static GoalProgressView Of(GoalProgress progress) => new(
        Wire(progress.Converted), Wire(progress.Remaining), decimal.Round(progress.Share, 4, MidpointRounding.ToZero), Wire(progress.Paid), Wire(progress.Received),
        progress.BlendedRate is { } rate ? RateDigits.Round(rate) : null, progress.Milestone);

    private static GoalPart Of(Tranche part, DateTimeOffset now) => new(
        Wire(part.Amount), Wire(part.Converted), part.Earliest, part.Latest, part.IsDone ? "done" : part.IsMissedAt(now) ? "missed" : part.IsDueAt(now) ? "due" : "planned");

    private static GoalNote Of(PlanNote note) => new(note.Code, note.Text);

    private static RecurrenceRule Of(Recurrence rule) => new(
        GoalWords.Units.Of(rule.Unit), rule.Every, rule.DayOfMonth, rule.Weekday is { } weekday ? GoalWords.Weekdays.Of(weekday) : null, rule.Time.ToString("HH:mm", CultureInfo.InvariantCulture), Day(rule.Start), Day(rule.Until), rule.Count);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
