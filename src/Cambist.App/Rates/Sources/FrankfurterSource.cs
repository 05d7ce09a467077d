using System.Globalization;
using System.Text.Json;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Sources;

/// <summary>
/// The European Central Bank's daily reference rates, by Frankfurter's API (v1): about thirty currencies against the euro, once a working day. A
/// reference rate is not a tradable price; it serves the currencies that no live source has.
/// </summary>
internal sealed class FrankfurterSource(HttpClient http, TimeProvider clock) : IRateSource
{
    public const string SourceId = "frankfurter";
    public static readonly Uri PublicAddress = new("https://api.frankfurter.dev");

    private static readonly Currency Euro = Currency.Parse("EUR");

    // The euro and its reference rates began in January 1999.
    private const int FirstYear = 1999;

    // Concerted at about 14:15 in Frankfurt and published at about 16:00: the rate of one day stands until the next day's is out.
    private static readonly TimeOnly ConcertedAt = new(14, 15);
    private static readonly TimeZoneInfo Frankfurt = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly TimeSpan FreshFor = TimeSpan.FromHours(26);

    public string Id => SourceId;

    public TimeSpan Cadence => TimeSpan.FromMinutes(30);

    public async Task<IReadOnlyList<RateObservation>> LatestAsync(CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri("v1/latest", UriKind.Relative), cancellationToken);
        response.EnsureSuccessStatusCode();
        using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
        var root = answer.RootElement;
        var day = DateOnly.ParseExact(root.GetProperty("date").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var local = day.ToDateTime(ConcertedAt);
        var effectiveAt = new DateTimeOffset(local, Frankfurt.GetUtcOffset(local)).ToUniversalTime();
        var now = clock.GetUtcNow();
        if (day.Year < FirstYear || effectiveAt > now)
        {
            // A rate of the future would never grow stale, and no rate of today would replace it.
            throw new InvalidDataException($"Frankfurter's rates are of a day from {FirstYear} to today, were of {day:yyyy-MM-dd}.");
        }

        return
        [
            .. root.GetProperty("rates").EnumerateObject()
                .Where(rate => Currency.TryParse(rate.Name, out var currency) && currency != Euro)
                .Select(rate => new RateObservation(
                    TwoSidedRate.AtMid(new CurrencyPair(Euro, Currency.Parse(rate.Name)), rate.Value.GetDecimal()), SpreadKnown: false, Id, effectiveAt, now, FreshFor)),
        ];
    }
}
