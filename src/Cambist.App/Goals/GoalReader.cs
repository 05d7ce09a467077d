using System.Globalization;
using Cambist.App.Edge;
using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Goals;
using Cambist.Domain.Quotes;

namespace Cambist.App.Goals;

/// <summary>A goal as it was asked for, before anything is planned.</summary>
internal sealed record GoalDraft(string? Name, Goal Goal, TimeZoneInfo Zone, string? UsualProvider, IReadOnlyList<string> ExcludedProviders, IReadOnlyList<string> Countries);

/// <summary>Reads requests about goals; what they do not say is taken from the account.</summary>
internal sealed class GoalReader(KnowsProvider knows)
{
    /// <summary>The longest name of anything.</summary>
    public const int LongestName = 100;
    private const int MostExcluded = 50;

    /// <summary>A goal, or the first thing that is wrong with it; exactly one is set.</summary>
    public (GoalDraft? Draft, Problem? Problem) Read(GoalRequest request, GoalPerson person, DateTimeOffset now)
    {
        var fields = new FieldReader();
        var kind = fields.Word("type", request.Type, [.. GoalWords.Kinds]);
        var from = fields.Currency("from_currency", request.FromCurrency);
        var to = fields.Currency("to_currency", request.ToCurrency);
        var zone = fields.Zone("time_zone", request.TimeZone ?? person.TimeZone);
        var risk = fields.Word("risk_tolerance", request.RiskTolerance ?? person.RiskTolerance, [.. DecisionWords.Risks]);
        var starts = fields.Begin("starts", request.Starts, zone) ?? now;
        if (GoalRules.StartFault(starts, now) is { } tooFar)
        {
            fields.Refuse(ProblemOf(tooFar));
            return (null, fields.Problem);
        }

        var rule = request.Recurrence is { } asked ? RecurrenceReader.Read(fields, asked, zone, starts) : null;
        var deadline = fields.Deadline("deadline", request.Deadline, zone);
        var amount = AmountOf(fields, request, from, to);
        CheckName(fields, request.Name);
        CheckProvider(fields, "usual_provider", request.UsualProvider);
        CheckPlace(fields, request, from, to);
        fields.CheckRate("target_rate", request.TargetRate);
        if (fields.Problem is { } problem)
        {
            return (null, problem);
        }

        var goal = new Goal(kind, new CurrencyPair(from, to), amount.Currency == from ? AmountSide.Send : AmountSide.Receive, amount, starts, deadline ?? RecurrenceReader.EndOf(kind, rule), risk) { TargetRate = request.TargetRate, Recurrence = rule };
        return GoalRules.Fault(goal, now) is { } fault
            ? (null, ProblemOf(fault))
            : (new GoalDraft(
                Text(request.Name), goal with { Amount = goal.Amount.Rounded() }, zone, Text(request.UsualProvider) ?? person.UsualProvider, request.ExcludedProviders ?? [], CountriesOf(request.Country ?? person.Country, from)), null);
    }

    /// <summary>A goal after a change, or what is wrong with it; exactly one is set. What is told of it alone is checked: a goal whose deadline has passed may be called otherwise.</summary>
    public (GoalDetails? Details, Problem? Problem) Read(GoalChange change, GoalDetails known, DateTimeOffset now)
    {
        var fields = new FieldReader();
        var goal = known.Goal;
        var deadline = fields.Deadline("deadline", change.Deadline, known.Zone);
        var changed = goal with
        {
            Risk = change.RiskTolerance is null ? goal.Risk : fields.Word("risk_tolerance", change.RiskTolerance, [.. DecisionWords.Risks]),
            Deadline = deadline ?? goal.Deadline,
            Amount = change.Amount is { } amount ? goal.Amount with { Amount = amount } : goal.Amount,
            TargetRate = change.TargetRate ?? goal.TargetRate,
        };
        CheckName(fields, change.Name);
        CheckProvider(fields, "usual_provider", change.UsualProvider);
        fields.CheckRate("target_rate", change.TargetRate);
        fields.CheckAmount("amount", changed.Amount);
        if (fields.Problem is null && IsPlannedOtherwise(goal, changed) && GoalRules.Fault(changed, now) is { } fault)
        {
            fields.Refuse(ProblemOf(fault));
        }

        var progress = GoalProgress.Of(goal.Side, goal.Amount, known.Paid, known.Received);
        if (fields.Problem is null && changed.Amount.Amount < progress.Converted.Amount)
        {
            fields.Refuse(Problems.Invalid("amount_below_converted", "amount", $"at least what is converted already, {progress.Converted}", changed.Amount.Amount.ToString(CultureInfo.InvariantCulture)));
        }

        return fields.Problem is { } problem
            ? (null, problem)
            : (known with
            {
                Name = change.Name is null ? known.Name : Text(change.Name),
                UsualProvider = change.UsualProvider is null ? known.UsualProvider : Text(change.UsualProvider),
                Goal = changed with { Amount = changed.Amount.Rounded() },
                Span = changed.Kind == GoalKind.Recurring ? known.Span : known.Span with { Deadline = changed.Deadline },
                TargetReachedAt = changed.TargetRate == goal.TargetRate ? known.TargetReachedAt : null,
            }, null);
    }

