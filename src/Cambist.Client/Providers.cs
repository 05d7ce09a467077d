namespace Cambist.Client;

/// <summary>One provider's all-in price for the question. Figures are null where they are not known; nothing unknown is shown as zero.</summary>
public sealed record ProviderQuote
{
    /// <summary>Stable id: <c>wise</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The name that people know.</summary>
    public required string Name { get; init; }

    /// <summary><c>bank</c>, <c>fintech</c>, <c>exchange</c> or <c>money_transfer</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The product that is priced; null where none serves the route.</summary>
    public required string? Offer { get; init; }

    /// <summary><c>ranked</c>, <c>unknown</c> (a fee or the markup is not known) or <c>unavailable</c> (not this route or amount).</summary>
    public required string Status { get; init; }

    /// <summary>Why it is not ranked, or what the price assumes; null where there is nothing to say.</summary>
    public required string? Note { get; init; }

    /// <summary>The provider's rate, to-currency per unit of from-currency.</summary>
    public required decimal? ExchangeRate { get; init; }

    /// <summary>The mid-market rate that it is measured against.</summary>
    public required decimal MidRate { get; init; }

    /// <summary>Markup of the rate against mid in basis points.</summary>
    public required double? MarkupBps { get; init; }

    /// <summary>What the markup costs, in the send currency.</summary>
    public required MoneyValue? SpreadCost { get; init; }

    /// <summary>The part of <see cref="SpreadCost"/> that the provider does not name as a fee, in the send currency.</summary>
    public required MoneyValue? HiddenFee { get; init; }

    /// <summary>The fixed fee, in the send currency.</summary>
    public required MoneyValue? FixedFee { get; init; }

    /// <summary>The fee that grows with the amount, in the send currency.</summary>
    public required MoneyValue? VariableFee { get; init; }

    /// <summary>All-in cost against mid, in the send currency: what is paid less what the received amount is worth at mid.</summary>
    public required MoneyValue? TotalCost { get; init; }

    /// <summary>All-in cost in basis points of what is paid.</summary>
    public required double? TotalCostBps { get; init; }

    /// <summary>Total that the sender pays, fees included.</summary>
    public required MoneyValue? SendAmount { get; init; }

    /// <summary>What arrives, less what banks on the way take for certain.</summary>
    public required MoneyValue? ReceiveAmount { get; init; }

    /// <summary>What arrives where banks on the way take all that they may; null where nobody says how much that is.</summary>
    public required MoneyValue? ReceiveAtLeast { get; init; }

    /// <summary>Whether the rate is better than mid: it happens, and deserves a second look.</summary>
    public required bool BetterThanMid { get; init; }

    /// <summary>How the money is paid in: <c>bank_transfer</c>, <c>card</c>, <c>cash</c>, <c>balance</c> (held with the provider) or <c>mobile_wallet</c>.</summary>
    public required string PayIn { get; init; }

    /// <summary>How it is paid out, in the same words.</summary>
    public required string PayOut { get; init; }

    /// <summary>A better price for some, which does not rank; null where there is none.</summary>
    public required PromotionalPrice? Promotion { get; init; }

    /// <summary>How long the money is on its way; null where it is not known.</summary>
    public required DeliveryTime? DeliveryTime { get; init; }

    /// <summary>The last instant at which an order still arrives by the deadline; null without a deadline or where delivery is unknown.</summary>
    public required DateTimeOffset? LatestSafeDate { get; init; }

    /// <summary><c>live</c>, <c>estimate</c> or <c>published</c>.</summary>
    public required string Provenance { get; init; }

    /// <summary>When the figures were collected; midnight where only the day is known.</summary>
    public required DateTimeOffset CollectedAt { get; init; }

    /// <summary>Whether the figures are so old that they may no longer hold.</summary>
    public required bool Outdated { get; init; }

    /// <summary>Where the figures can be read.</summary>
    public required Uri SourceUrl { get; init; }
}

/// <summary>A better price for some.</summary>
/// <param name="ExchangeRate">The promotional rate.</param>
/// <param name="Fee">The promotional fee, in the send currency.</param>
/// <param name="ReceiveAmount">What would arrive with it.</param>
/// <param name="UpTo">It holds for this much of the amount; null where no bound is named.</param>
/// <param name="Terms">For whom and how often, in words.</param>
public sealed record PromotionalPrice(decimal ExchangeRate, MoneyValue Fee, MoneyValue ReceiveAmount, MoneyValue? UpTo, string Terms);

/// <summary>How long money is on its way.</summary>
/// <param name="MinHours">At best.</param>
/// <param name="MaxHours">At worst, as promised.</param>
/// <param name="Text">The same in words: <c>1–2 business days</c>.</param>
public sealed record DeliveryTime(double MinHours, double MaxHours, string Text);
