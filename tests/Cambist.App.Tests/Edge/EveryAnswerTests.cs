using System.Net.Http.Headers;
using System.Text;
using Cambist.App.Rates;
using Cambist.App.Tests.Faces;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Edge;

/// <summary>What holds of answers whatever the route.</summary>
[Collection(ReplayedMarketTests.Name)]
public sealed class EveryAnswerTests(ReplayedMarket market)
{
    private const string Correlation = "X-Correlation-Id";
    private const string Providers = "/api/v1/providers?from_currency=EUR&to_currency=USD&amount=100";

    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/rates/latest")]
    [InlineData("/api/v1/nowhere")]
    public async Task It_keeps_browsers_strict_and_says_nothing_of_TLS_without_TLS(string address)
    {
        var headers = (await market.Http.Get(address)).Headers;

        Assert.Contains("camera=()", Assert.Single(headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        Assert.Equal("same-origin", Assert.Single(headers.GetValues("Cross-Origin-Opener-Policy")));
        Assert.Equal("same-origin", Assert.Single(headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.False(headers.Contains("Strict-Transport-Security"));
        Assert.False(headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/healthz")]
    [InlineData("/api/v1/rates/latest")]
    public async Task Nothing_echoes_a_request_to_be_traced(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Trace, address);
        request.Headers.Add("X-Secret", "k3y");

        var answer = await market.Http.Ask(request);

        Assert.Equal(405, answer.Status);
        Assert.DoesNotContain("k3y", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_carries_the_clients_correlation_id_and_so_does_a_problem()
    {
        var answer = await AskAsync("/api/v1/providers", (Correlation, "order-7.a_B"));

        Assert.Equal("order-7.a_B", Assert.Single(answer.Headers.GetValues(Correlation)));
        Assert.Equal("order-7.a_B", answer.Json().GetProperty("trace_id").GetString());
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("<script>")]
    [InlineData("")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task An_id_that_is_no_token_is_replaced(string id)
    {
        var told = Assert.Single((await AskAsync("/healthz", (Correlation, id))).Headers.GetValues(Correlation));

        Assert.NotEqual(id, told);
        Assert.Matches("^[A-Za-z0-9:._-]{8,64}$", told);
    }

    [Fact]
    public async Task Two_ids_are_none()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz");
        request.Headers.Add(Correlation, ["one", "two"]);

        Assert.DoesNotContain(Assert.Single((await market.Http.Ask(request)).Headers.GetValues(Correlation)), new[] { "one", "two" });
    }

    [Theory]
    [InlineData(Providers)]
    [InlineData("/api/v1/rates/latest")]
    [InlineData("/api/v1/rates/sources")]
    [InlineData("/api/v1/rates/history?pair=EUR/USD")]
    [InlineData("/api/v1/record/forecasts")]
    [InlineData("/api/v1/record/advice")]
    [InlineData("/openapi/v1.json")]
    public async Task What_the_client_has_already_is_not_sent_again(string address)
    {
        var first = await market.Http.Get(address);
        var tag = first.Headers.ETag!;

        var again = await AskAsync(address, ("If-None-Match", tag.ToString()));
        var other = await AskAsync(address, ("If-None-Match", "W/\"of-another\""));

        Assert.Equal((200, true), (first.Status, tag.IsWeak));
        Assert.Equal((304, "", tag), (again.Status, again.Body, again.Headers.ETag));
        Assert.Equal((200, first.Body, tag), (other.Status, other.Body, other.Headers.ETag));
    }

    [Fact]
    public async Task Another_answer_has_another_tag_and_a_problem_has_none()
    {
        var one = await market.Http.Get(Providers);
        var other = await market.Http.Get(Providers + "0");

        Assert.NotEqual(one.Headers.ETag, other.Headers.ETag);
        Assert.Null((await market.Http.Get("/api/v1/providers")).Headers.ETag);
    }

    [Theory]
    [InlineData(Providers)]
    [InlineData("/?amount=100&from=EUR&to=USD")]
    public async Task It_is_compressed_for_whoever_can_read_that(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { AcceptEncoding = { new StringWithQualityHeaderValue("br") } } };
        using var response = await market.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var whole = (await market.Http.Get(address)).Body;

        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["br"], response.Content.Headers.ContentEncoding);
        Assert.True(bytes.Length < whole.Length / 2, $"{bytes.Length} of {whole.Length} bytes");
    }

    [Fact]
    public async Task Where_secrets_are_told_nothing_is_compressed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/auth/nothing-yet") { Headers = { AcceptEncoding = { new StringWithQualityHeaderValue("br") } } };
        using var response = await market.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_limit_is_refused_whether_its_length_is_told_or_not(bool isTold)
    {
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Replay, settings: new Dictionary<string, string?> { ["Edge:LargestBody"] = "4096" });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/analyze")
        {
            Content = new StringContent("{\"amount\":\"" + new string('1', 5000), Encoding.UTF8, "application/json"),
            Headers = { TransferEncodingChunked = !isTold },
        };

        (await cambist.Http.Ask(request)).AssertProblem(413, "body_too_large", null);
    }

    private async Task<Answer> AskAsync(string address, (string Name, string Value) header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        return await market.Http.Ask(request);
    }
}
