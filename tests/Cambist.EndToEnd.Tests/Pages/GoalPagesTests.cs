using Cambist.TestKit;
using Microsoft.Playwright;
using Xunit;

namespace Cambist.EndToEnd.Tests.Pages;

/// <summary>The pages of goals in a real browser, over the demo.</summary>
[Collection(AloneOnTheMachine.Name)]
public sealed class GoalPagesTests(Demo demo) : IClassFixture<Demo>
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task A_goal_is_made_and_followed_on_pages_that_fit_and_are_accessible(int width, ColorScheme scheme)
    {
        await using var chromium = await ChromiumBrowser.StartAsync();
        await using var visit = await PageVisit.OpenAsync(chromium, width, scheme);
        var (page, look) = (visit.Page, new Look(visit, width, scheme));
        await EnterAsync(page, $"ann-{width}-{scheme}@example.org");

        await page.ClickAsync("nav >> text=Goals");
        await look.CheckAsync("goals-none");
        foreach (var type in new[] { "recurring", "threshold", "dollar_cost_average" })
        {
            await page.GotoAsync(At($"/goals/new?type={type}"));
            await look.CheckAsync($"goals-new-{type}");
        }

        await page.GotoAsync(At("/"));
        await page.ClickAsync("text=Make this a goal");
        await page.FillAsync("#name", "Tuition of the spring term, and what the flat costs until then");
        await page.FillAsync("#amount", "12x");
        await page.ClickAsync("text=Make the goal");
        await look.CheckAsync("goals-new-refused");
        Assert.Equal("amount", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.FillAsync("#amount", "12000");
        await page.ClickAsync("text=Make the goal");
        await page.WaitForURLAsync("**/goals/*?note=goal-made");
        await look.CheckAsync("goal");

        await page.FillAsync("#send_amount", "1000");
        await page.FillAsync("#receive_amount", "890.55");
        await page.FillAsync("#provider", "my bank");
        await page.ClickAsync("text=Record it");
        await page.WaitForURLAsync("**/goals/*?note=converted");
        await page.ClickAsync("text=Change the goal");
        await look.CheckAsync("goal-converted");
        await page.ClickAsync("nav >> text=Goals");
        await look.CheckAsync("goals");
        await page.ClickAsync("h3 a");
        await page.ClickAsync("text=Give the goal up");
        await look.CheckAsync("goal-cancel");
        await page.GotoAsync(At("/goals/none"));
        await look.CheckAsync("goal-none");

        // A page that says what is wrong has the status of the problem, and the browser notes that.
        Assert.DoesNotContain(visit.Faults, fault => !fault.Contains("422", StringComparison.Ordinal) && !fault.Contains("404", StringComparison.Ordinal));
    }

    private string At(string path) => new Uri(demo.Address, path).AbsoluteUri;

    private async Task EnterAsync(IPage page, string email)
    {
        foreach (var (address, leads) in new[] { ("/account/register", "**/account/login?note=registered"), ("/account/login", At("/")) })
        {
            await page.GotoAsync(At(address));
            await page.FillAsync("#email", email);
            await page.FillAsync("#password", "four unrelated words here");
            await page.ClickAsync("main button[type=submit]");
            await page.WaitForURLAsync(leads);
        }
    }
}
