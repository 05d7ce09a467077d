using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.Sources;

/// <summary>What to ask of a service that tells rates of one base currency and is paid, or limited, per rate.</summary>
internal static class WantedCurrencies
{
    /// <summary>The base to ask with: the dollar where it is wanted, for every other is priced against it; else the most needed pair's.</summary>
    public static Currency Hub(this IReadOnlyList<CurrencyPair> wanted) => wanted.Any(pair => pair.Has(Currency.Usd)) ? Currency.Usd : wanted[0].Base;

    /// <summary>The other wanted currencies, the most needed first.</summary>
    public static IReadOnlyList<Currency> Besides(this IEnumerable<CurrencyPair> wanted, Currency hub) =>
        [.. wanted.SelectMany(pair => new[] { pair.Base, pair.Quote }).Where(currency => currency != hub).Distinct()];
}
