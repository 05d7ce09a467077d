using Cambist.Domain.Currencies;

namespace Cambist.Domain.Goals;

/// <summary>Splits an amount into parts that differ by one minor unit at most and add up to it exactly.</summary>
public static class EqualParts
{
    /// <summary>The most parts of an amount, for no part is less than one minor unit.</summary>
    /// <param name="amount">Whole minor units above zero.</param>
    /// <param name="wished">How many are wished for, at least one.</param>
    public static int Most(Money amount, int wished) => (int)Math.Min(wished, amount.Amount / amount.Currency.SmallestAmount);

    /// <summary>The parts, larger ones first.</summary>
    /// <param name="amount">Whole minor units above zero.</param>
    /// <param name="parts">At least one, and no more than <see cref="Most"/>.</param>
    /// <exception cref="ArgumentException">The amount has fractions of a minor unit, or fewer of them than parts.</exception>
    public static IReadOnlyList<Money> Of(Money amount, int parts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        if (!amount.FitsMinorUnit() || amount.Amount < parts * amount.Currency.SmallestAmount)
        {
            throw new ArgumentException($"Expected at least {parts} whole minor units, found {amount}.", nameof(amount));
        }

        var units = amount.Amount / amount.Currency.SmallestAmount;
        var (each, over) = (decimal.Floor(units / parts), (int)(units % parts));
        return [.. Enumerable.Range(0, parts).Select(part => new Money((each + (part < over ? 1m : 0m)) * amount.Currency.SmallestAmount, amount.Currency))];
    }
}
