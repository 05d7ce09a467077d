using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.Domain.Goals;

/// <summary>
/// What a person's usual provider would have given for a part of a goal, named and kept when advice for that part was first given, before anything was converted. Without one no saving is counted.
/// </summary>
/// <param name="Provider">The usual provider's id.</param>
/// <param name="Paid">What it would have been paid in total.</param>
/// <param name="Received">What would have arrived.</param>
/// <param name="FixedFee">The part of its cost that does not grow with the amount, in the send currency.</param>
/// <param name="Mid">The mid-market rate of that moment.</param>
/// <param name="UsdPerBase">USD per unit of the send currency at that moment; null where no such rate was known.</param>
/// <param name="AsOf">The moment.</param>
public sealed record Counterfactual(string Provider, Money Paid, Money Received, Money FixedFee, decimal Mid, decimal? UsdPerBase, DateTimeOffset AsOf)
{
    /// <summary>The counterfactual of a provider's price.</summary>
    public static Counterfactual Of(string provider, CostBreakdown cost, decimal? usdPerBase, DateTimeOffset asOf) =>
        new(provider, cost.Paid, cost.Received, cost.FixedFee, cost.MidRate, usdPerBase, asOf);

    /// <summary>
    /// What would have arrived for another amount: the fixed fee stays, the rest grows with the amount. That is exact for one fixed fee and one percentage; of a schedule with tiers it is the tier of the amount that was
    /// asked about.
    /// </summary>
    public Money ReceivedFor(Money paid)
    {
        var (asked, other) = (Paid.Minus(FixedFee), paid.Minus(FixedFee));
        return paid == Paid ? Received
            : other.Amount <= 0m || asked.Amount <= 0m ? Money.Zero(Received.Currency)
            : new Money(Received.Amount * other.Amount / asked.Amount, Received.Currency).RoundedDown();
    }
}

/// <summary>What a conversion saved against its counterfactual; below zero where it cost more.</summary>
/// <param name="Provider">The provider that it is measured against.</param>
/// <param name="Saved">The counterfactual's all-in cost less the actual one, both for what was really paid and against the mid-market rate of the moment of asking; in the send currency, rounded to the minor unit.</param>
/// <param name="SavedUsd">The same in USD at the rates of that moment; null where there was none.</param>
public sealed record ConversionSaving(string Provider, Money Saved, Money? SavedUsd)
{
    /// <summary>The saving; null where nothing was named before the conversion was made.</summary>
    public static ConversionSaving? Of(ActualConversion conversion, Counterfactual? before)
    {
        if (before is null || before.AsOf > conversion.ExecutedAt)
        {
            return null;
        }

        // Both costs are what was paid less what arrived at one mid-market rate, so what was paid falls out.
        var saved = conversion.Received.Minus(before.ReceivedFor(conversion.Paid)).Amount / before.Mid;
        return new ConversionSaving(
            before.Provider,
            new Money(saved, conversion.Paid.Currency).Rounded(),
            before.UsdPerBase is { } usd ? new Money(saved * usd, Currency.Usd).Rounded() : null);
    }
}
