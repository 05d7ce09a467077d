using Cambist.Domain.Quotes;
using static Cambist.App.Quotes.JsonRules;

namespace Cambist.App.Quotes;

/// <summary>What a well-formed schedule must also keep, as a list of one-question rules.</summary>
internal static class FeeScheduleRules
{
    /// <summary>The first broken rule as <c>path: expected, found</c>; null where all hold.</summary>
    public static string? FirstFault(FeeSchedule schedule) => Faults(schedule).FirstOrDefault();

    private static IEnumerable<string> Faults(FeeSchedule schedule) =>
    [
        .. Check(Id.IsMatch(schedule.Id), "$.id", "lower-case words joined by hyphens", schedule.Id),
        .. Check(schedule.Name.Trim().Length > 0, "$.name", "a name", schedule.Name),
        .. Check(schedule.Offers.Count > 0, "$.offers", "at least one offer", "none"),
        .. Once(schedule.Offers.Select(offer => offer?.Id), "$.offers", "each offer's id once"),
        .. schedule.Offers.SelectMany((offer, index) => Of(offer, $"$.offers[{index}]")),
    ];

    private static IEnumerable<string> Of(FeeOffer? offer, string path) => offer is null ? [NoEntry(path)] :
    [
        .. Check(Id.IsMatch(offer.Id), $"{path}.id", "lower-case words joined by hyphens", offer.Id),
        .. Check(offer.Title.Trim().Length > 0, $"{path}.title", "a title", offer.Title),
        .. offer.Countries.SelectMany((country, index) =>
            Check(country is not null && Country.IsMatch(country), $"{path}.countries[{index}]", "two capital letters of ISO 3166", country)),
        .. Check(offer.From.Count > 0, $"{path}.from", "at least one currency", "none"),
        .. Once(offer.Countries, $"{path}.countries", "each country once"),
        .. Once(offer.From, $"{path}.from", "each currency once"),
        .. Once(offer.To, $"{path}.to", "each currency once"),
        .. OfTiers(offer.FeeTiers, $"{path}.fee_tiers"),
        .. Of(offer.Allowance, $"{path}.allowance"),
        .. Check(offer.MarkupPercent is null or (>= 0m and < 100m), $"{path}.markup_percent", "a markup of 0 or more, or null where it is unknown", offer.MarkupPercent),
        .. offer.MarkupWindows.SelectMany((window, index) => Of(window, $"{path}.markup_windows[{index}]")),
        .. Check(offer.Plan is null || Id.IsMatch(offer.Plan), $"{path}.plan", "lower-case words joined by hyphens, or null", offer.Plan),
        .. Of(offer.Correspondents, $"{path}.correspondents"),
        .. Of(offer.Limits, $"{path}.limits"),
        .. Of(offer.Delivery, $"{path}.delivery"),
    ];

    private static IEnumerable<string> OfTiers(IReadOnlyList<FeeTier?> tiers, string path) =>
    [
        .. tiers.SelectMany((tier, index) => Of(tier, $"{path}[{index}]")),
        .. tiers.SkipLast(1).SelectMany((tier, index) =>
            Check(tier?.UpTo is not null, $"{path}[{index}].up_to", "a bound in every tier but the last", "null")),
        .. tiers.Skip(1).SelectMany((tier, index) =>
            Check(tier?.UpTo is null || tier.UpTo > tiers[index]?.UpTo, $"{path}[{index + 1}].up_to", $"more than {tiers[index]?.UpTo}", tier?.UpTo)),
        .. tiers.Count == 0 ? [] : Check(tiers[^1]?.UpTo is null, $"{path}[{tiers.Count - 1}].up_to", "null in the last tier", tiers[^1]?.UpTo),
    ];

    private static IEnumerable<string> Of(FeeTier? tier, string path) => tier is null ? [NoEntry(path)] :
    [
        .. Check(tier.UpTo is null or > 0m, $"{path}.up_to", "a bound above 0, or null", tier.UpTo),
        .. Check(tier.Fixed >= 0m, $"{path}.fixed", "a fee of 0 or more", tier.Fixed),
        .. Check(tier.Percent is >= 0m and < 100m, $"{path}.percent", "a fee of 0 or more", tier.Percent),
        .. Check(tier.Minimum >= 0m, $"{path}.minimum", "a fee of 0 or more", tier.Minimum),
        .. Check(tier.Maximum is null || tier.Maximum >= tier.Minimum, $"{path}.maximum", $"at least the minimum of {tier.Minimum}, or null", tier.Maximum),
    ];

    private static IEnumerable<string> Of(FeeAllowance? allowance, string path) => allowance is null ? [] :
    [
        .. Check(allowance.Amount > 0m, $"{path}.amount", "an amount above 0", allowance.Amount),
        .. Check(allowance.Days > 0, $"{path}.days", "one day or more", allowance.Days),
        .. Check(allowance.PercentAbove is >= 0m and < 100m, $"{path}.percent_above", "a charge of 0 or more", allowance.PercentAbove),
    ];

    private static IEnumerable<string> Of(MarkupWindow? window, string path) => window is null ? [NoEntry(path)] :
    [
        .. Check(window.Name.Trim().Length > 0, $"{path}.name", "a name", window.Name),
        .. Check(window.FromDay != window.ToDay || window.FromTime != window.ToTime, path, "an end that differs from the start", $"{window.ToDay} {window.ToTime:HH\\:mm}"),
        .. Check(window.ExtraPercent is >= 0m and < 100m, $"{path}.extra_percent", "a markup of 0 or more", window.ExtraPercent),
    ];

    private static IEnumerable<string> Of(CorrespondentFees? fees, string path) => fees is null ? [] :
    [
        .. Check(fees.Least >= 0m, $"{path}.least", "a fee of 0 or more", fees.Least),
        .. Check(fees.Most is null || fees.Most >= fees.Least, $"{path}.most", $"at least the least of {fees.Least}, or null", fees.Most),
    ];

    private static IEnumerable<string> Of(AmountLimits limits, string path) =>
    [
        .. Check(limits.Minimum is null or >= 0m, $"{path}.minimum", "an amount of 0 or more, or null", limits.Minimum),
        .. Check(limits.Maximum is null or > 0m, $"{path}.maximum", "an amount above 0, or null", limits.Maximum),
        .. Check(!(limits.Minimum > limits.Maximum), $"{path}.maximum", $"at least the minimum of {limits.Minimum}", limits.Maximum),
    ];

    public static IEnumerable<string> Of(DeliveryTime? delivery, string path) => delivery is null ? [] :
    [
        .. Check(delivery.Fastest >= TimeSpan.Zero, $"{path}.fastest", "a duration of 0 or more", delivery.Fastest),
        .. Check(delivery.Slowest >= delivery.Fastest, $"{path}.slowest", $"at least the fastest of {delivery.Fastest}", delivery.Slowest),
    ];
}
