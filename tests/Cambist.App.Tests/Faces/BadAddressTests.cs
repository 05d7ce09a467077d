using Xunit;

namespace Cambist.App.Tests.Faces;

/// <summary>What an address and its query may get wrong.</summary>
[Collection(ReplayedMarketTests.Name)]
public sealed class BadAddressTests(ReplayedMarket market)
{
    private const string Providers = "/api/v1/providers?from_currency=EUR&to_currency=USD";
    private const string Target = "/api/v1/targets/probability?pair=EUR/USD";
    private const string History = "/api/v1/rates/history?pair=EUR/USD";

    private HttpClient Http => market.Http;

    [Theory]
    [InlineData("/api/v1/providers", 400, "missing_field", "amount")]
    [InlineData("/api/v1/providers?amount=5&from_currency=EUR", 400, "missing_field", "to_currency")]
    [InlineData(Providers, 400, "missing_field", "amount")]
    [InlineData(Providers + "&amount=", 400, "missing_field", "amount")]
    [InlineData(Providers + "&amount=0", 422, "invalid_amount", "amount")]
    [InlineData(Providers + "&amount=-1", 422, "invalid_amount", "amount")]
    [InlineData(Providers + "&amount=NaN", 422, "invalid_amount", "amount")]
    [InlineData(Providers + "&amount=1e5", 422, "invalid_amount", "amount")]
    [InlineData(Providers + "&amount=1.001", 422, "amount_too_precise", "amount")]
    [InlineData(Providers + "&amount=%2B5", 422, "invalid_amount", "amount")]
    [InlineData(Providers + "&amount=5%0A", 200, null, null)]
    [InlineData(Providers + "&amount=%ff%fe", 422, "invalid_amount", "amount")]
    [InlineData(Providers + "&amount=5&amount=6", 422, "invalid_amount", "amount")]
    [InlineData(Providers + "&amount=5&from_currency=GBP", 422, "unknown_currency", "from_currency")]
    [InlineData(Providers + "&amount=5&amount_side=neither", 422, "unknown_amount_side", "amount_side")]
    [InlineData(Providers + "&amount=5&country=ZZ", 422, "unknown_country", "country")]
    [InlineData(Providers + "&amount=5&as_of=9999-12-31", 422, "invalid_time", "as_of")]
    [InlineData(Providers + "&amount=5&as_of=2027-01-01", 422, "invalid_as_of", "as_of")]
    [InlineData("/api/v1/rates/latest?pairs=EUR/XXY", 422, "unknown_pair", "pairs")]
    [InlineData("/api/v1/rates/latest?pairs=EUR/EUR", 422, "unknown_pair", "pairs")]
    [InlineData("/api/v1/rates/latest?pairs=EUR", 422, "unknown_pair", "pairs")]
    [InlineData("/api/v1/rates/latest?pairs=EUR/USD,ZAR/SEK", 404, "rate_not_found", "pairs")]
    [InlineData("/api/v1/rates/stream?pairs=EUR/XXY", 422, "unknown_pair", "pairs")]
    [InlineData("/api/v1/rates/stream?pairs=EUR", 422, "unknown_pair", "pairs")]
    [InlineData("/api/v1/rates/refusals?since=yesterday", 422, "invalid_time", "since")]
    [InlineData("/api/v1/rates/refusals?since=9999-12-31", 422, "invalid_time", "since")]
    [InlineData("/api/v1/rates/refusals?limit=0", 422, "invalid_limit", "limit")]
    [InlineData("/api/v1/rates/refusals?limit=1001", 422, "invalid_limit", "limit")]
    [InlineData("/api/v1/rates/refusals?source=Kraken;", 422, "unknown_source", "source")]
    [InlineData("/api/v1/rates/refusals?cursor=2", 422, "invalid_cursor", "cursor")]
    [InlineData("/api/v1/rates/refusals?cursor=2026-03-18T12:00:00.000000Z~-1", 422, "invalid_cursor", "cursor")]
    [InlineData("/api/v1/rates/refusals?source=nobody", 200, null, null)]
    [InlineData("/api/v1/rates/history", 400, "missing_field", "pair")]
    [InlineData("/api/v1/rates/history?pair=", 400, "missing_field", "pair")]
    [InlineData("/api/v1/rates/history?pair=EURO", 422, "unknown_pair", "pair")]
    [InlineData("/api/v1/rates/history?pair=ZAR/SEK", 404, "history_not_found", "pair")]
    [InlineData(History + "&from=2026-13-45", 422, "invalid_time", "from")]
    [InlineData(History + "&from=2026-03-18&to=2026-03-17", 422, "invalid_span", "from")]
    [InlineData(History + "&from=2027-01-01", 422, "invalid_span", "from")]
    [InlineData(History + "&from=1971-01-01", 422, "invalid_span", "from")]
    [InlineData(History + "&from=0001-01-01", 422, "invalid_time", "from")]
    [InlineData(History + "&to=0001-01-01", 422, "invalid_time", "to")]
    [InlineData(History + "&to=9999-12-31", 422, "invalid_time", "to")]
    [InlineData(History + "&interval=5m", 422, "unknown_interval", "interval")]
    [InlineData(History + "&limit=0", 422, "invalid_limit", "limit")]
    [InlineData(History + "&limit=-1", 422, "invalid_limit", "limit")]
    [InlineData(History + "&limit=10001", 422, "invalid_limit", "limit")]
    [InlineData(History + "&limit=99999999999999", 422, "invalid_limit", "limit")]
    [InlineData(History + "&limit=", 422, "invalid_limit", "limit")]
    [InlineData(History + "&cursor=second", 422, "invalid_time", "cursor")]
    [InlineData(History + "&cursor=9999-12-31T23:59:59Z", 422, "invalid_time", "cursor")]
    [InlineData("/api/v1/forecasts/EUR/EUR", 422, "unknown_pair", "pair")]
    [InlineData("/api/v1/forecasts/EUR/XXY", 422, "unknown_pair", "pair")]
    [InlineData("/api/v1/forecasts/ZAR/SEK", 404, "rate_not_found", "to_currency")]
    [InlineData("/api/v1/forecasts/EUR", 404, "route_not_found", null)]
    [InlineData("/api/v1/targets/probability", 400, "missing_field", "pair")]
    [InlineData(Target + "&by=2026-03-20", 400, "missing_field", "target")]
    [InlineData(Target + "&target=1.2", 400, "missing_field", "by")]
    [InlineData(Target + "&target=0&by=2026-03-20", 422, "invalid_target", "target")]
    [InlineData(Target + "&target=-1.2&by=2026-03-20", 422, "invalid_target", "target")]
    [InlineData(Target + "&target=0.0000000000001&by=2026-03-20", 422, "invalid_target", "target")]
    [InlineData(Target + "&target=NaN&by=2026-03-20", 422, "invalid_amount", "target")]
    [InlineData(Target + "&target=1.2&by=soon", 422, "invalid_deadline", "by")]
    [InlineData(Target + "&target=1.2&by=2026-03-18T11:59:59Z", 422, "deadline_past", "by")]
    [InlineData(Target + "&target=1.2&by=2026-06-16T12:00:01Z", 422, "deadline_too_far", "by")]
    [InlineData(Target + "&target=1.2&by=2026-03-20&time_zone=Mars/Base", 422, "unknown_time_zone", "time_zone")]
    [InlineData("/api/v1/targets/probability?pair=EUR/XXY&target=1&by=2026-03-20", 422, "unknown_pair", "pair")]
    [InlineData("/api/v1/targets/probability?pair=ZAR/SEK&target=1&by=2026-03-20", 404, "rate_not_found", "pair")]
    [InlineData("/api/v1/record/forecasts?pair=EUR", 422, "unknown_pair", "pair")]
    [InlineData("/api/v1/record/forecasts?from=yesterday", 422, "invalid_time", "from")]
    [InlineData("/api/v1/record/forecasts?from=2026-03-02&to=2026-03-01", 422, "invalid_span", "from")]
    [InlineData("/api/v1/record/forecasts?model=oracle", 404, "model_not_found", "model")]
    [InlineData("/api/v1/record/advice?from=2026-03-02&to=2026-03-01", 422, "invalid_span", "from")]
    [InlineData("/api/v1/record/advice?from=2024-02-28&to=2026-03-01", 422, "invalid_span", "from")]
    [InlineData("/api/v1/record/advice?pair=EUR", 422, "unknown_pair", "pair")]
    [InlineData("/api/v1/record/advice?amount=much", 422, "invalid_amount", "amount")]
    [InlineData("/api/v1/record/advice?risk=wild", 422, "unknown_risk", "risk")]
    [InlineData("/api/v1/record/advice?side=up", 422, "unknown_side", "side")]
    [InlineData("/api/v1", 404, "route_not_found", null)]
    [InlineData("/api/v1/analyse", 404, "route_not_found", null)]
    [InlineData("/api/v2/analyze", 404, "route_not_found", null)]
    [InlineData("/api/v1/analyze", 404, "route_not_found", null)]
    public async Task A_wrong_address_or_query_is_told_by_its_field(string address, int status, string? code, string? field)
    {
        var answer = await Http.Get(address);

        if (code is null)
        {
            Assert.Equal(status, answer.Status);
        }
        else
        {
            answer.AssertProblem(status, code, field);
        }
    }

