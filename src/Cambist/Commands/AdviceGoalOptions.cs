using System.CommandLine;
using System.Globalization;
using Cambist.App.Analytics;
using Cambist.App.Edge;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Evaluation.Advice;
using Cambist.Domain.Forecasting;

namespace Cambist.Commands;

/// <summary>The goals of <c>evaluate advice</c>: amounts, sides, deadlines and risk tolerances, checked as the ask form is.</summary>
internal static class AdviceGoalOptions
{
    // As live: holidays are on record from 2003 on.
    private static readonly DateTimeOffset Earliest = new(2003, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // What fits into the memory of a small machine: one or two kilobytes a goal.
    private const long MostGoals = 500_000;

    private static readonly int FurthestDeadline = (int)TouchProbability.LongestDeadline.TotalDays;

    private static readonly Option<string[]> Amounts = new("--amount") { Description = "The amount of a goal; several by a comma or by naming the option again.", HelpName = "AMOUNT", Required = true };
    private static readonly Option<string?> AmountCurrency = new("--amount-currency") { Description = "Its currency, one of the pair's (default: USD where the pair has it, else the base currency).", HelpName = "CODE" };
    private static readonly Option<string> Side = new("--side") { Description = "SELL_BASE (has the base currency, needs the quote currency), BUY_BASE (the other way round) or both.", HelpName = "SIDE", DefaultValueFactory = _ => "both" };
    private static readonly Option<string[]> Deadlines = new("--deadline-days") { Description = $"Days until the money must have arrived, 1 to {FurthestDeadline} (default: 30); several by a comma or by naming the option again.", HelpName = "DAYS" };
    private static readonly Option<string> Risk = new("--risk") { Description = "conservative, moderate, aggressive, or all.", HelpName = "RISK", DefaultValueFactory = _ => "moderate" };

    public static void AddTo(Command command)
    {
        foreach (var option in new Option[] { Amounts, AmountCurrency, Side, Deadlines, Risk })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The goals; to be used only where <see cref="FieldReader.Problem"/> is null afterwards.</summary>
    public static AdviceReplayPlan Read(ParseResult parsed, FieldReader fields, IReadOnlyList<CurrencyPair> pairs, DateTimeOffset from, DateTimeOffset to, TimeSpan every)
    {
        if (fields.Problem is null && from < Earliest)
        {
            fields.Refuse(Problems.Invalid("invalid_span", "--from", $"{Earliest:yyyy-MM-dd} or later", parsed.GetValue(EvaluateOptions.From)));
        }

        var currency = parsed.GetValue(AmountCurrency) is { } code ? fields.Currency("--amount-currency", code) : null;
        if (fields.Problem is null && pairs.FirstOrDefault(pair => currency is not null && !pair.Has(currency)) is { } other)
        {
            fields.Refuse(Problems.Invalid("unknown_currency", "--amount-currency", $"one of {other}", currency!.Code));
        }

        List<decimal> amounts = [.. EvaluateOptions.Parts(parsed.GetValue(Amounts)).Select(text => fields.Number("--amount", text)).Distinct()];
        List<int> deadlines = parsed.GetValue(Deadlines) is { Length: > 0 } texts ? [.. EvaluateOptions.Parts(texts).Select(text => Days(fields, text)).Distinct()] : [30];
        var sides = Named(fields, "side", parsed.GetValue(Side), ("both", [GoalSide.SellBase, GoalSide.BuyBase]), ("SELL_BASE", [GoalSide.SellBase]), ("BUY_BASE", [GoalSide.BuyBase]));
        var risks = Named(
            fields, "risk", parsed.GetValue(Risk),
            ("moderate", [RiskTolerance.Moderate]), ("conservative", [RiskTolerance.Conservative]), ("aggressive", [RiskTolerance.Aggressive]), ("all", Enum.GetValues<RiskTolerance>()));
        var plan = new AdviceReplayPlan(pairs, from, to, every, amounts, currency, sides, deadlines, risks);
        Check(fields, plan);
        return plan;
    }

    private static void Check(FieldReader fields, AdviceReplayPlan plan)
    {
        foreach (var amount in plan.Pairs.SelectMany(pair => plan.Amounts, (pair, amount) => new Money(amount, plan.CurrencyOf(pair))))
        {
            fields.CheckAmount("--amount", amount);
        }

        if (fields.Problem is null && plan.Goals > MostGoals)
        {
            fields.Refuse(Problems.Invalid("too_many_goals", "--every", $"a step that makes {MostGoals} goals at most", string.Create(CultureInfo.InvariantCulture, $"{plan.Goals} goals")));
        }
    }

    private static int Days(FieldReader fields, string text)
    {
        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days >= 1 && days <= FurthestDeadline)
        {
            return days;
        }

        fields.Refuse(Problems.Invalid("invalid_deadline", "--deadline-days", $"a whole number from 1 to {FurthestDeadline}, as far as forecasts reach", text));
        return 1;
    }

    private static T[] Named<T>(FieldReader fields, string name, string? text, params ReadOnlySpan<(string Word, T[] Values)> words)
    {
        var known = new List<string>();
        foreach (var (word, values) in words)
        {
            if (string.Equals(word, text?.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                return values;
            }

            known.Add(word);
        }

        fields.Refuse(Problems.Invalid($"unknown_{name}", $"--{name}", $"one of {string.Join(", ", known)}", text));
        return words[0].Values;
    }
}