    /// <summary>Whether a change calls for another plan.</summary>
    public static bool IsPlannedOtherwise(Goal before, Goal after) => (before.Amount, before.Deadline, before.TargetRate) != (after.Amount, after.Deadline, after.TargetRate);

    /// <summary>A fault of a goal as a problem.</summary>
    public static Problem ProblemOf(GoalFault fault) => Problems.Invalid(fault.Code, fault.Field, fault.Expected, fault.Found);

    private static Money AmountOf(FieldReader fields, GoalRequest request, Currency from, Currency to)
    {
        if (request is { Amount: null, ReceiveAmount: null })
        {
            fields.Refuse(Problems.Missing("amount", "how much leaves; or 'receive_amount', how much is to arrive"));
        }
        else if (request is { Amount: not null, ReceiveAmount: not null })
        {
            fields.Refuse(Problems.Invalid("contradictory_goal", "receive_amount", "told where 'amount' is not: one of them follows from the other and the rate", request.ReceiveAmount.Value.ToString(CultureInfo.InvariantCulture)));
        }

        var (field, amount) = request.Amount is { } send ? ("amount", new Money(send, from)) : ("receive_amount", new Money(request.ReceiveAmount ?? 0m, to));
        fields.CheckAmount(field, amount);
        return amount;
    }

    private void CheckPlace(FieldReader fields, GoalRequest request, Currency from, Currency to)
    {
        if (from == to && fields.Problem is null)
        {
            fields.Refuse(Problems.Invalid("same_currency", "to_currency", $"another currency than {from}", request.ToCurrency));
        }

        if (Text(request.Country) is { } country && !HomeCountries.IsCountry(country.ToUpperInvariant()))
        {
            fields.Refuse(Problems.Invalid("unknown_country", "country", "an ISO 3166 alpha-2 code such as US", country));
        }

        if (request.ExcludedProviders is { Count: > MostExcluded })
        {
            fields.Refuse(Problems.Invalid("too_many_providers", "excluded_providers", $"a list of at most {MostExcluded} ids", request.ExcludedProviders.Count.ToString(CultureInfo.InvariantCulture)));
        }

        foreach (var id in request.ExcludedProviders ?? [])
        {
            CheckProvider(fields, "excluded_providers", id ?? "");
        }
    }

    private void CheckProvider(FieldReader fields, string field, string? id)
    {
        if (Text(id) is { } told && !knows(told))
        {
            fields.Refuse(Problems.Invalid("unknown_provider", field, "the id of a provider as in /api/v1/providers", told));
        }
    }

    private static void CheckName(FieldReader fields, string? name)
    {
        if (Text(name) is { } told && (told.Length > LongestName || told.Any(char.IsControl)))
        {
            fields.Refuse(Problems.Invalid("invalid_name", "name", $"at most {LongestName} letters", told));
        }
    }

    private static IReadOnlyList<string> CountriesOf(string? country, Currency from) => Text(country) is { } told ? [told.ToUpperInvariant()] : HomeCountries.Of(from);

    /// <summary>What was told; null where that is nothing.</summary>
    public static string? Text(string? told) => string.IsNullOrWhiteSpace(told) ? null : told.Trim();
}
