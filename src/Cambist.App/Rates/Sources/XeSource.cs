using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates.Sources;

/// <summary>
/// XE Currency Data: mid rates of now (live packages) or of the account's lock-in time (daily packages). Each rate costs one request of the package, so
/// only wanted currencies are asked for. The key is <c>accountId:key</c>.
/// </summary>
internal sealed class XeSource : IRateSource
{
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;
    private readonly string? _key;

    public XeSource(HttpClient http, TimeProvider clock, RateSourceOptions options)
    {
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(options.ApiKey ?? "")));
        (_http, _clock, _key) = (http, clock, options.ApiKey);
    }

    /// <summary>What is known of XE.</summary>
    public static SourceProfile About { get; } = new()
    {
        Id = "xe",
        Name = "XE Currency Data",
        Kind = RateKind.Live,
        Cadence = TimeSpan.FromMinutes(1),
        FreshFor = TimeSpan.FromMinutes(15),
        PublicAddress = new Uri("https://xecdapi.xe.com"),
        NeedsKey = true,
        // 100,000 rates a month, the package in the middle.
        QuotaPerDay = 3_200,
        // Each rate counts: all of them would spend the day in twenty looks.
        PairsPerRequest = 20,
    };

    public SourceProfile Profile => About;

    public async Task<RateSheet> LatestAsync(IReadOnlyList<CurrencyPair> wanted, CancellationToken cancellationToken)
    {
        var hub = wanted.Hub();
        var others = wanted.Besides(hub);
        using var answer = await _http.GetJsonAsync(
            $"v1/convert_from.json/?from={hub}&to={string.Join(',', others)}&amount=1&decimal_places=10", FaultIn, others.Count, cancellationToken);
        var root = answer.RootElement;
        // Each figure is multiplied by the amount.
        if (root.GetProperty("amount").GetDecimal() != 1m)
        {
            throw new SourceFaultException(SourceFault.Unreadable, "Its answer is for another amount than 1.");
        }

        var sheet = new RateSheet(About, wanted, _clock.GetUtcNow());
        var effectiveAt = root.GetProperty("timestamp").GetDateTimeOffset().ToUniversalTime();
        foreach (var rate in root.GetProperty("to").EnumerateArray())
        {
            sheet.Mid(root.GetProperty("from").GetString(), rate.GetProperty("quotecurrency").GetString(), rate.Member("mid"), effectiveAt);
        }

        return sheet;
    }

    // An error is known by what it has and lacks, whatever its status; its code is the application's own, and 7 is a currency or date without a rate.
    private SourceFaultException? FaultIn(JsonElement answer) =>
        answer.Member("to").ValueKind == JsonValueKind.Undefined && answer.Member("message").Text() is { } message && answer.Member("code").Text() is { } code
            ? new SourceFaultException(KindOf(code, message), $"It answered with error {code}: {SourceWords.Of(message, _key)}.")
            : null;

    private static SourceFault KindOf(string code, string message)
    {
        bool Says(string part) => message.Contains(part, StringComparison.OrdinalIgnoreCase);
        return code switch
        {
            "7" => SourceFault.Refused,
            _ when Says("credential") || Says("unauthorized") || Says("authentication") || Says("api key") => SourceFault.KeyRefused,
            _ when Says("too many") => SourceFault.Throttled,
            _ when Says("limit") => SourceFault.QuotaSpent,
            _ when Says("package") || Says("permission") || Says("forbidden") || Says("not allowed") || Says("expired") => SourceFault.NotInPlan,
            _ when Says("internal") => SourceFault.Unavailable,
            _ => SourceFault.Refused,
        };
    }
}
