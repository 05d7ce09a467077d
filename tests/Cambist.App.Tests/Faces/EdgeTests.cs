using System.Text.Json;
using Xunit;

namespace Cambist.App.Tests.Faces;

[Collection(ReplayedMarketTests.Name)]
public sealed class EdgeTests(ReplayedMarket market)
{
    private HttpClient Http => market.Http;

    [Fact]
    public async Task A_living_process_says_so()
    {
        var answer = await Http.Get("/healthz");

        Assert.Equal((200, "ok"), (answer.Status, answer.Json().GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_service_with_fresh_rates_is_ready_and_names_each_dependency()
    {
        var answer = await Http.Get("/readyz");

        Assert.Equal(200, answer.Status);
        Shape.AssertOf(answer.Json(), ("status", Shape.OneOf("ready")), ("checks", Shape.ListOf(Check)));
        Assert.Equal(["storage", "rates", "market"], answer.Json().GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task The_description_tells_decimals_as_strings()
    {
        var description = (await Http.Get("/openapi/v1.json")).Json();

        var schemas = description.GetProperty("components").GetProperty("schemas");
        foreach (var (schema, field) in new[] { ("MoneyValue", "amount"), ("AnalyzeResponse", "current_rate"), ("RateInterval", "lower"), ("RateBar", "close") })
        {
            var type = schemas.GetProperty(schema).GetProperty("properties").GetProperty(field);
            Assert.Equal(("string", "decimal"), (type.GetProperty("type").GetString(), type.GetProperty("format").GetString()));
        }

        var nullable = schemas.GetProperty("ProviderQuote").GetProperty("properties").GetProperty("exchange_rate").GetProperty("type");
        Assert.Equal(["null", "string"], nullable.EnumerateArray().Select(type => type.GetString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/api/v1/models", "get")]
    [InlineData("/api/v1/models/{id}/promote", "post")]
    public async Task The_description_says_which_routes_need_a_token(string path, string method)
    {
        var operation = (await Http.Get("/openapi/v1.json")).Json().GetProperty("paths").GetProperty(path).GetProperty(method);

        Assert.True(operation.GetProperty("security")[0].TryGetProperty("bearer", out _));
        Assert.All(["401", "403"], status => Assert.True(operation.GetProperty("responses").TryGetProperty(status, out _)));
    }

    [Fact]
    public async Task The_description_names_every_field_that_an_answer_has()
    {
        var schemas = (await Http.Get("/openapi/v1.json")).Json().GetProperty("components").GetProperty("schemas");
        var advice = (await Http.Analyze("""{"amount":"5000","from_currency":"EUR","to_currency":"USD"}""")).Json();

        AssertDescribed("AnalyzeResponse", advice);
        AssertDescribed("ProviderQuote", advice.GetProperty("best_provider"));

        void AssertDescribed(string schema, JsonElement answer) => Assert.Equal(
            answer.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal),
            schemas.GetProperty(schema).GetProperty("properties").EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/docs")]
    [InlineData("/healthz")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/api/v1/rates/latest")]
    [InlineData("/api/v1/rates/history")]
    [InlineData("/api/v1/nowhere")]
    [InlineData("/nowhere")]
    public async Task Every_answer_carries_the_security_headers(string address)
    {
        var answer = await Http.Get(address);

        Assert.Contains("default-src 'self'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Server"), "The server does not name itself.");
    }

    [Fact]
    public async Task The_docs_are_a_page()
    {
        var docs = await Http.Get("/docs");

        Assert.Equal((200, "text/html"), (docs.Status, docs.ContentType));
        Assert.Contains("Cambist API", docs.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_a_replay_says_that_it_is_one()
    {
        var page = await Http.Get("/?amount=5000&from=EUR&to=USD");

        Assert.Equal(200, page.Status);
        Assert.Contains("REPLAY", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("SIMULATED", page.Body, StringComparison.Ordinal);
    }

    private static void Check(JsonElement check) => Shape.AssertOf(check, ("name", Shape.Text), ("status", Shape.OneOf("ok")), ("detail", Shape.Text));
}
