using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Cambist.Domain.Currencies;

/// <summary>The active currencies of ISO 4217 with their minor units.</summary>
public static class Iso4217
{
    private static readonly FrozenDictionary<string, Currency> ByCode = new Currency[]
    {
        new("EUR", 978, 2, "Euro"),
        new("USD", 840, 2, "US Dollar"),
    }.ToFrozenDictionary(currency => currency.Code, StringComparer.OrdinalIgnoreCase);

    /// <summary>All active currencies, by code.</summary>
    public static IReadOnlyList<Currency> All { get; } = [.. ByCode.Values.OrderBy(currency => currency.Code, StringComparer.Ordinal)];

    /// <summary>Finds a currency by its three-letter code, in any case.</summary>
    public static bool TryGet(string? code, [NotNullWhen(true)] out Currency? currency)
    {
        currency = null;
        return code is not null && ByCode.TryGetValue(code, out currency);
    }
}
