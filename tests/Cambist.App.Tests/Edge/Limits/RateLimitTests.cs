using System.Security.Claims;
using Cambist.App.Edge;
using Cambist.App.Rates;
using Cambist.App.Tests.Faces;
using Cambist.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cambist.App.Tests.Edge.Limits;

/// <summary>Limits as a client of the running service meets them.</summary>
public sealed class RateLimitTests
{
    private const string Route = "/api/v1/rates/sources";

    [Fact]
    public async Task An_address_is_told_how_it_stands_and_refused_beyond_its_limit()
    {
        await using var cambist = await StartAsync(("RateLimits:CountLoopback", "true"), ("RateLimits:Anonymous", "3"));

        var answers = new List<Answer>();
        for (var turn = 0; turn < 4; turn++)
        {
            answers.Add(await cambist.Http.Get(Route));
        }

        Assert.Equal([200, 200, 200, 429], answers.Select(answer => answer.Status));
        Assert.Equal(["2", "1", "0", "0"], answers.Select(answer => Of(answer, "RateLimit-Remaining")));
        Assert.All(answers, answer => Assert.Equal("3", Of(answer, "RateLimit-Limit")));
        Assert.All(answers, answer => Assert.InRange(int.Parse(Of(answer, "RateLimit-Reset")!, System.Globalization.CultureInfo.InvariantCulture), 50, 60));
        Assert.Equal(Of(answers[3], "RateLimit-Reset"), Of(answers[3], "Retry-After"));
        Assert.Contains("at most 3 answers", answers[3].AssertProblem(429, "rate_limited", null), StringComparison.Ordinal);
        Assert.Equal(200, (await cambist.Http.Get("/healthz")).Status);
    }

    [Theory]
    [InlineData("/api/v1/nowhere", 404)]
    [InlineData("/api/v1/providers", 400)]
    public async Task Answers_that_are_problems_count_and_tell_too(string address, int status)
    {
        await using var cambist = await StartAsync(("RateLimits:CountLoopback", "true"), ("RateLimits:Anonymous", "1"));

        var first = await cambist.Http.Get(address);
        var second = await cambist.Http.Get(address);

        Assert.Equal((status, "0"), (first.Status, Of(first, "RateLimit-Remaining")));
        second.AssertProblem(429, "rate_limited", null);
    }

    [Fact]
    public async Task A_page_that_answers_a_question_is_limited_too_and_the_docs_are_not()
    {
        await using var cambist = await StartAsync(("RateLimits:CountLoopback", "true"), ("RateLimits:Anonymous", "1"));
        await cambist.Http.Get("/");

        var refused = await cambist.Http.Get("/");

        refused.AssertProblem(429, "rate_limited", field: null);
        Assert.Equal(200, (await cambist.Http.Get("/docs")).Status);
    }

    [Fact]
    public async Task Who_sits_at_the_machine_is_not_limited_unless_somebody_is_forwarded()
    {
        await using var cambist = await StartAsync(("RateLimits:Anonymous", "1"));

        for (var turn = 0; turn < 3; turn++)
        {
            Assert.Equal(200, (await cambist.Http.Get(Route)).Status);
        }

        Assert.Equal(200, await ForwardedAsync(cambist, "192.0.2.1"));
        Assert.Equal(429, await ForwardedAsync(cambist, "192.0.2.1"));
        Assert.Equal(429, await ForwardedAsync(cambist, "192.0.2.2"));
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_each_client_counts_alone_and_nobody_is_another_by_saying_so()
    {
        await using var cambist = await StartAsync(("RateLimits:Anonymous", "1"), ("Edge:TrustedProxies", "127.0.0.0/8, 10.0.0.7"));

        Assert.Equal(200, await ForwardedAsync(cambist, "192.0.2.1"));
        Assert.Equal(429, await ForwardedAsync(cambist, "192.0.2.1"));
        Assert.Equal(200, await ForwardedAsync(cambist, "192.0.2.2"));
        Assert.Equal(429, await ForwardedAsync(cambist, "198.51.100.9, 192.0.2.2, 10.0.0.7"));
        Assert.Equal(200, await ForwardedAsync(cambist, "2001:db8::1"));
        Assert.Equal(429, await ForwardedAsync(cambist, "2001:db8::2"));
    }

    [Fact]
    public async Task A_route_is_limited_in_whatever_case_it_is_written()
    {
        await using var cambist = await StartAsync(("RateLimits:CountLoopback", "true"), ("RateLimits:Anonymous", "1"));

        var first = await cambist.Http.Get(Route.ToUpperInvariant());
        var second = await cambist.Http.Get(Route.ToUpperInvariant());

        Assert.Equal((200, 429), (first.Status, second.Status));
    }

    [Fact]
    public async Task A_user_is_counted_by_id_wherever_the_requests_come_from()
    {
        await using var cambist = await StartAsync([("RateLimits:PerUser", "2")], services => services.AddSingleton<IStartupFilter>(new Believing()));

        Assert.Equal(200, await AsAsync(cambist, "ann"));
        Assert.Equal(200, await AsAsync(cambist, "ann"));
        Assert.Equal(429, await AsAsync(cambist, "ann"));
        Assert.Equal(200, await AsAsync(cambist, "ben"));
    }

    [Theory]
    [InlineData("RateLimits:PerUser", "-1", "a whole number from 0 to 10000 expected, found '-1'")]
    [InlineData("RateLimits:CountLoopback", "maybe", "true or false expected")]
    [InlineData("Edge:TrustedProxies", "10.0.0.0/40", "addresses such as 10.0.0.7")]
    [InlineData("Redis:ConnectionString", "password=secret", "host:port expected")]
    public async Task A_wrong_setting_is_named_with_what_is_allowed(string key, string value, string told)
    {
        var fault = await Assert.ThrowsAsync<Cambist.App.Storage.WrongSettingException>(() => StartAsync((key, value)));

        Assert.Equal(key, fault.Key);
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    private static string? Of(Answer answer, string header) => answer.Headers.TryGetValues(header, out var values) ? Assert.Single(values) : null;

    private static Task<int> ForwardedAsync(RunningCambist cambist, string client) => WithAsync(cambist, "X-Forwarded-For", client);

    private static Task<int> AsAsync(RunningCambist cambist, string user) => WithAsync(cambist, Believing.Header, user);

    private static async Task<int> WithAsync(RunningCambist cambist, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Route) { Headers = { { header, value } } };
        return (await cambist.Http.Ask(request)).Status;
    }

    private static Task<RunningCambist> StartAsync(params (string Key, string Value)[] settings) => StartAsync(settings, null);

    private static Task<RunningCambist> StartAsync((string Key, string Value)[] settings, Action<IServiceCollection>? services) => RunningCambist.StartAsync(
        MarketMode.Live, settings: settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value), services: services);

    // Stands for authentication: whoever says a name is it.
    private sealed class Believing : IStartupFilter
    {
        public const string Header = "Test-User";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, go) =>
            {
                if (context.Request.Headers[Header].ToString() is { Length: > 0 } name)
                {
                    context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(WhoAsks.AccountClaim, name)], "test"));
                }

                return go(context);
            });
            next(app);
        };
    }
}
