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

/// <summary>How money is paid in, or paid out.</summary>
public enum PayMethod
{
    /// <summary>From or to an account at any bank.</summary>
    BankTransfer,

    /// <summary>From or to a payment card.</summary>
    Card,

    /// <summary>Notes over the counter.</summary>
    Cash,

    /// <summary>Money that the person holds with the provider: it must be brought there before, and taken out afterwards.</summary>
    Balance,

    /// <summary>A mobile wallet such as M-Pesa.</summary>
    MobileWallet,
}

/// <summary>One way to convert with a provider: a product on certain routes. Percentages are of the converted amount (1 = 1 %).</summary>
public sealed record FeeOffer
{
    /// <summary>How long figures that nobody has looked at again are taken for today's: providers change their fees a few times a year.</summary>
    public static readonly TimeSpan ReviewAfter = TimeSpan.FromDays(90);

    /// <summary>Unique within the provider.</summary>
    public required string Id { get; init; }

    /// <summary>What it is, in words: <c>Online wire in foreign currency</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Where the sender must be (ISO 3166 alpha-2); empty means anywhere.</summary>
    public required IReadOnlyList<string> Countries { get; init; }

    /// <summary>The plan that the person must be on, as in <c>revolut-premium</c>; null where it is open to everybody.</summary>
    public required string? Plan { get; init; }

    /// <summary>Send currencies.</summary>
    public required IReadOnlyList<Currency> From { get; init; }

    /// <summary>Receive currencies; empty means any.</summary>
    public required IReadOnlyList<Currency> To { get; init; }

    /// <summary>How the money reaches the provider.</summary>
    public required PayMethod PayIn { get; init; }

    /// <summary>How it reaches whom it is for.</summary>
    public required PayMethod PayOut { get; init; }

    /// <summary>Deducted or on top.</summary>
    public required FeeMode FeeMode { get; init; }

    /// <summary>The fee by amount, in the send currency, in rising order of <see cref="FeeTier.UpTo"/>; empty means that the fee is unknown.</summary>
    public required IReadOnlyList<FeeTier> FeeTiers { get; init; }

    /// <summary>A fair-use allowance with its own charge above it; null where there is none.</summary>
    public required FeeAllowance? Allowance { get; init; }

    /// <summary>Markup of the rate against mid; below zero where the rate was better than mid; null means unknown.</summary>
    public required decimal? MarkupPercent { get; init; }

    /// <summary>Whether the provider names that markup as a fee. Where it does not, the markup is a hidden fee.</summary>
    public required bool MarkupNamed { get; init; }

    /// <summary>Extra markup at certain hours of the week; whoever publishes the hours names the charge.</summary>
    public required IReadOnlyList<MarkupWindow> MarkupWindows { get; init; }

    /// <summary>What banks on the way may take out of what arrives; null where none are on the way.</summary>
    public required CorrespondentFees? Correspondents { get; init; }

    /// <summary>Smallest and largest amount in the send currency.</summary>
    public required AmountLimits Limits { get; init; }

    /// <summary>How long it takes; null means unknown.</summary>
    public required DeliveryTime? Delivery { get; init; }

    /// <summary>What the figures rest on.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>Where the figures can be read.</summary>
    public required Uri SourceUrl { get; init; }

    /// <summary>When they were read there; midnight UTC where only the day is known.</summary>
    public required DateTimeOffset CollectedAt { get; init; }

    /// <summary>Assumptions that the person should know, in a sentence; null where there are none.</summary>
    public required string? Note { get; init; }

    /// <summary>The answer that the offer was made of; null for a schedule's own.</summary>
    public CollectedQuote? Quoted { get; init; }

    /// <summary>Whether the figures are so old that somebody should look at them again.</summary>
    public bool IsOutdated(DateTimeOffset asOf) => asOf - CollectedAt > ReviewAfter;
}

/// <summary>What the banks between the provider and the receiver's may take out of what arrives, in the send currency.</summary>
/// <param name="Least">This much is taken for certain.</param>
/// <param name="Most">No more than this; null where nobody says how much.</param>
public sealed record CorrespondentFees(decimal Least, decimal? Most);

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
