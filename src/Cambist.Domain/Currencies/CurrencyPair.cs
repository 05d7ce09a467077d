using System.Diagnostics.CodeAnalysis;

namespace Cambist.Domain.Currencies;

/// <summary>Two different currencies. A rate of the pair is units of <see cref="Quote"/> per one unit of <see cref="Base"/>.</summary>
public sealed record CurrencyPair
{
    /// <summary>The pair of two different currencies.</summary>
    /// <exception cref="ArgumentException">Both are the same currency.</exception>
    public CurrencyPair(Currency @base, Currency quote)
    {
        if (@base == quote)
        {
            throw new ArgumentException($"A pair has two different currencies, both were {@base}.", nameof(quote));
        }

        Base = @base;
        Quote = quote;
        Symbol = @base.Code + quote.Code;
    }

    /// <summary>The currency that is priced.</summary>
    public Currency Base { get; }

    /// <summary>The currency in which the price is told.</summary>
    public Currency Quote { get; }

    /// <summary>Six letters without a separator: <c>EURUSD</c>.</summary>
    public string Symbol { get; }

    /// <summary>The same two currencies the other way round.</summary>
    public CurrencyPair Inverse => new(Quote, Base);

    /// <summary>Whether one side of the pair is this currency.</summary>
    public bool Has(Currency currency) => Base == currency || Quote == currency;

    /// <summary>Reads <c>EUR/USD</c>, <c>EUR-USD</c>, <c>EUR_USD</c> or <c>EURUSD</c>, in any case.</summary>
    /// <exception cref="FormatException">The text is no pair of two different active currencies.</exception>
    public static CurrencyPair Parse(string text) => TryParse(text, out var pair)
        ? pair
        : throw new FormatException($"A currency pair is two different ISO 4217 codes as in 'EUR/USD' or 'EURUSD', was '{text}'.");

    /// <summary>The pair of a <see cref="Symbol"/> that was noted down: its currencies may be withdrawn since.</summary>
    /// <exception cref="FormatException">The text is no such symbol.</exception>
    public static CurrencyPair ParseNoted(string symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        return symbol.Length == 6 ? new CurrencyPair(Currency.ParseNoted(symbol[..3]), Currency.ParseNoted(symbol[3..])) : throw new FormatException($"The symbol of a pair is six letters, was '{symbol}'.");
    }

    /// <summary>Reads what <see cref="Parse"/> reads; false where it would throw.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CurrencyPair? pair)
    {
        pair = null;
        if (text is null || !(text.Length == 6 || (text.Length == 7 && text[3] is '/' or '-' or '_')))
        {
            return false;
        }

        if (!Currency.TryParse(text[..3], out var @base) || !Currency.TryParse(text[^3..], out var quote) || @base == quote)
        {
            return false;
        }

        pair = new CurrencyPair(@base, quote);
        return true;
    }

    /// <summary>The pair with a slash: <c>EUR/USD</c>.</summary>
    public override string ToString() => $"{Base.Code}/{Quote.Code}";
}
