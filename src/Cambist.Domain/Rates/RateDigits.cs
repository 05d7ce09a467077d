namespace Cambist.Domain.Rates;

/// <summary>How many digits of a derived rate mean anything.</summary>
public static class RateDigits
{
    /// <summary>Markets quote five to six significant digits; eight keep every cent of a million.</summary>
    private const int Significant = 8;

    /// <summary>A rate above zero rounded to eight significant digits, without trailing zeros: 0.8247144559 becomes 0.82471446. Whole units are never rounded away.</summary>
    public static decimal Round(decimal rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        var wholeDigits = (int)Math.Floor(Math.Log10((double)rate)) + 1;
        var rounded = decimal.Round(rate, Math.Clamp(Significant - wholeDigits, 0, 28));
        // Dividing by one at full scale drops trailing zeros of the decimal's own scale.
        return rounded / 1.000000000000000000000000000000000m;
    }

    /// <summary>A figure as a 64-bit float holds it, with at most fifteen significant digits: what stores keep exactly. No market quotes more.</summary>
    public static decimal Exact(decimal figure) => (decimal)(double)figure;
}