    [Fact]
    public async Task More_pairs_than_a_page_shows_are_refused()
    {
        var answer = await Http.Get("/api/v1/rates/latest?pairs=" + string.Join(',', Enumerable.Repeat("EUR/USD", 51)));

        Assert.Contains("at most 50 pairs, was '51'", answer.AssertProblem(422, "too_many_pairs", "pairs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pair_without_a_rate_is_not_found_and_gets_no_advice()
    {
        var answer = await Http.Analyze("""{"amount":"100","from_currency":"ZAR","to_currency":"SEK"}""");

        Assert.Contains("ZAR/SEK", answer.AssertProblem(404, "rate_not_found", "to_currency"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/?amount=abc&from=EUR&to=USD", 422)]
    [InlineData("/?amount=5&from=EUR&to=USD&as_of=9999-12-31", 422)]
    [InlineData("/?amount=5&from=EUR&to=USD&by=0001-01-01T00:00:00&time_zone=Asia/Tokyo", 422)]
    [InlineData("/?amount=5&from=ZAR&to=SEK", 404)]
    [InlineData("/?amount=", 400)]
    public async Task The_page_of_a_wrong_question_has_the_status_of_its_problem_and_is_still_a_page(string address, int status)
    {
        var page = await Http.Get(address);

        Assert.Equal((status, "text/html"), (page.Status, page.ContentType));
        Assert.Contains("</html>", page.Body, StringComparison.Ordinal);
    }
}
