using Cambist.TestKit;
using Microsoft.Playwright;

namespace Cambist.EndToEnd.Tests.Pages;

/// <summary>One visitor's tab, and everything that went wrong in it.</summary>
internal sealed class PageVisit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _faults = [];

    private PageVisit(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            // A violated policy, a missing file and a thrown error all come by here.
            if (message.Type is "error" or "warning")
            {
                _faults.Add(message.Text);
            }
        };
        page.PageError += (_, error) => _faults.Add(error);
        page.RequestFailed += (_, request) => _faults.Add($"{request.Url} failed: {request.Failure}");
    }

    public IPage Page { get; }

    /// <summary>Console errors and warnings, violated policies, thrown errors and failed requests.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public static async Task<PageVisit> OpenAsync(ChromiumBrowser chromium, int width, ColorScheme scheme, bool scripts = true)
    {
        var context = await chromium.Browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new PageVisit(context, await context.NewPageAsync());
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
