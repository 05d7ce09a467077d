namespace Cambist.Domain.Currencies;

/// <summary>Rounding to the minor unit of ISO 4217. The result always carries that many decimals, so 5 USD reads <c>5.00</c> and 5 JPY reads <c>5</c>.</summary>
public static class Rounding
{
    /// <summary>To the nearest minor unit, halves to even: for figures that are shown.</summary>
    public static Money Rounded(this Money money) => To(money, MidpointRounding.ToEven);

    /// <summary>Down to the minor unit (towards negative infinity): for what arrives, because a provider never pays out a fraction.</summary>
    public static Money RoundedDown(this Money money) => To(money, MidpointRounding.ToNegativeInfinity);

    /// <summary>Up to the minor unit (towards positive infinity): for what must be paid so that a wished amount arrives.</summary>
    public static Money RoundedUp(this Money money) => To(money, MidpointRounding.ToPositiveInfinity);

    /// <summary>Whether the amount has no more decimals than its currency.</summary>
    public static bool FitsMinorUnit(this Money money) => decimal.Round(money.Amount, money.Currency.MinorUnits) == money.Amount;

    private static Money To(Money money, MidpointRounding mode)
    {
        var rounded = decimal.Round(money.Amount, money.Currency.MinorUnits, mode);
        // Adding a zero of the wanted scale pads the decimals: 5 + 0.00 = 5.00.
        return money with { Amount = rounded + new decimal(0, 0, 0, false, (byte)money.Currency.MinorUnits) };
    }
}
