using System.Globalization;
using Cambist.Client;
using Cambist.Domain.Currencies;

namespace Cambist.Web;

/// <summary>How figures read on a page: English, grouped by thousands, with the currency's own decimals and a true minus sign.</summary>
internal static class Figures
{
    private const char Minus = '\u2212';

    /// <summary><c>4,583.58</c>, <c>−12</c> for yen.</summary>
    public static string Amount(MoneyValue money)
    {
        if (!Iso4217.TryGet(money.Currency, out var currency))
        {
            return WithMinus(money.Amount.ToString("#,0.############", CultureInfo.InvariantCulture));
        }

        var rounded = new Money(money.Amount, currency).Rounded().Amount;
        return WithMinus(rounded.ToString($"N{currency.MinorUnits}", CultureInfo.InvariantCulture));
    }

    /// <summary><c>4,583.58 EUR</c>: the code and no sign, because $ and kr belong to many currencies.</summary>
    public static string Money(MoneyValue money) => $"{Amount(money)} {money.Currency}";

    /// <summary>The same with a plus where it is above zero.</summary>
    public static string Signed(MoneyValue money) => money.Amount > 0 ? "+" + Money(money) : Money(money);

    /// <summary>A rate with five significant digits below one and six above: <c>0.92074</c>, <c>156.234</c>, <c>0.000061234</c>.</summary>
    public static string Rate(decimal rate) => rate.ToString("F" + RateDecimals((double)rate), CultureInfo.InvariantCulture);

    public static string Rate(double rate) => rate.ToString("F" + RateDecimals(rate), CultureInfo.InvariantCulture);

    /// <summary><c>54 %</c> of a share from 0 to 1.</summary>
    public static string Percent(double share) => Fixed(share * 100, 0) + " %";

    /// <summary><c>+0.28 %</c> of a share.</summary>
    public static string SignedPercent(double share)
    {
        var text = Fixed(share * 100, 2) + " %";
        return share > 0 ? "+" + text : text;
    }

    /// <summary><c>0.43 %</c> of basis points.</summary>
    public static string BpsAsPercent(double bps) => Fixed(bps / 100, 2) + " %";

    public static string Bps(double bps) => Fixed(bps, 0) + " bps";

    /// <summary><c>40 s</c>, <c>12 min</c>, <c>5 h</c>, <c>3 days</c>: rounded down, as one tells an age.</summary>
    public static string Age(double seconds) => seconds switch
    {
        < 60 => Whole(seconds) + " s",
        < 3600 => Whole(seconds / 60) + " min",
        < 48 * 3600 => Whole(seconds / 3600) + " h",
        _ => Whole(seconds / 86400) + " days",
    };

    /// <summary><c>27 Sep 2026</c>.</summary>
    public static string Date(DateOnly date) => date.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A number for an SVG attribute: a point, no grouping, no negative zero.</summary>
    public static string Svg(double value) => (Math.Round(value, 1) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);

    private static int RateDecimals(double rate)
    {
        if (rate <= 0)
        {
            return 5;
        }

        var magnitude = (int)Math.Floor(Math.Log10(rate));
        return magnitude < 0 ? 4 - magnitude : Math.Max(0, 5 - magnitude);
    }

    private static string Fixed(double value, int decimals)
    {
        // Adding zero turns the negative zero of rounding into a plain one.
        var rounded = Math.Round(value, decimals, MidpointRounding.ToEven) + 0.0;
        return WithMinus(rounded.ToString("N" + decimals, CultureInfo.InvariantCulture));
    }

    private static string Whole(double value) => Math.Floor(value).ToString("0", CultureInfo.InvariantCulture);

    private static string WithMinus(string text) => text.Replace('-', Minus);
}
