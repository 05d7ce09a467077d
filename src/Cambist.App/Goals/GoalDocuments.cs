using System.Text.Json;
using System.Text.Json.Serialization;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Goals;
using Cambist.Domain.Quotes;

namespace Cambist.App.Goals;

/// <summary>How goals are written down. The form is one of its own, so that nothing stored changes its meaning when a name in the domain does.</summary>
internal static class GoalDocuments
{
    public static string Write(GoalDetails details)
    {
        var goal = details.Goal;
        return JsonSerializer.Serialize(
            new DetailsDocument
            {
                Name = details.Name,
                Kind = GoalWords.Kinds.Of(goal.Kind),
                Side = DecisionWords.AmountSides.Of(goal.Side),
                Amount = goal.Amount.Amount,
                Starts = goal.Starts,
                Deadline = goal.Deadline,
                Risk = goal.Risk.Word(),
                Target = goal.TargetRate,
                Rule = goal.Recurrence is { } rule ? new RuleDocument(GoalWords.Units.Of(rule.Unit), rule.Every, rule.Start, rule.Time, rule.Zone.Id, rule.DayOfMonth, rule.Weekday is { } weekday ? GoalWords.Weekdays.Of(weekday) : null, rule.Until, rule.Count) : null,
                Zone = details.Zone.Id,
                From = details.Span.From,
                Until = details.Span.Deadline,
                Parts = [.. details.Plan.Tranches.Select(part => new PartDocument(part.Amount.Amount, part.Converted.Amount, part.Earliest, part.Latest))],
                Notes = [.. details.Plan.Notes.Select(Write)],
                Paid = details.Paid.Amount,
                Received = details.Received.Amount,
                Usual = details.UsualProvider,
                Excluded = [.. details.ExcludedProviders],
                Countries = [.. details.Countries],
                ReachedAt = details.TargetReachedAt,
            },
            GoalJson.Default.DetailsDocument);
    }

    public static GoalDetails ReadDetails(string json, CurrencyPair pair)
    {
        var read = JsonSerializer.Deserialize(json, GoalJson.Default.DetailsDocument)!;
        var side = DecisionWords.AmountSides.Parse(read.Side);
        var currency = side == AmountSide.Send ? pair.Base : pair.Quote;
        return new GoalDetails(
            read.Name,
            new Goal(GoalWords.Kinds.Parse(read.Kind), pair, side, new Money(read.Amount, currency), read.Starts, read.Deadline, DecisionWords.Risks.Parse(read.Risk))
            {
                TargetRate = read.Target,
                Recurrence = read.Rule is { } rule
                    ? new Recurrence(GoalWords.Units.Parse(rule.Unit), rule.Every, rule.Start, rule.Time, ZoneOf(rule.Zone)) { DayOfMonth = rule.Day, Weekday = rule.Weekday is { } weekday ? GoalWords.Weekdays.Parse(weekday) : null, Until = rule.Until, Count = rule.Count }
                    : null,
            },
            ZoneOf(read.Zone),
            new GoalSpan(read.From, read.Until),
            new TranchePlan([.. read.Parts.Select(part => new Tranche(new Money(part.Amount, currency), part.Earliest, part.Latest) { Converted = new Money(part.Converted, currency) })], [.. read.Notes.Select(Read)]),
            new Money(read.Paid, pair.Base),
            new Money(read.Received, pair.Quote),
            read.Usual,
            read.Excluded,
            read.Countries,
            read.ReachedAt);
    }

    public static string Write(GoalAdvice advice) => JsonSerializer.Serialize(
        new AdviceDocument(
            advice.Current is { } said
                ? new VerdictDocument(
                    said.Verdict, said.Reason, said.ReasonCode, said.Confidence, said.Provider, said.ExpectedSavingUsd?.Amount, said.Amount.Amount, said.Mid, said.LatestSafe, said.NextCheck, said.AsOf, said.IsSimulated)
                : null,
            advice.Missing is { } missing ? Write(missing) : null,
            advice.LastVerdict,
            advice.Named is { } named ? new NamedDocument(named.Provider, named.Paid.Amount, named.Received.Amount, named.FixedFee.Amount, named.Mid, named.UsdPerBase, named.AsOf) : null),
        GoalJson.Default.AdviceDocument);

