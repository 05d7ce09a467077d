using System.Net.Http.Headers;
using System.Text.Json;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Sources;

/// <summary>Open Exchange Rates: about 170 currencies against the dollar, the only base of the free plan, every hour.</summary>
internal sealed class OpenExchangeRatesSource : IRateSource
{
    // Words of a restriction that passes with the month.
    private static readonly string[] OverUse = ["usage", "over-use", "overuse", "limit", "allowance", "quota"];

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly string? _key;

    public OpenExchangeRatesSource(HttpClient http, TimeProvider clock, RateSourceOptions options)
    {
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", options.ApiKey?.Trim());
        (_http, _clock, _key) = (http, clock, options.ApiKey);
    }

    /// <summary>What is known of Open Exchange Rates.</summary>
    public static SourceProfile About { get; } = new()
    {
        Id = "openexchangerates",
        Name = "Open Exchange Rates",
        Kind = RateKind.Live,
        Cadence = TimeSpan.FromHours(1),
        FreshFor = TimeSpan.FromHours(3),
        PublicAddress = new Uri("https://openexchangerates.org"),
        NeedsKey = true,
        // 1,000 requests a month.
        QuotaPerDay = 32,
    };

    public SourceProfile Profile => About;

    public async Task<RateSheet> LatestAsync(IReadOnlyList<CurrencyPair> wanted, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetJsonAsync("api/latest.json", FaultIn, cancellationToken: cancellationToken);
        var root = answer.RootElement;
        var sheet = new RateSheet(About, wanted, _clock.GetUtcNow());
        var effectiveAt = DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("timestamp").GetInt64());
        var @base = root.GetProperty("base").GetString();
        foreach (var rate in root.GetProperty("rates").EnumerateObject())
        {
            sheet.Mid(@base, rate.Name, rate.Value, effectiveAt);
        }

        return sheet;
    }

    private SourceFaultException? FaultIn(JsonElement answer) => answer.Member("error").ValueKind == JsonValueKind.True
        ? new SourceFaultException(
            KindOf(answer.Member("message").Text(), answer.Member("description").Text(), answer.Member("status").Text()),
            $"It answered with an error: {SourceWords.Of($"{answer.Member("message").Text()}, {answer.Member("description").Text()}", _key)}.")
        : null;

    // 429 not_allowed is a feature that the plan lacks and no call for patience; 403 access_restricted is over-use or such a feature.
    private static SourceFault KindOf(string? message, string? description, string? status) => message switch
    {
        "missing_app_id" or "invalid_app_id" => SourceFault.KeyRefused,
        "not_allowed" => SourceFault.NotInPlan,
        "access_restricted" => OverUse.Any(word => description?.Contains(word, StringComparison.OrdinalIgnoreCase) == true)
            ? SourceFault.QuotaSpent
            : SourceFault.NotInPlan,
        _ => status?.StartsWith('5') == true ? SourceFault.Unavailable : SourceFault.Refused,
    };
}
