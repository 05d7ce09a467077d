namespace Cambist.App.Rates;

/// <summary>
/// Decimals kept as 64-bit floating point. A decimal of at most 15 significant digits survives decimal → double → decimal unchanged
/// (IEEE 754: 53 bits hold 15.95 digits); one with more may not, and is refused rather than rounded.
/// </summary>
internal static class ExactReal
{
    public const int Digits = 15;

    private const decimal Limit = 1e28m; // the way back overflows a little above

    /// <summary>Whether the value comes back unchanged; false exactly where it has more than 15 significant digits.</summary>
    public static bool Holds(decimal value) => Math.Abs(value) < Limit && ToDecimal((double)value) == value;

    // The conversion of the base class library rounds to 15 significant digits, which is what makes the way back exact.
    public static decimal ToDecimal(double value) => (decimal)value;
}
