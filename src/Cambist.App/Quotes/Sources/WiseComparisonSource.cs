using System.Globalization;
using System.Text.Json;
using System.Xml;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;

namespace Cambist.App.Quotes.Sources;

/// <summary>
/// Wise's comparison: its own price, and those of banks and money transmitters as it collects them about hourly and applies them again to the mid-market rate of the
/// moment. All are from bank account to bank account. Which providers there are depends on the route.
/// </summary>
internal sealed class WiseComparisonSource(HttpClient http) : IQuoteSource
{
    private const string Collected =
        "As Wise's comparison tells it: collected about hourly from the provider, applied to the mid-market rate of the moment, from bank account to bank account.";

    private const string Unasked = "Wise's fee depends on the sender's country, which is not known here.";

    /// <summary>What is known of the comparison.</summary>
    public static QuoteSourceProfile About { get; } = new()
    {
        Id = "wise",
        Name = "Wise's comparison",
        PublicAddress = new Uri("https://api.wise.com"),
        IsOfficial = true,
        Gap = TimeSpan.FromSeconds(1),
        Providers = [],
    };

    public QuoteSourceProfile Profile => About;

    public bool Serves(QuoteAsk ask) => true;

    public async Task<IReadOnlyList<CollectedQuote>> AskAsync(QuoteAsk ask, CancellationToken cancellationToken)
    {
        using var answer = await http.GetJsonAsync(AddressOf(ask), cancellationToken: cancellationToken);
        return answer.Read(root => QuotesIn(root, ask));
    }

    private static string AddressOf(QuoteAsk ask)
    {
        var amount = ask.Side == AmountSide.Send ? "sendAmount" : "recipientGetsAmount";
        var country = ask.Country is { } from ? $"&sourceCountry={Uri.EscapeDataString(from)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"v4/comparisons?sourceCurrency={ask.Pair.Base}&targetCurrency={ask.Pair.Quote}&{amount}={ask.Amount.Amount}{country}");
    }

    private static List<CollectedQuote> QuotesIn(JsonElement answer, QuoteAsk ask)
    {
        ask.MustBe(answer.GetProperty("sourceCurrency").GetString(), answer.GetProperty("targetCurrency").GetString());
        var amount = ask.Amount with { Amount = answer.GetProperty("amount").Figure() };
        var providers = answer.GetProperty("providers").EnumerateArray().ToList();
        var quotes = providers.Select(provider => ChosenOf(provider, ask, amount)).OfType<CollectedQuote>().ToList();
        return quotes.Count > 0 || !providers.Any(IsQuoted)
            ? quotes
            : throw new FormatException($"None of its {providers.Count} providers has a quote that can be read.");
    }

    private static bool IsQuoted(JsonElement provider) => provider.Member("quotes") is not { ValueKind: JsonValueKind.Array } quotes || quotes.GetArrayLength() > 0;

    // A provider has a quote for each pair of countries. Where more than one could be the person's, the least favourable is taken: to expect less and get more does no harm.
    private static CollectedQuote? ChosenOf(JsonElement provider, QuoteAsk ask, Money amount)
    {
        if (provider.Member("quotes") is not { ValueKind: JsonValueKind.Array } told)
        {
            return null;
        }

        var routes = told.EnumerateArray()
            .Select(quote => (Quote: Read(provider, quote, ask, amount), From: quote.Member("sourceCountry").Text(), To: quote.Member("targetCountry").Text()))
            .Where(route => route.Quote is not null)
            .GroupBy(route => route.From is null ? 1 : string.Equals(route.From, ask.Country, StringComparison.OrdinalIgnoreCase) ? 0 : 2)
            .MinBy(routes => routes.Key)?
            .OrderBy(route => ask.Side == AmountSide.Send ? route.Quote!.Received.Amount : -route.Quote!.Paid.Amount)
            .ToList();
        if (routes is not [(Quote: { } chosen, var from, var to), ..])
        {
            return null;
        }

        var assumed = from is not null && !string.Equals(from, ask.Country, StringComparison.OrdinalIgnoreCase) ? $"The price for a sender in {from} is assumed." : null;
        var several = routes.Count > 1 ? $"It has {routes.Count} prices by country{(to is null ? "" : $" (this one: to {to})")}; the least favourable is assumed." : null;
        var note = string.Join(' ', new[] { chosen.Note, assumed, several }.OfType<string>());
        return chosen with { Note = note.Length > 0 ? note : null };
    }

    // What cannot be read of one provider takes nothing from the others.
    private static CollectedQuote? Read(JsonElement provider, JsonElement quote, QuoteAsk ask, Money amount)
    {
        try
        {
            return WiseProvider.Of(provider) is { } who ? QuoteOf(who, quote, ask, amount) : null;
        }
        catch (Exception fault) when (JsonMembers.IsOfShape(fault))
        {
            return null;
        }
    }

    private static CollectedQuote QuoteOf(WiseProvider who, JsonElement quote, QuoteAsk ask, Money amount) => new()
    {
        Provider = who.Id,
        Name = who.Name,
        Kind = who.Kind,
        Title = "Transfer from bank to bank",
        Pair = ask.Pair,
        Paid = ask.Side == AmountSide.Send ? amount : new Money(quote.GetProperty("sendAmount").Figure(), ask.Pair.Base),
        Received = ask.Side == AmountSide.Send ? new Money(quote.GetProperty("receivedAmount").Figure(), ask.Pair.Quote) : amount,
        ExchangeRate = quote.GetProperty("rate").Figure(),
        Fee = new Money(quote.GetProperty("fee").Figure(), ask.Pair.Base),
        FeeMode = FeeMode.Deducted,
        Delivery = DeliveryOf(quote.Member("deliveryEstimation").Member("duration"), who.IsWise),
        Provenance = who.IsWise ? Provenance.Live : Provenance.Estimate,
        CollectedAt = quote.GetProperty("dateCollected").Instant(),
        SourceUrl = new Uri(string.Create(
            CultureInfo.InvariantCulture,
            $"https://wise.com/gb/compare/?sourceCurrency={ask.Pair.Base}&targetCurrency={ask.Pair.Quote}{(ask.Side == AmountSide.Send ? $"&sendAmount={amount.Amount:0.####}" : "")}")),
        Note = !who.IsWise ? Collected : ask.Country is null ? Unasked : null,
    };

    // "Up to" has no min, "from" no max, and many providers have neither. Wise names an instant; of others "4 working days" and "by 26 August" are told alike, in hours, so
    // their days are taken for business days.
    private static DeliveryTime? DeliveryOf(JsonElement duration, bool isInstant) => duration.Member("max").Text() is { } max
        ? new DeliveryTime(duration.Member("min").Text() is { } min ? XmlConvert.ToTimeSpan(min) : TimeSpan.Zero, XmlConvert.ToTimeSpan(max), BusinessDays: !isInstant)
        : null;
}
