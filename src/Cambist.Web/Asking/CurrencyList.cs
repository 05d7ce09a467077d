using Cambist.Domain.Currencies;

namespace Cambist.Web.Asking;

/// <summary>Every currency once, in the order in which a person looks for one.</summary>
internal static class CurrencyList
{
    // By turnover: Bank for International Settlements, Triennial Central Bank Survey, April 2022.
    private static readonly string[] ByTurnover = ["USD", "EUR", "JPY", "GBP", "CNY", "AUD", "CAD", "CHF"];

    public static IReadOnlyList<Currency> Majors { get; } =
        [.. ByTurnover.Select(code => Iso4217.TryGet(code, out var currency) ? currency : null).OfType<Currency>()];

    /// <summary>The rest, by code.</summary>
    public static IReadOnlyList<Currency> Others { get; } = [.. Iso4217.All.Except(Majors)];
}
