using System.Text.Json;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Sources;

/// <summary>
/// Fixer's classic API: about 170 currencies against the euro, the only base of the free plan, which also has no https. Failures come with HTTP 200 and
/// <c>success: false</c>; one code stands for several of them, so the type is what counts.
/// </summary>
internal sealed class FixerSource(HttpClient http, TimeProvider clock, RateSourceOptions options) : IRateSource
{
    /// <summary>What is known of Fixer.</summary>
    public static SourceProfile About { get; } = new()
    {
        Id = "fixer",
        Name = "Fixer",
        Kind = RateKind.Live,
        Cadence = TimeSpan.FromHours(1),
        FreshFor = TimeSpan.FromHours(3),
        PublicAddress = new Uri("http://data.fixer.io"),
        NeedsKey = true,
        // 100 requests a month.
        QuotaPerDay = 3,
    };

    public SourceProfile Profile => About;

    public async Task<RateSheet> LatestAsync(IReadOnlyList<CurrencyPair> wanted, CancellationToken cancellationToken)
    {
        using var answer = await http.GetJsonAsync($"api/latest?access_key={Uri.EscapeDataString(options.ApiKey ?? "")}", FaultIn, cancellationToken: cancellationToken);
        var root = answer.RootElement;
        var sheet = new RateSheet(About, wanted, clock.GetUtcNow());
        var effectiveAt = DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("timestamp").GetInt64());
        var @base = root.GetProperty("base").GetString();
        foreach (var rate in root.GetProperty("rates").EnumerateObject())
        {
            sheet.Mid(@base, rate.Name, rate.Value, effectiveAt);
        }

        return sheet;
    }

    // The sister service exchangeratesapi.io has the type in the place of the code.
    private SourceFaultException? FaultIn(JsonElement answer)
    {
        var error = answer.Member("error");
        if (error.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var code = error.Member("code").Text();
        var type = error.Member("type").Text() ?? code;
        var words = error.Member("info").Text() ?? error.Member("message").Text() ?? type;
        return new SourceFaultException(KindOf(type, code), $"It answered with an error: {SourceWords.Of($"{type}, {words}", options.ApiKey)}.");
    }

    private static SourceFault KindOf(string? type, string? code) => (type, code) switch
    {
        ("missing_access_key" or "invalid_access_key" or "inactive_user", _) => SourceFault.KeyRefused,
        ("usage_limit_reached" or "monthly_limit_reached", _) => SourceFault.QuotaSpent,
        ("rate_limit_reached", _) => SourceFault.Throttled,
        ("function_access_restricted" or "https_access_restricted" or "base_currency_access_restricted", _) => SourceFault.NotInPlan,
        ("no_rates_available", _) => SourceFault.Unavailable,
        (_, "101" or "102") => SourceFault.KeyRefused,
        (_, "104") => SourceFault.QuotaSpent,
        (_, "105") => SourceFault.NotInPlan,
        (_, "106") => SourceFault.Unavailable,
        _ => SourceFault.Refused,
    };
}
