using Microsoft.Playwright;

namespace Cambist.TestKit;

/// <summary>The installed Chromium, driven by Playwright. It asks nobody outside for anything by itself.</summary>
public sealed class ChromiumBrowser : IAsyncDisposable
{
    // Beside what Playwright switches off on its own. Only the first stops requests for certificates, variations and the like.
    private static readonly string[] Quiet =
        ["--disable-background-networking", "--disable-component-update", "--disable-domain-reliability", "--disable-sync", "--no-pings", "--no-first-run"];

    private readonly IPlaywright _playwright;

    private ChromiumBrowser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        Browser = browser;
    }

    /// <summary>The running browser.</summary>
    public IBrowser Browser { get; }

    /// <summary>Starts the browser without a window. Skips the running test where there is no Chromium.</summary>
    public static async Task<ChromiumBrowser> StartAsync()
    {
        var executable = RealComponents.Chromium.Where();
        var playwright = await Playwright.CreateAsync();
        try
        {
            var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = executable, Headless = true, Args = Quiet });
            return new ChromiumBrowser(playwright, browser);
        }
        catch (PlaywrightException)
        {
            playwright.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
