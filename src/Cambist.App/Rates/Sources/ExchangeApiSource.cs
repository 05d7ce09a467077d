using System.Globalization;
using System.Text.Json;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Sources;

/// <summary>
/// The files of exchange-api on a content network: over 200 currencies, crypto and metals among them, against the dollar, made once a day just after midnight
/// UTC from a source that is not named. A file dated D is a snapshot of the beginning of D. Its users have the documented duty to try the second address where the
/// first one fails.
/// </summary>
internal sealed class ExchangeApiSource(HttpClient http, TimeProvider clock, RateSourceOptions options) : IRateSource
{
    private const string Hub = "usd";

    /// <summary>What is known of exchange-api.</summary>
    public static SourceProfile About { get; } = new()
    {
        Id = "exchange-api",
        Name = "exchange-api (daily snapshot)",
        Kind = RateKind.Reference,
        Cadence = TimeSpan.FromHours(6),
        // A day, and the twelve hours for which the network may still hand out the file of the day before.
        FreshFor = TimeSpan.FromHours(36),
        PublicAddress = new Uri("https://cdn.jsdelivr.net"),
    };

    public SourceProfile Profile => About;

    public async Task<RateSheet> LatestAsync(IReadOnlyList<CurrencyPair> wanted, CancellationToken cancellationToken)
    {
        using var answer = await AskAsync(cancellationToken);
        var root = answer.RootElement;
        var day = DateOnly.ParseExact(root.GetProperty("date").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var effectiveAt = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        var sheet = new RateSheet(About, wanted, clock.GetUtcNow());
        foreach (var rate in root.GetProperty(Hub).EnumerateObject())
        {
            sheet.Mid(Hub, rate.Name, rate.Value, effectiveAt);
        }

        return sheet;
    }

    private async Task<JsonDocument> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await http.GetJsonAsync($"npm/@fawazahmed0/currency-api@latest/v1/currencies/{Hub}.json", cancellationToken: cancellationToken);
        }
        catch (SourceFaultException) when (options.FallbackUrl is not null)
        {
            return await http.GetJsonAsync(new Uri(options.FallbackUrl, $"v1/currencies/{Hub}.json").AbsoluteUri, cancellationToken: cancellationToken);
        }
    }
}
