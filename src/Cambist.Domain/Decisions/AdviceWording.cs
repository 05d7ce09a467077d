using System.Globalization;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.Domain.Decisions;

/// <summary>The words of an advice: every sentence carries the numbers that it speaks of.</summary>
internal static class AdviceWording
{
    public static string Reason(Situation situation, Recommendation verdict, Finding deciding)
    {
        var arrives = situation.Context.Question.Side == AmountSide.Send
            ? $"{Amount(situation.Cost.Received)} arrives for {Amount(situation.Cost.Paid)}"
            : $"{Amount(situation.Cost.Paid)} is paid for {Amount(situation.Cost.Received)} to arrive";
        return verdict == Recommendation.Wait
            ? $"Wait. {deciding.Text} Converting now with {situation.Best.Provider.Name}, {arrives}."
            : $"Convert now with {situation.Best.Provider.Name}: {arrives}. {deciding.Text}";
    }

    public static string ChangesIf(Situation situation, Recommendation verdict)
    {
        var scale = DecisionMatrix.SavingsScale(situation.Context.Question.Risk);
        if (verdict == Recommendation.Wait)
        {
            return Text($"Changes to convert now if the expected saving falls to {20m * scale:0.##} USD or its probability to 60 %, and on {Instant(situation.LatestSafe!.Value)} whatever happens.");
        }

        return situation.LatestSafe > situation.Context.AsOf
            ? Text($"Changes to wait if waiting is expected to save more than {20m * scale:0.##} USD with a probability above 60 % while more than 3 days are left.")
            : "Only a later deadline or a faster provider would change it.";
    }

    public static string DeliveryUnknown(Situation situation) =>
        $"{situation.Best.Provider.Name} does not say how long delivery takes, so no later day is known to be safe.";

    public static string LatestSafePassed(Situation situation, DateTimeOffset safe) =>
        $"To arrive by {Instant(situation.Context.Question.Deadline)} an order with {situation.Best.Provider.Name} was due by {Instant(safe)}: every hour counts now.";

    public static string NoRow(Situation situation) => Text(
        $"{Saving(situation)} That is too little for its probability and the {situation.DaysToDeadline:0.#} days left to be worth the wait.");

    public static string Row(Situation situation, MatrixRow row)
    {
        var scale = DecisionMatrix.SavingsScale(situation.Context.Question.Risk);
        return row.Code switch
        {
            "matrix.small_savings" => Text($"{Saving(situation)} Below {row.Savings.Below * scale:0.##} USD waiting is not worth the risk."),
            "matrix.low_confidence" => Text($"{Saving(situation)} Less than 50 % likely is no reason to wait."),
            "matrix.deadline_near" => Text($"{Saving(situation)} With {situation.DaysToDeadline:0.#} days to the deadline there is no room to wait."),
            _ => Text($"{Saving(situation)} That is above {row.Savings.Above * scale:0.##} USD and {row.Confidence.Above:0 %}, with {situation.DaysToDeadline:0.#} days left."),
        };
    }

