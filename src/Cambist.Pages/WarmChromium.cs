using Cambist.App.Quotes.Recipes;
using Microsoft.Playwright;

namespace Cambist.Pages;

/// <summary>One Chromium that stays open between jobs. Each job has a context of its own, so nothing of one visit, no cookie either, is there at the next.</summary>
internal sealed class WarmChromium(string executable) : IAsyncDisposable
{
    // Beside what Playwright switches off on its own: the browser asks nobody for anything by itself.
    private static readonly string[] Quiet =
        ["--disable-background-networking", "--disable-component-update", "--disable-domain-reliability", "--disable-sync", "--no-pings", "--no-first-run"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string _userAgent = "";

    /// <summary>Does a job. A browser that ended is started again.</summary>
    public async Task<PageResult> RunAsync(PageJob job)
    {
        IBrowser browser;
        try
        {
            browser = await OpenAsync();
        }
        catch (PlaywrightException fault)
        {
            await CloseAsync();
            return new PageResult { Id = job.Id, Outage = $"Chromium does not start ({executable}): {FirstLine(fault)}" };
        }

        var step = new StepCounter();
        try
        {
            await using var context = await browser.NewContextAsync(new() { UserAgent = _userAgent, AcceptDownloads = false, ServiceWorkers = ServiceWorkerPolicy.Block });
            var page = await context.NewPageAsync();
            page.SetDefaultTimeout(job.StepPatience);
            return await new PageVisit(page, job, step).RunAsync();
        }
        catch (PlaywrightException fault)
        {
            // The page takes its own faults; what is left is a browser that went away.
            await Console.Error.WriteLineAsync(fault.Message);
            await CloseAsync();
            return new PageResult { Id = job.Id, Outage = $"Chromium ended in mid-recipe, at step {step.Number}: {FirstLine(fault)}" };
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    /// <summary>The first line of what the driver says; the rest is its log.</summary>
    internal static string FirstLine(Exception fault) => fault.Message.Split('\n')[0].Trim();

    private async Task<IBrowser> OpenAsync()
    {
        if (_browser is { IsConnected: true })
        {
            return _browser;
        }

        await CloseAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Headless = true, Args = Quiet });
        // It says what it is, and who drives it.
        await using var context = await _browser.NewContextAsync();
        var page = await context.NewPageAsync();
        _userAgent = await page.EvaluateAsync<string>("navigator.userAgent") + " Cambist/0.1";
        return _browser;
    }

    private async Task CloseAsync()
    {
        var (playwright, browser) = (_playwright, _browser);
        (_playwright, _browser) = (null, null);
        try
        {
            if (browser is not null)
            {
                await browser.DisposeAsync();
            }
        }
        catch (PlaywrightException fault)
        {
            await Console.Error.WriteLineAsync($"Chromium was gone when it was to be closed: {FirstLine(fault)}");
        }

        playwright?.Dispose();
    }
}

/// <summary>The step that a job has come to.</summary>
internal sealed class StepCounter
{
    /// <summary>Its place in the recipe, from 1.</summary>
    public int Number { get; set; } = 1;
}
