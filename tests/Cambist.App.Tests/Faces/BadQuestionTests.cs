using System.Text;
using Cambist.App.Quotes;
using Xunit;

namespace Cambist.App.Tests.Faces;

/// <summary>What a body of <c>POST /api/v1/analyze</c> may get wrong: each is told by its field, with what was expected and what was found.</summary>
[Collection(ReplayedMarketTests.Name)]
public sealed class BadQuestionTests(ReplayedMarket market)
{
    private HttpClient Http => market.Http;

    [Theory]
    [InlineData("amount", "\"0\"", "invalid_amount", "above zero")]
    [InlineData("amount", "0.00", "invalid_amount", "above zero")]
    [InlineData("amount", "\"-5\"", "invalid_amount", "above zero")]
    [InlineData("amount", "-5000", "invalid_amount", "above zero")]
    [InlineData("amount", "\"NaN\"", "invalid_amount", "decimal number")]
    [InlineData("amount", "\"Infinity\"", "invalid_amount", "decimal number")]
    [InlineData("amount", "\"1e5\"", "invalid_amount", "decimal number")]
    [InlineData("amount", "1e5", "invalid_amount", "decimal number")]
    [InlineData("amount", "1E-400", "invalid_amount", "decimal number")]
    [InlineData("amount", "\"5000 EUR\"", "invalid_amount", "decimal number")]
    [InlineData("amount", "\"50,00\"", "invalid_amount", "decimal number")]
    [InlineData("amount", "\"1.2.3\"", "invalid_amount", "decimal number")]
    [InlineData("amount", "\"0x10\"", "invalid_amount", "decimal number")]
    [InlineData("amount", "\"٥\"", "invalid_amount", "decimal number")]
    [InlineData("amount", "\"12.345\"", "amount_too_precise", "2 decimals")]
    [InlineData("amount", "1000000000000.01", "invalid_amount", "at most 1000000000000")]
    [InlineData("amount", "99999999999999999999999999", "invalid_amount", "at most 1000000000000")]
    [InlineData("amount", "999999999999999999999999999999999999999999999999", "invalid_amount", "decimal number")]
    [InlineData("from_currency", "\"XXZ\"", "unknown_currency", "ISO 4217")]
    [InlineData("from_currency", "\"DEM\"", "unknown_currency", "active")]
    [InlineData("to_currency", "\"dollars\"", "unknown_currency", "ISO 4217")]
    [InlineData("to_currency", "\"€\"", "unknown_currency", "ISO 4217")]
    [InlineData("to_currency", "\"EUR\"", "same_currency", "another currency than EUR")]
    [InlineData("deadline", "\"2026-03-17\"", "deadline_past", "after 2026-03-18T12:00:00Z")]
    [InlineData("deadline", "\"2026-03-18T12:00:00Z\"", "deadline_past", "after 2026-03-18T12:00:00Z")]
    [InlineData("deadline", "\"2029-01-01\"", "deadline_too_far", "two years")]
    [InlineData("deadline", "\"2026-13-45\"", "invalid_deadline", "a date")]
    [InlineData("deadline", "\"2026-02-30\"", "invalid_deadline", "a date")]
    [InlineData("deadline", "\"15/03/2026\"", "invalid_deadline", "a date")]
    [InlineData("deadline", "\"tomorrow\"", "invalid_deadline", "a date")]
    [InlineData("deadline", "\"9999-12-31\"", "invalid_deadline", "1971 to 2099")]
    [InlineData("deadline", "\"9999-12-31T23:59:59\"", "invalid_deadline", "1971 to 2099")]
    [InlineData("deadline", "\"0001-01-01\"", "invalid_deadline", "1971 to 2099")]
    [InlineData("deadline", "\"0001-01-01T00:00:00+14:00\"", "invalid_deadline", "1971 to 2099")]
    [InlineData("as_of", "\"9999-12-31\"", "invalid_time", "1971 to 2099")]
    [InlineData("as_of", "\"0001-01-01\"", "invalid_time", "1971 to 2099")]
    [InlineData("as_of", "\"2002-12-31T23:59:59Z\"", "invalid_as_of", "between 2003-01-01 and now")]
    [InlineData("as_of", "\"2026-03-18T12:00:01Z\"", "invalid_as_of", "now, 2026-03-18T12:00:00Z")]
    [InlineData("as_of", "\"2026-3-1\"", "invalid_time", "ISO 8601")]
    [InlineData("as_of", "\"1773835200\"", "invalid_time", "ISO 8601")]
    [InlineData("target_rate", "\"0\"", "invalid_target_rate", "above zero")]
    [InlineData("target_rate", "-1.1", "invalid_target_rate", "above zero")]
    [InlineData("target_rate", "1000000001", "invalid_target_rate", "at most 1000000000")]
    [InlineData("target_rate", "\"soon\"", "invalid_target_rate", "decimal number")]
    [InlineData("floor_rate", "\"0.000\"", "invalid_floor_rate", "above zero")]
    [InlineData("floor_rate", "\"1e-3\"", "invalid_floor_rate", "decimal number")]
    [InlineData("risk_tolerance", "\"reckless\"", "unknown_risk_tolerance", "moderate, conservative, aggressive")]
    [InlineData("amount_side", "\"both\"", "unknown_amount_side", "send, receive")]
    [InlineData("country", "\"XX\"", "unknown_country", "ISO 3166")]
    [InlineData("country", "\"Germany\"", "unknown_country", "ISO 3166")]
    [InlineData("usual_provider", "\"Bank of Nowhere\"", "unknown_provider", "/api/v1/providers")]
    [InlineData("time_zone", "\"Mars/Olympus\"", "unknown_time_zone", "IANA")]
    [InlineData("time_zone", "\"../../../etc/passwd\"", "unknown_time_zone", "IANA")]
    [InlineData("time_zone", "\"\\u0000\"", "unknown_time_zone", "IANA")]
    public async Task A_value_that_cannot_be_used_is_told_with_what_was_expected_and_found(string field, string json, string code, string expected)
    {
        var answer = await Http.Analyze(Question(field, json));

        var detail = answer.AssertProblem(422, code, field);
        Assert.Contains(expected, detail, StringComparison.Ordinal);
        if (!json.Contains('\\', StringComparison.Ordinal))
        {
            var found = json.Trim('"');
            Assert.Contains($"was '{(found.Length > 60 ? found[..60] : found)}", detail, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("1.20", "1.20")]
    [InlineData("1.20", "1.21")]
    public async Task A_floor_at_or_above_the_target_is_told(string target, string floor)
    {
        var answer = await Http.Analyze($$"""{"amount":"5000","from_currency":"EUR","to_currency":"USD","target_rate":"{{target}}","floor_rate":"{{floor}}"}""");

        Assert.Contains($"below the target of {target}", answer.AssertProblem(422, "floor_above_target", "floor_rate"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_provider_among_the_excluded_is_told()
    {
        var detail = (await Http.Analyze(Question("excluded_providers", """["wise","nobody"]"""))).AssertProblem(422, "unknown_provider", "excluded_providers");

        Assert.Contains("was 'nobody'", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_yen_has_no_decimals()
    {
        var answer = await Http.Analyze("""{"amount":"5000.5","from_currency":"JPY","to_currency":"USD"}""");

        Assert.Contains("JPY, which has 0 decimals, was '5000.5'", answer.AssertProblem(422, "amount_too_precise", "amount"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_send_amount_in_yen_may_be_received_in_cents()
    {
        var answer = await Http.Analyze("""{"amount":"5000.55","from_currency":"JPY","to_currency":"USD","amount_side":"receive"}""");

        Assert.True(answer.Status == 200, answer.Body);
    }

    [Fact]
    public async Task Excluding_every_provider_leaves_none_to_advise()
    {
        var everyone = string.Join(',', FeeSchedules.All.Select(schedule => $"\"{schedule.Id}\""));

        var answer = await Http.Analyze(Question("amount", $"500,\"excluded_providers\":[{everyone}]"));

        answer.AssertProblem(422, "no_provider", "excluded_providers");
    }

    [Fact]
    public async Task An_amount_above_every_providers_limit_is_refused_with_each_ones_reason()
    {
        var table = (await Http.Analyze(Question("amount", "999999999999"))).Json().GetProperty("providers").EnumerateArray().ToList();
        var unlimited = table.Where(provider => provider.GetProperty("status").GetString() == "ranked").Select(provider => provider.GetProperty("provider").ToString()).ToList();
        Assert.True(unlimited.Count < table.Count - 5, "Most providers have a limit.");

        var excluded = string.Join(',', unlimited.Select(id => $"\"{id}\""));
        var answer = await Http.Analyze(Question("amount", $"999999999999,\"excluded_providers\":[{excluded}]"));

        var detail = answer.AssertProblem(422, "no_provider", "amount");
        Assert.All(
            table.Where(provider => !unlimited.Contains(provider.GetProperty("provider").ToString())),
            provider => Assert.Contains(provider.GetProperty("name").GetString()!, detail, StringComparison.Ordinal));
        Assert.Contains("999999999999.00 EUR", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amount", "true", "true or false")]
    [InlineData("amount", "[5000]", "a list")]
    [InlineData("amount", """{"amount":"5000","currency":"EUR"}""", "an object")]
    [InlineData("from_currency", "978", "a number")]
    [InlineData("to_currency", """["USD"]""", "a list")]
    [InlineData("deadline", "1773835200", "a number")]
    [InlineData("risk_tolerance", "{}", "an object")]
    [InlineData("amount_side", "false", "true or false")]
    [InlineData("country", "1", "a number")]
    [InlineData("usual_provider", "[]", "a list")]
    [InlineData("excluded_providers", "\"wise\"", "a string")]
    [InlineData("excluded_providers", "[1]", "a list")]
    [InlineData("time_zone", "0", "a number")]
    [InlineData("as_of", "{}", "an object")]
    public async Task A_value_of_the_wrong_kind_is_told_by_its_field(string field, string json, string found)
    {
        var detail = (await Http.Analyze(Question(field, json))).AssertProblem(400, "bad_request", field);

        Assert.Contains($"was {found}", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amount")]
    [InlineData("from_currency")]
    [InlineData("to_currency")]
    public async Task A_field_that_is_needed_is_told_where_it_is_missing_null_or_empty(string field)
    {
        foreach (var body in new[] { Question(field, null), Question(field, "null"), Question(field, "\"\""), Question(field, "\"  \"") })
        {
            (await Http.Analyze(body)).AssertProblem(400, "missing_field", field);
        }
    }

    [Theory]
    [InlineData("amount", "\"9000\"")]
    [InlineData("from_currency", "\"GBP\"")]
    [InlineData("excluded_providers", "[]")]
    public async Task A_field_that_is_there_twice_is_refused(string field, string second)
    {
        var body = Question(field, field == "excluded_providers" ? "[]" : "\"5000\"").TrimEnd('}') + $",\"{field}\":{second}}}";

        Assert.Contains("expected once", (await Http.Analyze(body)).AssertProblem(400, "bad_request", field), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"amount\"")]
    [InlineData("5000")]
    [InlineData("{")]
    [InlineData("{\"amount\":}")]
    [InlineData("{\"amount\":5000,}")]
    [InlineData("{amount:5000}")]
    [InlineData("{\"amount\":05}")]
    [InlineData("{\"amount\":NaN}")]
    [InlineData("{} {}")]
    [InlineData("amount=5000&from_currency=EUR")]
    [InlineData("<amount>5000</amount>")]
    [InlineData("""{"amount":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    public async Task A_body_that_is_no_JSON_object_is_refused(string body)
    {
        var answer = await Http.Analyze(body);

        Assert.Contains("JSON object", answer.AssertProblem(400, "bad_request", null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        byte[] body = [.. Encoding.UTF8.GetBytes("{\"amount\":\""), 0xFF, 0xFE, .. Encoding.UTF8.GetBytes("\"}")];

        (await Http.Analyze(body)).AssertProblem(400, "bad_request", null);
        (await Http.Analyze(Encoding.Unicode.GetBytes(Question("amount", "1")), "application/json; charset=utf-16")).AssertProblem(400, "bad_request", null);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(5_000)]
    public async Task A_deeply_nested_body_is_refused(int depth)
    {
        var answer = await Http.Analyze(Question("amount", new string('[', depth) + new string(']', depth)));

        Assert.Equal(400, answer.Status);
        answer.AssertProblem(400, "bad_request", null);
    }

    [Fact]
    public async Task A_body_of_another_type_is_refused()
    {
        foreach (var type in new[] { "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x" })
        {
            var detail = (await Http.Analyze(Question("amount", "1"), type)).AssertProblem(415, "unsupported_media_type", null);
            Assert.Contains("application/json", detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_whether_or_not_it_tells_its_length()
    {
        var body = Question("usual_provider", $"\"{new string('x', 20_000)}\"");

        Assert.Contains("16384 bytes", (await Http.Analyze(body)).AssertProblem(400, "bad_request", null), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/analyze", UriKind.Relative))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = true;
        Assert.Contains("16384 bytes", (await Http.Ask(request)).AssertProblem(400, "bad_request", null), StringComparison.Ordinal);
    }

    private static string Question(string field, string? json)
    {
        var fields = new Dictionary<string, string?> { ["amount"] = "\"5000\"", ["from_currency"] = "\"EUR\"", ["to_currency"] = "\"USD\"" };
        fields[field] = json;
        return $"{{{string.Join(',', fields.Where(pair => pair.Value is not null).Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}";
    }
}
