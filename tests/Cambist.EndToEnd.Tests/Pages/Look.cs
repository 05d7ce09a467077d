using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Cambist.EndToEnd.Tests.Pages;

/// <summary>What is looked at on each page. With <c>CAMBIST_TEST_SCREENSHOTS</c> pictures go to that folder, for a person to look at.</summary>
internal sealed class Look(PageVisit visit, int width, ColorScheme scheme)
{
    private static readonly string[] Grave = ["moderate", "serious", "critical"];

    public async Task CheckAsync(string name)
    {
        var contentWidth = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(contentWidth <= width, $"{name} is {contentWidth} px wide in {width} px.");
        if (Environment.GetEnvironmentVariable("CAMBIST_TEST_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{width}-{scheme}.png"), FullPage = true });
        }

        var axe = await visit.Page.RunAxe();
        Assert.Empty(axe.Violations.Where(violation => Grave.Contains(violation.Impact)).Select(violation => $"{name}: {violation.Id} at {string.Join(", ", violation.Nodes.Select(node => node.Html))}"));
    }
}
