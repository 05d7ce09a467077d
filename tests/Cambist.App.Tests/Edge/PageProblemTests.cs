using AngleSharp.Html.Parser;
using Cambist.App.Assistant;
using Cambist.App.Privacy;
using Cambist.App.Rates;
using Cambist.App.Tests.Faces;
using Cambist.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cambist.App.Tests.Edge;

/// <summary>What a person's browser shows where there is no page to show.</summary>
public sealed class PageProblemTests
{
    private const string Html = "text/html,application/xhtml+xml,*/*;q=0.8";

    [Fact]
    public async Task A_browser_sees_a_page_where_there_is_none_and_a_program_sees_nothing()
    {
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Replay);

        var page = await cambist.Http.Get("/no/such/page?x=<script>", Html);
        var program = await cambist.Http.Get("/no/such/page");

        await AssertPageAsync(page, 404, "page_not_found", "Not found");
        Assert.Equal((404, ""), (program.Status, program.Body));
    }

    [Fact]
    public async Task A_browser_sees_a_page_when_it_asked_too_often()
    {
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Replay, settings: new Dictionary<string, string?> { ["RateLimits:CountLoopback"] = "true", ["RateLimits:Anonymous"] = "1" });
        await cambist.Http.Get("/", Html);

        var refused = await cambist.Http.Get("/", Html);

        await AssertPageAsync(refused, 429, "rate_limited", "Too many requests");
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    [Fact]
    public async Task A_browser_sees_a_page_when_something_broke_and_nothing_of_what_it_was()
    {
        await using var cambist = await RunningCambist.StartAsync(
            MarketMode.Replay,
            services: services => services.AddSingleton<AnswerQuestion>((_, _, _) => throw new InvalidOperationException("the secret of the house")));

        var page = await cambist.Http.Get("/", Html);

        await AssertPageAsync(page, 500, "internal_error", "Something broke here");
        Assert.DoesNotContain("secret", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_keys_of_accounts_cannot_be_read_a_page_says_so_and_not_where_they_are()
    {
        await using var cambist = await RunningCambist.StartAsync(
            MarketMode.Replay,
            services: services => services.AddSingleton<AnswerQuestion>((_, _, _) => throw new KeyRingFaultException(KeyRingFault.Missing, "No ring at /the/secret/place.")));

        var page = await cambist.Http.Get("/", Html);

        await AssertPageAsync(page, 503, "keys_unavailable", "Not available now");
        Assert.DoesNotContain("secret", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Routes_of_the_api_answer_a_browser_as_they_answer_everybody()
    {
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Replay);

        (await cambist.Http.Get("/api/v1/no/such/route", Html)).AssertProblem(404, "route_not_found", field: null);
    }

    private static async Task AssertPageAsync(Answer answer, int status, string code, string title)
    {
        Assert.Equal((status, "text/html"), (answer.Status, answer.ContentType));
        var page = await new HtmlParser().ParseDocumentAsync(answer.Body, TestContext.Current.CancellationToken);
        Assert.Equal($"{title} · Cambist", page.Title);
        Assert.Equal(title, page.QuerySelector("h1")!.TextContent);
        Assert.Equal(code, page.QuerySelector("#advice code")!.TextContent);
        Assert.NotNull(page.QuerySelector("header nav"));
        Assert.Contains("script-src", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", answer.Body, StringComparison.Ordinal);
    }
}