    /// <summary>Findings that did not decide but belong to the picture.</summary>
    public static IEnumerable<Finding> Background(Situation situation, IReadOnlyList<ProviderQuote> quotes, Finding deciding)
    {
        if (situation.LatestSafe is { } safe && !deciding.Code.StartsWith("deadline.", StringComparison.Ordinal))
        {
            yield return new Finding("deadline.latest_safe_date", $"With {situation.Best.Provider.Name} the latest safe order is {Instant(safe)}.");
        }

        if (situation.Context.Calendar.HolidaysUnknownFor is { Count: > 0 } unknown)
        {
            yield return new Finding("calendar.holidays_unknown", $"Bank holidays of {string.Join(" and ", unknown)} are not on record; only weekends were counted.");
        }

        var deadline = situation.Context.Question.Deadline.Year;
        foreach (var known in situation.Context.Calendar.HolidaysKnownUntil.Where(known => deadline > known.Year))
        {
            yield return new Finding("calendar.holidays_expected", Text($"Bank holidays of {known.Currency} are known up to {known.Year}; later ones are counted as they are expected, with a day to spare."));
        }

        if (situation is { Outlook: { } outlook, Context.UsdPerBase: not null })
        {
            var (code, expected) = outlook.Rate.Drift == 0
                ? ("forecast.no_proven_edge", "The expected rate is today's rate, for no model has a proven edge on it")
                : ("forecast.proven_edge", Text($"The model has a proven edge on the rate of that hour and expects {outlook.Rate.Mean:0.#####}"));
            yield return new Finding(code, Text(
                $"{expected}; the 80 % range of the saving is {Usd(situation.InUsd(outlook.LowSaving))} to {Usd(situation.InUsd(outlook.HighSaving))}."));
            if (outlook.CertainSaving.Amount > 0m)
            {
                yield return new Finding("calendar.certain_saving", $"{Usd(situation.InUsd(outlook.CertainSaving))} of the saving is certain: {outlook.BestThen.Provider.Name} is cheaper from {Instant(outlook.Horizon)}.");
            }
        }

        if (situation.Plan is { } advised)
        {
            yield return new Finding("plan.certain_saving", Plan(advised));
        }

        if (!FxWeek.IsOpen(situation.Context.AsOf))
        {
            yield return new Finding("market.closed", $"The market is closed for the weekend until {Instant(FxWeek.NextOpen(situation.Context.AsOf))}; the rate is that of the last close.");
        }

        var usual = quotes.FirstOrDefault(quote => quote.Provider.Id == situation.Context.Question.UsualProvider);
        if (usual?.Cost is { } usualCost && usual != situation.Best)
        {
            var saved = usualCost.TotalCost.Minus(situation.Cost.TotalCost).Rounded();
            yield return new Finding("provider.usual", $"Against {usual.Provider.Name}, your usual provider, {situation.Best.Provider.Name} costs {Amount(saved)} less.");
        }
    }

    // What is certain stands apart from what the rate may do.
    private static string Plan(PlanAdvice advised)
    {
        var first = advised.Plan.Transfers[0];
        var risk = advised.AtRisk switch
        {
            null => "What the rate may do meanwhile is not known.",
            { Amount: 0m } => "Nothing of it waits.",
            { } lost => $"The rate may take {Amount(lost)} from what waits in the worst 5 %, and give as much.",
        };
        var how = advised.Plan.Transfers.Count == 1 ? "another hour" : Text($"{advised.Plan.Transfers.Count} transfers, the first");
        return $"At today's rate {Amount(advised.Plan.CertainSaving!.Value)} is saved for certain by {how} with {first.Provider.Name} on {Instant(first.At)}, {first.Why}. {risk}";
    }

    private static string Saving(Situation situation) => Text(
        $"Waiting until {Instant(situation.Outlook!.Horizon)} is expected to save {Usd(situation.SavingUsd)} and is {Probability(situation.Outlook.Confidence)} likely to be cheaper.");

    // Amounts are rounded to the decimals of their currency, so their own scale is the right one.
    private static string Amount(Money money) => $"{money.Amount.ToString($"N{money.Amount.Scale}", CultureInfo.InvariantCulture)} {money.Currency}";

    private static string Usd(decimal amount) => string.Create(CultureInfo.InvariantCulture, $"{amount:#,0.00} USD");

    /// <summary>A probability in whole percent that never rounds to certainty: 0.998 is "more than 99 %".</summary>
    private static string Probability(double probability) => probability switch
    {
        > 0.99 and < 1 => "more than 99 %",
        > 0 and < 0.01 => "less than 1 %",
        _ => probability.ToString("0 %", CultureInfo.InvariantCulture),
    };

    private static string Instant(DateTimeOffset instant) => string.Create(CultureInfo.InvariantCulture, $"{instant.UtcDateTime:d MMMM yyyy HH:mm} UTC");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
