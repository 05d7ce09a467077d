using System.Text.Json;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Quotes;

namespace Cambist.App.Quotes.Sources;

/// <summary>A provider of Wise's comparison, as Cambist calls it.</summary>
/// <param name="Id">As in its fee schedule where it has one, else Wise's own alias.</param>
/// <param name="Name">The name that people know.</param>
/// <param name="Kind">What kind of business it is.</param>
internal sealed record WiseProvider(string Id, string Name, ProviderKind Kind)
{
    private const string Wise = "wise";

    // Its name until 2021.
    private const string Former = "transferwise";

    /// <summary>Whether it is Wise itself, of which the comparison tells the price of the moment.</summary>
    public bool IsWise => Id == Wise;

    /// <summary>Who is meant; null where it is of a kind that sends no money from bank to bank (travel money).</summary>
    /// <exception cref="FormatException">It has no alias.</exception>
    public static WiseProvider? Of(JsonElement provider)
    {
        var alias = provider.Member("alias").Text() is { Length: > 0 } told ? told.Trim().ToLowerInvariant() : throw new FormatException("A provider without an alias.");
        ProviderKind? kind = provider.Member("type").Text()?.ToUpperInvariant() switch
        {
            "BANK" => ProviderKind.Bank,
            "MONEYTRANSFERPROVIDER" => ProviderKind.MoneyTransfer,
            _ => null,
        };
        if (kind is null)
        {
            return null;
        }

        return FeeSchedules.All.FirstOrDefault(schedule => Letters(schedule.Id) == Letters(alias == Former ? Wise : alias)) is { } known
            ? new WiseProvider(known.Id, known.Name, known.Kind)
            : new WiseProvider(alias, provider.Member("name").Text() is { Length: > 0 } name ? name : alias, kind.Value);
    }

    // Aliases are names in lower case with hyphens, as our ids are; a hyphen more or less makes no other provider.
    private static string Letters(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit));
}
