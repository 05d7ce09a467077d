namespace Cambist.Domain.Currencies;

/// <summary>
/// An ISO 4217 currency. Instances come only from <see cref="Iso4217"/>, so equality is identity and an unknown code cannot exist. All are active but those that <see cref="ParseNoted"/> reads from what was noted down before
/// they were withdrawn.
/// </summary>
public sealed class Currency
{
    internal Currency(string code, int numericCode, int minorUnits, string name)
    {
        Code = code;
        NumericCode = numericCode;
        MinorUnits = minorUnits;
        Name = name;
    }

    /// <summary>The three-letter code, upper case: <c>EUR</c>.</summary>
    public string Code { get; }

    /// <summary>The three-digit number of ISO 4217: 978 for the euro.</summary>
    public int NumericCode { get; }

    /// <summary>Whether money is still paid in it.</summary>
    public bool IsActive { get; internal init; } = true;

    /// <summary>Decimal places of the smallest unit in accounts: JPY 0, USD 2, KWD 3, CLF 4.</summary>
    public int MinorUnits { get; }

    /// <summary>The English name of ISO 4217.</summary>
    public string Name { get; }

    /// <summary>The smallest amount of this currency in accounts: 0.01 for USD, 1 for JPY.</summary>
    public decimal SmallestAmount => new(1, 0, 0, false, (byte)MinorUnits);

    /// <summary>The US dollar: in it amounts and savings of different currencies are compared.</summary>
    public static Currency Usd => Iso4217.Usd;

    /// <summary>The currency with this code, in any case.</summary>
    /// <exception cref="FormatException">The text is no active ISO 4217 code.</exception>
    public static Currency Parse(string code) => TryParse(code, out var currency)
        ? currency
        : throw new FormatException($"A currency code is three letters of an active ISO 4217 currency, was '{code}'.");

    /// <summary>The currency with this code in what was noted down while it was active: it may be withdrawn since.</summary>
    /// <exception cref="FormatException">The text is no such code.</exception>
    public static Currency ParseNoted(string code) => Iso4217.TryGetNoted(code, out var currency)
        ? currency
        : throw new FormatException($"A currency code is three letters of an ISO 4217 currency, was '{code}'.");

    /// <summary>Finds the currency with this code, in any case; false where there is none.</summary>
    public static bool TryParse(string? code, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Currency? currency) =>
        Iso4217.TryGet(code, out currency);

    /// <summary>The code.</summary>
    public override string ToString() => Code;
}
