using System.Globalization;
using Cambist.Domain.Currencies;

namespace Cambist.Domain.Quotes;

/// <summary>What kind of business a provider is.</summary>
public enum ProviderKind
{
    /// <summary>A bank.</summary>
    Bank,

    /// <summary>A licensed money institution that lives in an app.</summary>
    Fintech,

    /// <summary>A (crypto) exchange with an order book in fiat currencies.</summary>
    Exchange,

    /// <summary>A money transfer operator with agents or pay-out partners.</summary>
    MoneyTransfer,
}

/// <summary>How a provider's fee relates to the amount that is converted.</summary>
public enum FeeMode
{
    /// <summary>Taken out of the amount that the sender pays: received = (paid − fee) × rate.</summary>
    Deducted,

    /// <summary>Paid beside the amount: received = amount × rate, and the sender pays amount + fee.</summary>
    OnTop,
}

/// <summary>What the figures of an offer rest on.</summary>
public enum Provenance
{
    /// <summary>An API's answer to this very amount.</summary>
    Live,

    /// <summary>A figure from an API, a page or a survey, applied again to this amount.</summary>
    Estimate,

    /// <summary>The provider's own published schedule.</summary>
    Published,
}

/// <summary>A provider's published fees: one JSON file.</summary>
/// <param name="Id">Stable id, lower case with hyphens: <c>western-union</c>.</param>
/// <param name="Name">The name that people know.</param>
/// <param name="Kind">What kind of business it is.</param>
/// <param name="Offers">The ways to convert with it, each with its own route, fees and source.</param>
public sealed record FeeSchedule(string Id, string Name, ProviderKind Kind, IReadOnlyList<FeeOffer> Offers);

/// <summary>One way to convert with a provider: a product on certain routes. Percentages are of the converted amount (1 = 1 %).</summary>
/// <param name="Id">Unique within the provider.</param>
/// <param name="Title">What it is, in words: <c>Online wire in foreign currency</c>.</param>
/// <param name="Countries">Where the sender must be (ISO 3166 alpha-2); empty means anywhere.</param>
/// <param name="From">Send currencies.</param>
/// <param name="To">Receive currencies; empty means any.</param>
/// <param name="FeeMode">Deducted or on top.</param>
/// <param name="FeeTiers">The fee by amount, in the send currency, in rising order of <see cref="FeeTier.UpTo"/>; empty means that the fee is unknown.</param>
/// <param name="Allowance">A fair-use allowance with its own charge above it; null where there is none.</param>
/// <param name="MarkupPercent">Markup of the rate against mid; null means unknown.</param>
/// <param name="MarkupWindows">Extra markup at certain hours of the week.</param>
/// <param name="Limits">Smallest and largest amount in the send currency.</param>
/// <param name="Delivery">How long it takes; null means unknown.</param>
/// <param name="Provenance">Published by the provider, or an estimate.</param>
/// <param name="SourceUrl">Where the figures can be read.</param>
/// <param name="CollectedOn">The day on which they were read.</param>
/// <param name="Note">Assumptions that the person should know, in a sentence; null where there are none.</param>
public sealed record FeeOffer(
    string Id,
    string Title,
    IReadOnlyList<string> Countries,
    IReadOnlyList<Currency> From,
    IReadOnlyList<Currency> To,
    FeeMode FeeMode,
    IReadOnlyList<FeeTier> FeeTiers,
    FeeAllowance? Allowance,
    decimal? MarkupPercent,
    IReadOnlyList<MarkupWindow> MarkupWindows,
    AmountLimits Limits,
    DeliveryTime? Delivery,
    Provenance Provenance,
    Uri SourceUrl,
    DateOnly CollectedOn,
    string? Note);

/// <summary>The fee of amounts up to a bound. It holds for the whole amount, not for the part inside the tier.</summary>
/// <param name="UpTo">Largest amount of the tier, inclusive, in the send currency; null for the last tier.</param>
/// <param name="Fixed">Fixed fee in the send currency.</param>
/// <param name="Percent">Variable fee in percent of the amount that the fee is taken from or put on.</param>
/// <param name="Minimum">The variable fee is at least this much.</param>
/// <param name="Maximum">The variable fee is at most this much; null where it is not capped.</param>
public sealed record FeeTier(decimal? UpTo, decimal Fixed, decimal Percent, decimal Minimum = 0m, decimal? Maximum = null);

