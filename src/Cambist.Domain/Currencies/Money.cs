using System.Globalization;

namespace Cambist.Domain.Currencies;

/// <summary>
/// An amount of one currency. There is no operator over two amounts, so two currencies cannot be added;
/// <see cref="Plus"/> and <see cref="Minus"/> check. All arithmetic is <see cref="decimal"/> and throws <see cref="OverflowException"/> rather than wrap.
/// </summary>
/// <param name="Amount">Units of the currency, not minor units; any number of decimals until <see cref="Rounding"/> rounds it.</param>
/// <param name="Currency">The currency.</param>
public readonly record struct Money(decimal Amount, Currency Currency)
{
    /// <summary>Nothing of a currency.</summary>
    public static Money Zero(Currency currency) => new(0m, currency);

    /// <summary>The sum of two amounts of the same currency.</summary>
    /// <exception cref="CurrencyMismatchException">The currencies differ.</exception>
    public Money Plus(Money other) => new(Amount + SameCurrency(other), Currency);

    /// <summary>The difference of two amounts of the same currency.</summary>
    /// <exception cref="CurrencyMismatchException">The currencies differ.</exception>
    public Money Minus(Money other) => new(Amount - SameCurrency(other), Currency);

    /// <summary>The amount times a plain number.</summary>
    public static Money operator *(Money money, decimal factor) => money with { Amount = money.Amount * factor };

    /// <summary>The amount with its sign turned.</summary>
    public static Money operator -(Money money) => money with { Amount = -money.Amount };

    /// <summary>The amount times a plain number.</summary>
    public Money Multiply(decimal factor) => this * factor;

    /// <summary>The amount with its sign turned.</summary>
    public Money Negate() => -this;

    /// <summary>The amount and the code: <c>12.34 EUR</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount} {Currency}");

    private decimal SameCurrency(Money other) => other.Currency == Currency
        ? other.Amount
        : throw new CurrencyMismatchException(Currency, other.Currency);
}

/// <summary>Arithmetic over two amounts met two currencies: a bug of the caller.</summary>
public sealed class CurrencyMismatchException(Currency expected, Currency found)
    : InvalidOperationException($"Expected an amount in {expected}, found one in {found}. Convert it with a rate first.")
{
    /// <summary>The currency of the first amount.</summary>
    public Currency Expected { get; } = expected;

    /// <summary>The currency of the second amount.</summary>
    public Currency Found { get; } = found;
}
