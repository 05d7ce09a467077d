using System.Net;
using Cambist.App.Assistant;
using Cambist.Client;
using Xunit;

namespace Cambist.Web.Tests;

public sealed class DecidePageTests
{
    private static readonly PageAnswer WithChart = Sample.Answer with
    {
        History = [.. Enumerable.Range(-48, 48).Select(hour => Sample.Bar(Sample.Now.AddHours(hour), 0.92m + hour * 0.00001m))],
        Forecast = Sample.Forecast(Sample.Now, 0.92, 0.001),
    };

    [Fact]
    public async Task A_newcomer_sees_the_default_question_answered()
    {
        await using var host = await PageHost.Answering(WithChart);

        var page = await host.Page("/");

        Assert.Equal(new AskForm { Amount = "5000", From = "USD", To = "EUR" }, host.Asked);
        Assert.Equal("Wait", page.QuerySelector("h1")!.TextContent.Trim());
        Assert.Equal("Wait: 5,000.00 USD → EUR · Cambist", page.Title);
        Assert.NotNull(page.QuerySelector("fan-chart .history"));
    }

    [Fact]
    public async Task An_address_carries_the_whole_question()
    {
        await using var host = await PageHost.Answering(Sample.Answer);

        await host.Page("/?amount=5%2C000.00&from=GBP&to=JPY&by=2026-12-04&risk=aggressive&side=receive&country=GB&usual=wise&time_zone=Europe/London&as_of=2026-11-01");

        var whole = new AskForm
        {
            Amount = "5,000.00",
            From = "GBP",
            To = "JPY",
            By = "2026-12-04",
            Risk = "aggressive",
            Side = "receive",
            Country = "GB",
            UsualProvider = "wise",
            TimeZone = "Europe/London",
            AsOf = "2026-11-01",
        };
        Assert.Equal(whole, host.Asked);
    }

    [Theory]
    [InlineData("simulated", "SIMULATED")]
    [InlineData("replay", "REPLAY")]
    public async Task A_market_that_is_not_the_real_one_is_named_on_the_page_and_in_the_title(string market, string word)
    {
        await using var host = await PageHost.Answering(Sample.Answer with { Market = market });

        var page = await host.Page("/");

        Assert.Contains(word, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith(word, page.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_simulated_advice_is_named_so_whatever_the_service_says()
    {
        await using var host = await PageHost.Answering(Sample.Answer with { Advice = Sample.Advice with { Simulated = true } });

        Assert.StartsWith("SIMULATED", (await host.Page("/")).Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_market_carries_no_such_word()
    {
        await using var host = await PageHost.Answering(WithChart);

        var text = (await host.Page("/")).DocumentElement.TextContent;

        Assert.DoesNotContain("SIMULATED", text, StringComparison.Ordinal);
        Assert.DoesNotContain("REPLAY", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(422)]
    [InlineData(503)]
    public async Task A_problem_is_a_whole_page_with_the_status_of_the_problem(int status)
    {
        await using var host = await PageHost.Answering(Refused(status));

        using var response = await host.Get("/?amount=many");
        var page = await host.Page("/?amount=many");

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal(Sample.Problem.Title, page.QuerySelector("h1")!.TextContent);
        Assert.Contains(Sample.Problem.Detail, page.QuerySelector("#advice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("many", page.QuerySelector("#amount")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Who_has_not_quoted_yet_is_named_with_the_stream_that_tells_when_they_have()
    {
        await using var host = await PageHost.Answering(Sample.Answer with { Pending = ["wise", "coinbase"] });

        var late = (await host.Page("/?amount=5000&from=USD&to=EUR&country=US")).QuerySelector("#answer late-quotes")!;

        Assert.Contains("wise, coinbase", late.TextContent, StringComparison.Ordinal);
        Assert.Equal("/api/v1/providers/stream?from_currency=USD&to_currency=EUR&amount=5000&amount_side=send&country=US", late.GetAttribute("data-stream"));
        Assert.Equal("status", late.GetAttribute("role"));
    }

    [Fact]
    public async Task What_is_cheaper_for_certain_stands_apart_with_its_risk()
    {
        var plan = new TransferPlan(
            [new PlannedTransfer(Sample.Now, "revolut", "Revolut", "Exchange in the app", new MoneyValue(1000m, "USD"), new MoneyValue(920m, "EUR"), new MoneyValue(0m, "USD"), null, "inside the free allowance")],
            new MoneyValue(1000m, "USD"), new MoneyValue(920m, "EUR"), new MoneyValue(16.63m, "USD"), new MoneyValue(55.10m, "USD"), ProvenBest: true);
        await using var host = await PageHost.Answering(Sample.Answer with { Advice = Sample.Advice with { Plan = plan } });

        var card = (await host.Page("/")).QuerySelector(".plan")!.TextContent;

        Assert.Contains("16.63 USD", card, StringComparison.Ordinal);
        Assert.Contains("inside the free allowance", card, StringComparison.Ordinal);
        Assert.Contains("55.10 USD", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bare_page_is_well_where_the_market_has_no_rate_yet()
    {
        await using var host = await PageHost.Answering(Refused(404));

        using var response = await host.Get("/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(Sample.Problem.Detail, (await host.Page("/")).QuerySelector("#advice")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_text_of_an_address_stays_text()
    {
        const string Hostile = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";
        await using var host = await PageHost.Answering(Refused(400));
        var value = Uri.EscapeDataString(Hostile);

        var page = await host.Page($"/?amount={value}&from={value}&to={value}&by={value}&risk={value}&side={value}&country={value}&usual={value}&time_zone={value}&as_of={value}");

        Assert.Equal(Hostile, page.QuerySelector("#amount")!.GetAttribute("value"));
        Assert.Equal(Hostile, page.QuerySelector("#from option[selected]")!.TextContent);
        Assert.Empty(page.QuerySelectorAll("img"));
        Assert.All(page.QuerySelectorAll("script"), script => Assert.NotNull(script.GetAttribute("src")));
    }

    [Fact]
    public async Task Nothing_on_the_page_offends_a_strict_content_security_policy()
    {
        await using var host = await PageHost.Answering(WithChart);

        var page = await host.Page("/");

        Assert.Empty(page.QuerySelectorAll("[style], style, base, script:not([src])"));
        Assert.DoesNotContain(page.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
        Assert.All(page.QuerySelectorAll("link[href], script[src]"), asset =>
            Assert.StartsWith("/_content/Cambist.Web/", asset.GetAttribute("href") ?? asset.GetAttribute("src"), StringComparison.Ordinal));
    }

    private static PageAnswer Refused(int status) => Sample.Answer with { Advice = null, Problem = Sample.Problem with { Status = status } };
}