    public static GoalAdvice ReadAdvice(string json, Goal goal)
    {
        var read = JsonSerializer.Deserialize(json, GoalJson.Default.AdviceDocument)!;
        return new GoalAdvice(
            read.Said is { } said
                ? new GoalVerdict(
                    said.Verdict, said.Reason, said.Code, said.Confidence, said.Provider, said.SavingUsd is { } usd ? new Money(usd, Currency.Usd) : null, new Money(said.Amount, goal.Amount.Currency), said.Mid,
                    said.LatestSafe, said.NextCheck, said.AsOf, said.Simulated)
                : null,
            read.Missing is { } missing ? Read(missing) : null,
            read.Last,
            read.Named is { } named
                ? new Counterfactual(
                    named.Provider, new Money(named.Paid, goal.Pair.Base), new Money(named.Received, goal.Pair.Quote), new Money(named.Fee, goal.Pair.Base), named.Mid, named.Usd, named.AsOf)
                : null);
    }

    public static string Write(StoredConversion stored)
    {
        var (conversion, saving) = (stored.Conversion, stored.Saving);
        return JsonSerializer.Serialize(
            new ConversionDocument(
                conversion.Paid.Currency.Code, conversion.Received.Currency.Code, conversion.Paid.Amount, conversion.Received.Amount, conversion.Provider, conversion.ExecutedAt,
                saving?.Provider, saving?.Saved.Amount, saving?.SavedUsd?.Amount),
            GoalJson.Default.ConversionDocument);
    }

    public static (ActualConversion Conversion, ConversionSaving? Saving) ReadConversion(string json)
    {
        var read = JsonSerializer.Deserialize(json, GoalJson.Default.ConversionDocument)!;
        var (from, to) = (Currency.ParseNoted(read.From), Currency.ParseNoted(read.To));
        return (
            new ActualConversion(new Money(read.Paid, from), new Money(read.Received, to), read.Provider, read.At),
            read is { Against: { } against, Saved: { } saved } ? new ConversionSaving(against, new Money(saved, from), read.SavedUsd is { } usd ? new Money(usd, Currency.Usd) : null) : null);
    }

    private static NoteDocument Write(PlanNote note) => new(note.Code, note.Text);

    private static PlanNote Read(NoteDocument note) => new(note.Code, note.Text);

    private static TimeZoneInfo ZoneOf(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);
}

internal sealed record DetailsDocument
{
    public string? Name { get; init; }
    public required string Kind { get; init; }
    public required string Side { get; init; }
    public decimal Amount { get; init; }
    public DateTimeOffset Starts { get; init; }
    public DateTimeOffset? Deadline { get; init; }
    public required string Risk { get; init; }
    public decimal? Target { get; init; }
    public RuleDocument? Rule { get; init; }
    public required string Zone { get; init; }
    public DateTimeOffset From { get; init; }
    public DateTimeOffset? Until { get; init; }
    public required PartDocument[] Parts { get; init; }
    public required NoteDocument[] Notes { get; init; }
    public decimal Paid { get; init; }
    public decimal Received { get; init; }
    public string? Usual { get; init; }
    public required string[] Excluded { get; init; }
    public required string[] Countries { get; init; }
    public DateTimeOffset? ReachedAt { get; init; }
}

internal sealed record RuleDocument(string Unit, int Every, DateOnly Start, TimeOnly Time, string Zone, int? Day, string? Weekday, DateOnly? Until, int? Count);

internal sealed record PartDocument(decimal Amount, decimal Converted, DateTimeOffset Earliest, DateTimeOffset? Latest);

internal sealed record NoteDocument(string Code, string Text);

internal sealed record AdviceDocument(VerdictDocument? Said, NoteDocument? Missing, string? Last, NamedDocument? Named);

internal sealed record VerdictDocument(
    string Verdict, string Reason, string Code, double? Confidence, string Provider, decimal? SavingUsd, decimal Amount, decimal Mid, DateTimeOffset? LatestSafe, DateTimeOffset NextCheck, DateTimeOffset AsOf, bool Simulated);

internal sealed record NamedDocument(string Provider, decimal Paid, decimal Received, decimal Fee, decimal Mid, decimal? Usd, DateTimeOffset AsOf);

internal sealed record ConversionDocument(string From, string To, decimal Paid, decimal Received, string Provider, DateTimeOffset At, string? Against, decimal? Saved, decimal? SavedUsd);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DetailsDocument))]
[JsonSerializable(typeof(AdviceDocument))]
[JsonSerializable(typeof(ConversionDocument))]
internal sealed partial class GoalJson : JsonSerializerContext;
