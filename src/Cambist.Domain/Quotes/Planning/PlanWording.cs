using System.Globalization;

namespace Cambist.Domain.Quotes.Planning;

/// <summary>Why a transfer stands in a plan, in plain words.</summary>
internal static class PlanWording
{
    /// <summary>The reasons, joined by commas, without a capital or a full stop.</summary>
    public static string Why(PricedPart part, PricedSplit split, PlanQuestion question)
    {
        string?[] reasons = [AfterMarkup(part, question), WithinAllowance(part), AtLimit(part), AtTier(part, split)];
        var told = reasons.OfType<string>().ToArray();
        return told.Length > 0 ? string.Join(", ", told)
            : split.Parts.Count > 1 ? "the cheapest for this part"
            : "nothing before the deadline is cheaper";
    }

    private static string? AfterMarkup(PricedPart part, PlanQuestion question)
    {
        if (part.Slot.At <= question.Price.At)
        {
            return null;
        }

        var before = part.Slot.At.AddTicks(-1);
        foreach (var window in part.Slot.Offer.MarkupWindows)
        {
            if (window.ExtraPercent > 0m && window.Covers(before) && !window.Covers(part.Slot.At))
            {
                return $"after the {window.Name.ToLowerInvariant()} markup ends";
            }
        }

        return null;
    }

    private static string? WithinAllowance(PricedPart part)
    {
        if (part.Slot.Offer.Allowance is not { } allowance || part.Free is not { } free)
        {
            return null;
        }

        var currency = part.Cost.Paid.Currency;
        var whole = string.Create(CultureInfo.InvariantCulture, $"free allowance of {allowance.Amount:#,0.##} {currency} per {allowance.Days} days");
        return free == 0m ? $"with nothing left of the {whole}"
            : part.Basis > free ? string.Create(CultureInfo.InvariantCulture, $"{free:#,0.##} {currency} of it inside the {whole}")
            : free < allowance.Amount ? $"inside what is left of the {whole}"
            : $"inside the {whole}";
    }

    private static string? AtLimit(PricedPart part)
    {
        var converted = part.Cost.Paid.Amount - part.Cost.FixedFee.Amount - part.Cost.VariableFee.Amount;
        var currency = part.Cost.Paid.Currency;
        return converted == part.Slot.Offer.Limits.Maximum ? string.Create(CultureInfo.InvariantCulture, $"the most that it takes at once, {converted:#,0.##} {currency}")
            : converted == part.Slot.Offer.Limits.Minimum ? string.Create(CultureInfo.InvariantCulture, $"the least that it takes, {converted:#,0.##} {currency}")
            : null;
    }

    // Parts that stand at the edge of a tier do so for its fee.
    private static string? AtTier(PricedPart part, PricedSplit split)
    {
        var tiers = part.Slot.Offer.FeeTiers;
        var currency = part.Cost.Paid.Currency;
        for (var i = 0; i < tiers.Count - 1 && split.Parts.Count > 1; i++)
        {
            if (part.Basis == Fees.HighestOf(tiers[i], currency))
            {
                return string.Create(CultureInfo.InvariantCulture, $"at the fee for amounts up to {part.Basis:#,0.##} {currency}");
            }

            if (part.Basis == Fees.LowestOf(tiers, i + 1, currency).Amount)
            {
                return string.Create(CultureInfo.InvariantCulture, $"at the fee for amounts from {part.Basis:#,0.##} {currency}");
            }
        }

        return null;
    }
}
