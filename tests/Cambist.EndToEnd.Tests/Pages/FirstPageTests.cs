using Cambist.TestKit;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Cambist.EndToEnd.Tests.Pages;

/// <summary>The first page in a real browser, over the demo.</summary>
[Collection(AloneOnTheMachine.Name)]
public sealed class FirstPageTests(Demo demo) : IClassFixture<Demo>
{
    private static readonly string[] Grave = ["serious", "critical"];

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task The_page_loads_without_a_fault_fits_its_width_and_is_accessible(int width, ColorScheme scheme)
    {
        await using var chromium = await ChromiumBrowser.StartAsync();
        await using var visit = await PageVisit.OpenAsync(chromium, width, scheme);

        foreach (var address in new[] { "/", "/?amount=2500&from=GBP&to=JPY&side=receive&risk=aggressive", "/?amount=12.345&from=EUR&to=USD" })
        {
            await visit.Page.GotoAsync(new Uri(demo.Address, address).AbsoluteUri, new() { WaitUntil = WaitUntilState.NetworkIdle });

            Assert.Contains("SIMULATED", await visit.Page.InnerTextAsync("main"), StringComparison.Ordinal);
            var contentWidth = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(contentWidth <= width, $"{address} is {contentWidth} px wide in {width} px.");
            var axe = await visit.Page.RunAxe();
            var grave = axe.Violations.Where(violation => Grave.Contains(violation.Impact)).Select(Told);
            Assert.Empty(grave);
        }

        // A page that says what is wrong with a question has the status of the problem, and the browser notes that.
        Assert.DoesNotContain(visit.Faults, fault => !fault.Contains("422", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_form_is_filled_in_and_answered_with_scripts_and_without(bool scripts)
    {
        await using var chromium = await ChromiumBrowser.StartAsync();
        await using var visit = await PageVisit.OpenAsync(chromium, 1280, ColorScheme.Light, scripts);
        await visit.Page.GotoAsync(demo.Address.AbsoluteUri);

        await visit.Page.FillAsync("#amount", "1234.50");
        await visit.Page.SelectOptionAsync("#from", "GBP");
        await visit.Page.SelectOptionAsync("#to", "USD");
        await visit.Page.ClickAsync("button[type=submit]");
        await visit.Page.WaitForURLAsync("**/?**amount=1234.50**");

        Assert.Contains("from=GBP", visit.Page.Url, StringComparison.Ordinal);
        Assert.Contains("1,234.50 GBP", await visit.Page.InnerTextAsync("#advice"), StringComparison.Ordinal);
        Assert.Equal("1234.50", await visit.Page.InputValueAsync("#amount"));
        Assert.True(await visit.Page.Locator("table tbody tr").CountAsync() >= 5, "The cost table is there.");
        Assert.True(await visit.Page.Locator("svg path").CountAsync() > 0, "The chart is drawn.");
        Assert.Empty(visit.Faults);
    }

    [Fact]
    public async Task A_wrong_field_is_told_at_the_field_and_the_rest_is_kept()
    {
        await using var chromium = await ChromiumBrowser.StartAsync();
        await using var visit = await PageVisit.OpenAsync(chromium, 390, ColorScheme.Light);
        await visit.Page.GotoAsync(demo.Address.AbsoluteUri);

        await visit.Page.FillAsync("#amount", "12.345");
        await visit.Page.ClickAsync("button[type=submit]");
        await visit.Page.WaitForURLAsync("**/?**amount=12.345**");

        Assert.Equal("true", await visit.Page.GetAttributeAsync("#amount", "aria-invalid"));
        var problem = await visit.Page.GetAttributeAsync("#amount", "aria-describedby");
        Assert.Contains("2 decimals", await visit.Page.InnerTextAsync($"#{problem}"), StringComparison.Ordinal);
        Assert.Equal("12.345", await visit.Page.InputValueAsync("#amount"));
    }

    [Fact]
    public async Task The_API_docs_load_without_asking_anyone_outside()
    {
        await using var chromium = await ChromiumBrowser.StartAsync();
        await using var visit = await PageVisit.OpenAsync(chromium, 1280, ColorScheme.Light);
        var asked = new List<string>();
        visit.Page.Request += (_, request) => asked.Add(request.Url);

        await visit.Page.GotoAsync(new Uri(demo.Address, "/docs").AbsoluteUri);
        await visit.Page.GetByText("/readyz").First.WaitForAsync();

        Assert.DoesNotContain(asked, address => !address.StartsWith(demo.Address.AbsoluteUri, StringComparison.Ordinal) && !address.StartsWith("data:", StringComparison.Ordinal) && !address.StartsWith("blob:", StringComparison.Ordinal));
    }

    private static string Told(AxeResultItem violation) => $"{violation.Id}: {violation.Help} at {string.Join(", ", violation.Nodes.Select(node => node.Html))}";
}
