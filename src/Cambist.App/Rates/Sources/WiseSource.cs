using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Microsoft.Extensions.Configuration;

namespace Cambist.App.Rates.Sources;

/// <summary>
/// Wise's mid-market rates. With a key the official API: every currency against the dollar in one answer. Without one, and only where the operator turns it
/// on, the undocumented addresses of the website: one pair at a time, and not one query parameter more, for its network refuses those.
/// </summary>
internal sealed class WiseSource : IRateSource
{
    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    public WiseSource(HttpClient http, TimeProvider clock, RateSourceOptions options)
    {
        (_http, _clock) = (http, clock);
        Profile = options.ApiKey is { Length: > 0 } ? About : Website;
        if (Profile == About)
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey!.Trim());
        }
        else if (http.BaseAddress?.Host == About.PublicAddress!.Host)
        {
            http.BaseAddress = Website.PublicAddress;
        }
    }

    /// <summary>What is known of Wise's API.</summary>
    public static SourceProfile About { get; } = new()
    {
        Id = "wise",
        Name = "Wise",
        Kind = RateKind.Live,
        Cadence = TimeSpan.FromMinutes(1),
        FreshFor = TimeSpan.FromMinutes(10),
        PublicAddress = new Uri("https://api.wise.com"),
        NeedsKey = true,
    };

    /// <summary>What is known of the website's addresses.</summary>
    public static SourceProfile Website { get; } = About with
    {
        Name = "Wise's website (unofficial)",
        PublicAddress = new Uri("https://wise.com"),
        IsOfficial = false,
        NeedsKey = false,
        PairsPerRequest = 1,
        Gap = TimeSpan.FromSeconds(60),
    };

    public SourceProfile Profile { get; }

    /// <summary>What is known of the one that the configuration means.</summary>
    public static SourceProfile AboutWith(IConfiguration configuration) => configuration[$"Rates:Sources:{About.Id}:ApiKey"] is { Length: > 0 } ? About : Website;

    public async Task<RateSheet> LatestAsync(IReadOnlyList<CurrencyPair> wanted, CancellationToken cancellationToken)
    {
        using var answer = await _http.GetJsonAsync(
            Profile == About ? $"v1/rates?source={wanted.Hub()}" : $"rates/live?source={wanted[0].Base}&target={wanted[0].Quote}", cancellationToken: cancellationToken);
        var sheet = new RateSheet(Profile, wanted, _clock.GetUtcNow());
        if (Profile == About)
        {
            foreach (var rate in answer.RootElement.EnumerateArray())
            {
                sheet.Mid(Code(rate, "source"), Code(rate, "target"), rate.Member("rate"), TimeOf(rate.GetProperty("time").GetString()!));
            }
        }
        else
        {
            var rate = answer.RootElement;
            sheet.Mid(Code(rate, "source"), Code(rate, "target"), rate.Member("value"), DateTimeOffset.FromUnixTimeMilliseconds(rate.GetProperty("time").GetInt64()));
        }

        return sheet;
    }

    private static string? Code(JsonElement rate, string member) => rate.GetProperty(member).GetString();

    // The offset has no colon: 2026-03-27T14:31:02+0000.
    private static DateTimeOffset TimeOf(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture).ToUniversalTime();
}