/// <summary>An amount per rolling period that is free of the extra charge. The calculator assumes that nothing of it was used and the quote says so.</summary>
/// <param name="Amount">The allowance in the send currency.</param>
/// <param name="Days">Length of the rolling period.</param>
/// <param name="PercentAbove">Charge on the part above the allowance.</param>
public sealed record FeeAllowance(decimal Amount, int Days, decimal PercentAbove);

/// <summary>Hours of the week with an extra markup, in the provider's own time zone: Revolut's weekend is Friday 17:00 to Sunday 18:00 in New York.</summary>
/// <param name="Name">What the provider calls it.</param>
/// <param name="Zone">The time zone of the hours.</param>
/// <param name="FromDay">Day on which it starts.</param>
/// <param name="FromTime">Time at which it starts.</param>
/// <param name="ToDay">Day on which it ends.</param>
/// <param name="ToTime">Time at which it ends.</param>
/// <param name="ExtraPercent">Markup on top of the usual one, in percent.</param>
public sealed record MarkupWindow(
    string Name, TimeZoneInfo Zone, DayOfWeek FromDay, TimeOnly FromTime, DayOfWeek ToDay, TimeOnly ToTime, decimal ExtraPercent)
{
    private const long TicksPerWeek = 7 * TimeSpan.TicksPerDay;

    /// <summary>Whether the extra markup holds at this instant: the start is inside, the end is not.</summary>
    public bool Covers(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, Zone);
        var now = TickOfWeek(local.DayOfWeek, TimeOnly.FromTimeSpan(local.TimeOfDay));
        var from = TickOfWeek(FromDay, FromTime);
        var length = (TickOfWeek(ToDay, ToTime) - from + TicksPerWeek) % TicksPerWeek;
        return (now - from + TicksPerWeek) % TicksPerWeek < length;
    }

    /// <summary>The first instant after this one at which the extra markup no longer holds, given that it holds now.</summary>
    public DateTimeOffset EndAfter(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, Zone);
        var left = (TickOfWeek(ToDay, ToTime) - TickOfWeek(local.DayOfWeek, TimeOnly.FromTimeSpan(local.TimeOfDay)) + TicksPerWeek) % TicksPerWeek;
        var end = local.DateTime.AddTicks(left);
        return new DateTimeOffset(end, Zone.GetUtcOffset(end)).ToUniversalTime();
    }

    private static long TickOfWeek(DayOfWeek day, TimeOnly time) => (int)day * TimeSpan.TicksPerDay + time.Ticks;
}

/// <summary>The amounts that an offer takes, inclusive, in the send currency; null where the provider names no bound.</summary>
/// <param name="Minimum">Smallest amount.</param>
/// <param name="Maximum">Largest amount.</param>
public sealed record AmountLimits(decimal? Minimum, decimal? Maximum);

/// <summary>How long the money is on its way once it is ordered.</summary>
/// <param name="Fastest">At best.</param>
/// <param name="Slowest">What the provider promises not to exceed: the latest safe date counts with this.</param>
/// <param name="BusinessDays">True: a day of 24 h is a business day of both currencies; false: the clock runs at weekends too.</param>
/// <param name="CutOff">Orders after this time of a business day count as the next one; null where there is none.</param>
public sealed record DeliveryTime(TimeSpan Fastest, TimeSpan Slowest, bool BusinessDays, CutOff? CutOff = null)
{
    /// <summary>The same in words: <c>minutes</c>, <c>within 6 hours</c>, <c>1–2 business days</c>.</summary>
    public string Text { get; } = InWords(Fastest, Slowest, BusinessDays);

    private static string InWords(TimeSpan fastest, TimeSpan slowest, bool businessDays)
    {
        if (slowest < TimeSpan.FromHours(1))
        {
            return "minutes";
        }

        if (slowest < TimeSpan.FromDays(1))
        {
            return string.Create(CultureInfo.InvariantCulture, $"within {Math.Ceiling(slowest.TotalHours):0} hours");
        }

        var (from, to) = (Math.Floor(fastest.TotalDays), Math.Ceiling(slowest.TotalDays));
        var days = $"{(businessDays ? "business day" : "day")}{(to > 1 ? "s" : "")}";
        return from == to
            ? string.Create(CultureInfo.InvariantCulture, $"{to:0} {days}")
            : string.Create(CultureInfo.InvariantCulture, $"{from:0}–{to:0} {days}");
    }
}

/// <summary>The time of day after which an order counts as the next business day's.</summary>
/// <param name="Time">Local time.</param>
/// <param name="Zone">The provider's time zone.</param>
public sealed record CutOff(TimeOnly Time, TimeZoneInfo Zone);
