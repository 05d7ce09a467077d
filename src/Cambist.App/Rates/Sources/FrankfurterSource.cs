using System.Globalization;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Sources;

/// <summary>
/// The European Central Bank's daily reference rates, by Frankfurter's API (v1): about thirty currencies against the euro, once a working day. A
/// reference rate is not a tradable price; it serves the currencies that no live source has.
/// </summary>
internal sealed class FrankfurterSource(HttpClient http, TimeProvider clock) : IRateSource
{
    /// <summary>What is known of Frankfurter.</summary>
    public static SourceProfile About { get; } = new()
    {
        Id = "frankfurter",
        Name = "Frankfurter (European Central Bank)",
        Kind = RateKind.Reference,
        Cadence = TimeSpan.FromMinutes(30),
        FreshFor = EcbFixing.FreshFor,
        PublicAddress = new Uri("https://api.frankfurter.dev"),
        Origin = EcbFixing.Origin,
    };

    public SourceProfile Profile => About;

    public async Task<RateSheet> LatestAsync(IReadOnlyList<CurrencyPair> wanted, CancellationToken cancellationToken)
    {
        using var answer = await http.GetJsonAsync("v1/latest", cancellationToken: cancellationToken);
        var root = answer.RootElement;
        var effectiveAt = EcbFixing.At(DateOnly.ParseExact(root.GetProperty("date").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        var sheet = new RateSheet(About, wanted, clock.GetUtcNow());
        foreach (var rate in root.GetProperty("rates").EnumerateObject())
        {
            sheet.Mid("EUR", rate.Name, rate.Value, effectiveAt);
        }

        return sheet;
    }
}
