using System.Globalization;
using Cambist.App.Edge;
using Cambist.App.Quotes;
using Cambist.Client;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Quotes;

namespace Cambist.App.Assistant;

/// <summary>What became of an ask form: a question, or the first thing that is wrong with it.</summary>
internal abstract record QuestionReading
{
    private QuestionReading()
    {
    }

    /// <summary>A question that can be answered.</summary>
    /// <param name="Question">The question.</param>
    /// <param name="AsOf">An instant of the past to answer from; null means now.</param>
    /// <param name="ExcludedProviders">Ids of providers that must not be advised.</param>
    public sealed record Read(ConversionQuestion Question, DateTimeOffset? AsOf, IReadOnlyList<string> ExcludedProviders) : QuestionReading;

    /// <summary>The form is wrong.</summary>
    public sealed record Refused(Problem Problem) : QuestionReading;
}

/// <summary>Checks an ask form, so that every face says the same of a wrong field. Field names in problems are those of the wire.</summary>
internal static class QuestionReader
{
    private static readonly (string, PayMethod?)[] PayMethods =
    [
        ("any", null),
        ("bank_transfer", PayMethod.BankTransfer),
        ("card", PayMethod.Card),
        ("cash", PayMethod.Cash),
        ("balance", PayMethod.Balance),
        ("mobile_wallet", PayMethod.MobileWallet),
    ];

    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromDays(30);
    private static readonly TimeSpan LongestDeadline = TimeSpan.FromDays(2 * 366);
    // Bank holidays are on record from 2003 on.
    private static readonly DateTimeOffset EarliestAsOf = new(2003, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static QuestionReading Read(AskForm form, DateTimeOffset now)
    {
        var fields = new FieldReader();
        var number = fields.Number("amount", form.Amount);
        var from = fields.Currency("from_currency", form.From);
        var to = fields.Currency("to_currency", form.To);
        var side = fields.Word("amount_side", form.Side, [.. DecisionWords.AmountSides]);
        var risk = fields.Word("risk_tolerance", form.Risk, [.. DecisionWords.Risks]);
        var payIn = fields.Word("pay_in", form.PayIn, PayMethods);
        var payOut = fields.Word("pay_out", form.PayOut, PayMethods);
        var target = Rate(fields, "target_rate", form.TargetRate);
        var floor = Rate(fields, "floor_rate", form.FloorRate);
        var asOf = fields.Instant("as_of", form.AsOf);
        var zone = fields.Zone("time_zone", form.TimeZone);
        var deadline = fields.Deadline("deadline", form.By, zone);
        if (fields.Problem is { } unreadable)
        {
            return new QuestionReading.Refused(unreadable);
        }

        var amount = new Money(number, side == AmountSide.Send ? from : to);
        fields.CheckAmount("amount", amount);
        CheckTimes(fields, form, asOf, deadline, now);
        CheckNames(fields, form, from, to);
        CheckRates(fields, form, target, floor);
        return fields.Problem is { } wrong
            ? new QuestionReading.Refused(wrong)
            : new QuestionReading.Read(
                new ConversionQuestion(
                    new CurrencyPair(from, to),
                    side,
                    amount.Rounded(),
                    deadline ?? (asOf ?? now) + DefaultDeadline,
                    risk,
                    string.IsNullOrWhiteSpace(form.Country) ? HomeCountries.Of(from) : [form.Country.Trim().ToUpperInvariant()],
                    string.IsNullOrWhiteSpace(form.UsualProvider) ? null : form.UsualProvider.Trim())
                {
                    Plans = form.Plans,
                    PayIn = payIn,
                    PayOut = payOut,
                    TargetRate = target,
                    FloorRate = floor,
                },
                asOf,
                form.ExcludedProviders);
    }

    private static void CheckTimes(FieldReader fields, AskForm form, DateTimeOffset? asOf, DateTimeOffset? deadline, DateTimeOffset now)
    {
        // A replay's now may lie before the holidays on record too.
        var start = asOf ?? now;
        if (start > now || start < EarliestAsOf)
        {
            fields.Refuse(Problems.Invalid(
                "invalid_as_of", "as_of", $"between {EarliestAsOf:yyyy-MM-dd} and now, {now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}", form.AsOf ?? "now"));
        }

        if (deadline <= start)
        {
            fields.Refuse(Problems.Invalid("deadline_past", "deadline", $"after {start.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}", form.By));
        }
        else if (deadline > start + LongestDeadline)
        {
            fields.Refuse(Problems.Invalid("deadline_too_far", "deadline", "at most two years ahead", form.By));
        }
    }

    private static void CheckRates(FieldReader fields, AskForm form, decimal? target, decimal? floor)
    {
        fields.CheckRate("target_rate", target);
        fields.CheckRate("floor_rate", floor);
        if (floor >= target)
        {
            fields.Refuse(Problems.Invalid("floor_above_target", "floor_rate", $"below the target of {form.TargetRate}", form.FloorRate));
        }
    }

    private static decimal? Rate(FieldReader fields, string field, string? text) => string.IsNullOrWhiteSpace(text) ? null : fields.Number(field, text, $"invalid_{field}");

    private static void CheckNames(FieldReader fields, AskForm form, Currency from, Currency to)
    {
        if (from == to)
        {
            fields.Refuse(Problems.Invalid("same_currency", "to_currency", $"another currency than {from}", form.To));
        }

        if (!string.IsNullOrWhiteSpace(form.Country) && !HomeCountries.IsCountry(form.Country.Trim().ToUpperInvariant()))
        {
            fields.Refuse(Problems.Invalid("unknown_country", "country", "an ISO 3166 alpha-2 code such as US", form.Country));
        }

        if (!string.IsNullOrWhiteSpace(form.UsualProvider) && !FeeSchedules.Knows(form.UsualProvider.Trim()))
        {
            fields.Refuse(Problems.Invalid("unknown_provider", "usual_provider", "the id of a provider as in /api/v1/providers", form.UsualProvider));
        }

        foreach (var id in form.ExcludedProviders)
        {
            if (!FeeSchedules.Knows(id))
            {
                fields.Refuse(Problems.Invalid("unknown_provider", "excluded_providers", "a list of ids of providers as in /api/v1/providers", id));
            }
        }

        foreach (var plan in form.Plans)
        {
            if (!Plans.Contains(plan))
            {
                fields.Refuse(Problems.Invalid("unknown_plan", "plans", $"a list of {string.Join(", ", Plans)}", plan));
            }
        }
    }

    private static IReadOnlyList<string> Plans { get; } = [.. FeeSchedules.All.SelectMany(schedule => schedule.Offers).Select(offer => offer.Plan).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
}
