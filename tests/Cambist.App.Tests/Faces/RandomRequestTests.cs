using System.Text;
using Xunit;

namespace Cambist.App.Tests.Faces;

/// <summary>Questions that nobody thought of: whatever is asked, the answer is one of the service's own and never a bug.</summary>
[Collection(ReplayedMarketTests.Name)]
public sealed class RandomRequestTests(ReplayedMarket market)
{
    private const int Requests = 600;

    private static readonly string[] Fields =
    [
        "amount", "from_currency", "to_currency", "deadline", "risk_tolerance", "amount_side", "country", "usual_provider", "excluded_providers", "time_zone", "as_of",
        "pairs", "pair", "from", "to", "interval", "cursor", "limit", "by", "risk", "side", "usual", "since", "source",
    ];

    private static readonly string[] Values =
    [
        "5000", "0", "-1", "1e9", "0.01", "79228162514264337593543950335", "1,000", "EUR", "USD", "JPY", "XAU", "eur/usd", "GBP/JPY", "ZAR/SEK", "send", "receive",
        "aggressive", "US", "wise", "kraken", "Europe/Berlin", "Pacific/Kiritimati", "Etc/GMT+12", "localtime", "posixrules", "2026-03-18", "2026-03-29T02:30:00",
        "2026-02-30", "1971-01-01", "2099-12-31", "9999-12-31", "0001-01-01T00:00:00Z", "2026-03-18T12:00:00+14:00", "1d", "1h", "1000", "", " ", "null", "%00", "'\"><script>",
        "../../etc/passwd", "\ud83d\udcb6", "\ufeff", "{}",
    ];

    private static readonly string[] Routes = ["/api/v1/providers", "/api/v1/rates/latest", "/api/v1/rates/history", "/api/v1/rates/sources", "/api/v1/rates/refusals", "/", "/readyz", "/openapi/v1.json"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task No_query_breaks_the_service(int seed)
    {
        var random = new Random(seed);
        for (var turn = 0; turn < Requests; turn++)
        {
            var route = random.Next(4) == 0 ? $"/api/v1/forecasts/{Escaped(random)}/{Escaped(random)}" : Pick(random, Routes);
            var query = string.Join('&', Enumerable.Range(0, random.Next(6)).Select(_ => $"{Pick(random, Fields)}={Escaped(random)}"));
            AssertAnswered(await market.Http.Get($"{route}?{query}", Pick(random, "*/*", "text/csv", "application/x-ndjson", "image/png")), $"{route}?{query}");
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task No_body_breaks_the_service(int seed)
    {
        var random = new Random(seed);
        for (var turn = 0; turn < Requests; turn++)
        {
            var body = Body(random);
            AssertAnswered(await market.Http.Analyze(body), Encoding.UTF8.GetString(body));
        }
    }

    private static void AssertAnswered(Answer answer, string request)
    {
        Assert.True(answer.Status is 200 or 400 or 404 or 422 or 503, $"{request} led to {answer.Status}: {answer.Body}");
        if (answer.Status != 200 && answer.ContentType != "text/html")
        {
            Assert.True(answer.ContentType == "application/problem+json", $"{request} led to {answer.ContentType}: {answer.Body}");
        }
    }

    // Three of four bodies hold the three fields that are needed, so that the others are reached; some bytes are then spoilt.
    private static byte[] Body(Random random)
    {
        var members = Enumerable.Range(0, random.Next(5)).Select(_ => $"\"{Pick(random, Fields)}\":{Json(random)}");
        if (random.Next(4) > 0)
        {
            members = members.Prepend("""
                "amount":"250","from_currency":"GBP","to_currency":"USD"
                """);
        }

        var body = Encoding.UTF8.GetBytes($"{{{string.Join(',', members)}}}");
        for (var spoilt = random.Next(4) == 0 ? random.Next(1, 4) : 0; spoilt > 0; spoilt--)
        {
            body[random.Next(body.Length)] = (byte)random.Next(256);
        }

        return body;
    }

    private static string Json(Random random) => random.Next(8) switch
    {
        0 => "null",
        1 => "true",
        2 => "-0.0",
        3 => "[\"wise\"]",
        4 => "{\"a\":[{}]}",
        5 => "\"\\ud800\"",
        _ => System.Text.Json.JsonSerializer.Serialize(Pick(random, Values)),
    };

    private static string Escaped(Random random) => Pick(random, Values) is var value && random.Next(10) > 0 ? Uri.EscapeDataString(value) : "%ff%c3";

    private static string Pick(Random random, params string[] from) => from[random.Next(from.Length)];
}
