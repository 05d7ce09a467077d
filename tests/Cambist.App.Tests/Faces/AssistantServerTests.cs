using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Cambist.App.Tests.Accounts;
using Cambist.Client;
using Cambist.TestKit;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Xunit;

namespace Cambist.App.Tests.Faces;

/// <summary>The tools of AI assistants over HTTP, for whoever has an access token.</summary>
public sealed class AssistantServerTests : IDisposable
{
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}""";
    private readonly TemporaryFolder _history = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _history.Dispose();

    [Fact]
    public async Task A_client_of_the_protocol_lists_the_tools_and_is_answered_as_the_route_answers()
    {
        SeededHistory.Write(_history.Path, AccountHouse.Start.AddDays(2), weeks: 12);
        await using var house = await AccountHouse.StartAsync(history: _history.Path);
        var tokens = await house.EnterAsync();
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(new HttpClientTransportOptions
            {
                Endpoint = new Uri(house.Http.BaseAddress!, "/mcp"),
                TransportMode = HttpTransportMode.StreamableHttp,
                AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {tokens.AccessToken}" },
            }),
            cancellationToken: Stop);

        var tools = await client.ListToolsAsync(cancellationToken: Stop);
        var rates = await client.CallToolAsync("latest_rates", new Dictionary<string, object?> { ["pairs"] = "EUR/USD" }, cancellationToken: Stop);
        var refused = await client.CallToolAsync("ask", new Dictionary<string, object?> { ["amount"] = "-1", ["from_currency"] = "EUR", ["to_currency"] = "USD" }, cancellationToken: Stop);
        var route = (await house.Http.Get("/api/v1/rates/latest?pairs=EUR/USD")).Body;

        Assert.Equal("cambist", client.ServerInfo?.Name);
        Assert.Equal(["add_goal", "ask", "compare_providers", "forecast", "goal", "latest_rates", "list_goals", "record_conversion", "target_probability"], tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(route), JsonNode.Parse(TextOf(rates))), $"The route said {route}\nthe tool {TextOf(rates)}");
        Assert.True(refused.IsError);
        Assert.Contains("invalid_amount: ", TextOf(refused), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "not_authorized")]
    [InlineData("no-token", "token_refused")]
    public async Task Without_a_token_nobody_is_answered_and_is_told_what_is_wanted(string? token, string code)
    {
        await using var house = await AccountHouse.StartAsync();

        var answer = await SendAsync(house, Ping, token);

        answer.AssertProblem(401, code, field: null);
        Assert.Contains(answer.Headers.WwwAuthenticate, offer => offer.Scheme == "Bearer");
    }

    [Theory]
    [InlineData("https://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("https://app.example.org", 200)]
    [InlineData(null, 200)]
    public async Task A_page_of_others_is_refused_unless_it_is_named(string? origin, int status)
    {
        await using var house = await AccountHouse.StartAsync(new Dictionary<string, string?> { ["Cors:Origins"] = "https://app.example.org" });
        var token = (await house.EnterAsync()).AccessToken;

        var answer = await SendAsync(house, Ping, token, origin is null ? null : request => request.Headers.TryAddWithoutValidation("Origin", origin));

        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task A_session_that_has_ended_is_refused()
    {
        await using var house = await AccountHouse.StartAsync();
        var tokens = await house.EnterAsync();
        await house.PostAsync("/auth/logout", new LogoutRequest(), tokens.AccessToken);

        (await SendAsync(house, Ping, tokens.AccessToken)).AssertProblem(401, "token_refused", field: null);
    }

    [Fact]
    public async Task Messages_count_under_the_users_limit()
    {
        await using var house = await AccountHouse.StartAsync(new Dictionary<string, string?> { ["RateLimits:PerUser"] = "2" });
        var token = (await house.EnterAsync()).AccessToken;

        var answers = new[] { await SendAsync(house, Ping, token), await SendAsync(house, Ping, token), await SendAsync(house, Ping, token) };

        Assert.Equal([200, 200, 429], answers.Select(answer => answer.Status));
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is no JSON")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":{"a":1},"method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"no/such"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"no_such_tool"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask","arguments":{"amount":{"deep":[]},"from_currency":7}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"forecast","arguments":[]}}""")]
    [InlineData("\u0000\u0001")]
    public async Task Garbage_is_answered_and_breaks_nothing(string body)
    {
        await using var house = await AccountHouse.StartAsync();
        var token = (await house.EnterAsync()).AccessToken;

        var answer = await SendAsync(house, body, token);

        Assert.True(answer.Status is 200 or 202 or (>= 400 and < 500), $"{answer.Status}: {answer.Body}");
        Assert.Equal(200, (await SendAsync(house, Ping, token)).Status);
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_too_deep_is_refused()
    {
        await using var house = await AccountHouse.StartAsync();
        var token = (await house.EnterAsync()).AccessToken;

        var large = await SendAsync(house, $$"""{"jsonrpc":"2.0","id":1,"method":"{{new string('x', 100_000)}}"}""", token, request => request.Headers.ExpectContinue = true);
        var deep = await SendAsync(house, """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"a":""" + new string('[', 5000) + new string(']', 5000) + "}}", token);

        Assert.InRange(large.Status, 400, 499);
        Assert.InRange(deep.Status, 200, 499);
    }

    private static async Task<Answer> SendAsync(AccountHouse house, string body, string? token, Action<HttpRequestMessage>? more = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        more?.Invoke(request);
        return await house.Http.Ask(request);
    }

    private static string TextOf(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
}
