using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Sources;

/// <summary>
/// Coinbase's public exchange rates: every currency against the dollar in one answer, as strings, without a time. They are indications, refreshed about
/// every minute, and no prices at which anyone trades currencies.
/// </summary>
internal sealed class CoinbaseSource(HttpClient http, TimeProvider clock) : IRateSource
{
    /// <summary>What is known of Coinbase.</summary>
    public static SourceProfile About { get; } = new()
    {
        Id = "coinbase",
        Name = "Coinbase (indicative)",
        Kind = RateKind.Live,
        Cadence = TimeSpan.FromMinutes(1),
        // Stamped on receipt, so ten missed looks make it stale.
        FreshFor = TimeSpan.FromMinutes(10),
        PublicAddress = new Uri("https://api.coinbase.com"),
    };

    public SourceProfile Profile => About;

    public async Task<RateSheet> LatestAsync(IReadOnlyList<CurrencyPair> wanted, CancellationToken cancellationToken)
    {
        using var answer = await http.GetJsonAsync("v2/exchange-rates?currency=USD", cancellationToken: cancellationToken);
        var data = answer.RootElement.GetProperty("data");
        var sheet = new RateSheet(About, wanted, clock.GetUtcNow());
        foreach (var rate in data.GetProperty("rates").EnumerateObject())
        {
            sheet.Mid(data.GetProperty("currency").GetString(), rate.Name, rate.Value, effectiveAt: null);
        }

        return sheet;
    }
}
