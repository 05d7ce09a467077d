using System.Text.RegularExpressions;
using Cambist.App.Quotes.Recipes;
using Microsoft.Playwright;

namespace Cambist.Pages;

/// <summary>One job on one page: the steps in order, and then what the page shows.</summary>
internal sealed partial class PageVisit(IPage page, PageJob job, StepCounter at)
{
    private const int MostOptions = 8;
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<string, string> _texts = [];

    /// <summary>Does the steps until one finds the page otherwise than the recipe says.</summary>
    /// <exception cref="PlaywrightException">The browser ended.</exception>
    public async Task<PageResult> RunAsync()
    {
        var result = new PageResult { Id = job.Id };
        foreach (var step in job.Steps)
        {
            at.Number = step.Number;
            result = await DoAsync(step, result);
            if (result.Break is not null || result.Outage is not null)
            {
                break;
            }
        }

        return result.Outage is not null ? result : result with
        {
            Texts = _texts,
            Screenshot = await AtEndAsync(ScreenshotAsync),
            Language = await AtEndAsync(() => page.Locator("html").GetAttributeAsync("lang")),
            PageText = await AtEndAsync(() => TextOfAsync("body")) ?? "",
            ScopeText = await AtEndAsync(() => TextOfAsync(job.Scope ?? "body")),
        };
    }

    [GeneratedRegex("net::[A-Z_]+")]
    private static partial Regex NetworkFault { get; }

    private async Task<PageResult> DoAsync(PageStep step, PageResult result)
    {
        try
        {
            switch (step.Act)
            {
                case PageAct.Go:
                    return await GoAsync(step, result);
                case PageAct.Dismiss:
                    await page.AddLocatorHandlerAsync(page.Locator(step.Target).First, locator => locator.ClickAsync());
                    return result;
                case PageAct.Fill:
                    await page.Locator(step.Target).FillAsync(step.Value!);
                    return result;
                case PageAct.Select:
                    await page.Locator(step.Target).SelectOptionAsync(step.Value!);
                    return result;
                case PageAct.Click:
                    await page.Locator(step.Target).ClickAsync();
                    return result;
                default:
                    return await ReadAsync(step, result);
            }
        }
        catch (TimeoutException)
        {
            return result with { Break = new PageBreak(step.Number, step.Expectation(), await FoundAsync(step)) };
        }
        catch (PlaywrightException fault) when (IsAlive)
        {
            return result with { Break = new PageBreak(step.Number, step.Expectation(), await AmbiguityAsync(step) ?? WarmChromium.FirstLine(fault)) };
        }
    }

    private bool IsAlive => page.Context.Browser is { IsConnected: true } && !page.IsClosed;

    private async Task<PageResult> GoAsync(PageStep step, PageResult result)
    {
        try
        {
            // Not the load of every picture: steps wait for what they need.
            var answer = await page.GotoAsync(step.Target, new() { WaitUntil = WaitUntilState.DOMContentLoaded });
            if (answer is { Ok: false })
            {
                return result with { Status = answer.Status, Break = new PageBreak(step.Number, step.Expectation(), $"HTTP status {answer.Status}") };
            }

            var (wanted, found) = (new Uri(step.Target).Authority, new Uri(page.Url).Authority);
            return wanted == found
                ? result
                : result with { Break = new PageBreak(step.Number, $"the page at {wanted}", $"one at {found}") };
        }
        catch (TimeoutException)
        {
            return result with { Outage = $"The page did not answer within {job.StepPatience / 1000.0:0.#} s, at step {step.Number}." };
        }
        catch (PlaywrightException fault) when (IsAlive && NetworkFault.Match(fault.Message) is { Success: true } network)
        {
            return result with { Outage = $"The page cannot be reached ({network.Value}), at step {step.Number}." };
        }
    }

    // What a page renders late is waited for: the element, then a text in it, then the text that is meant.
    private async Task<PageResult> ReadAsync(PageStep step, PageResult result)
    {
        var locator = page.Locator(step.Target);
        var end = Environment.TickCount64 + job.StepPatience;
        string? part;
        while ((part = step.Part(await ShownAsync(step, locator))) is null)
        {
            if (Environment.TickCount64 >= end)
            {
                throw new TimeoutException();
            }

            await Task.Delay(Look);
        }

        if (step.Name is not null)
        {
            _texts[step.Name] = part;
        }

        return result;
    }

    private static async Task<string?> ShownAsync(PageStep step, ILocator locator)
    {
        if (await locator.CountAsync() != 1 || !await locator.IsVisibleAsync())
        {
            return null;
        }

        return step.Attribute switch
        {
            null => await locator.InnerTextAsync(),
            "value" => await locator.InputValueAsync(),
            var name => await locator.GetAttributeAsync(name),
        };
    }

    private async Task<string> FoundAsync(PageStep step)
    {
        try
        {
            var locator = page.Locator(step.Target);
            if (await AmbiguityAsync(step) is { } ambiguity)
            {
                return ambiguity;
            }

            if (!await locator.IsVisibleAsync())
            {
                return "one that is not shown";
            }

            return step.Act switch
            {
                PageAct.Select => $"the options {string.Join(", ", (await locator.Locator("option").AllInnerTextsAsync()).Take(MostOptions).Select(text => $"'{text.Trim()}'"))}",
                PageAct.Wait or PageAct.Read => await ShownAsync(step, locator) is { } text && !string.IsNullOrWhiteSpace(text) ? $"'{text.Trim()}'" : "an empty one",
                _ => "one that takes no input",
            };
        }
        catch (Exception fault) when (fault is TimeoutException || (fault is PlaywrightException && IsAlive))
        {
            return "a page that does not respond";
        }
    }

    // A step means exactly one element.
    private async Task<string?> AmbiguityAsync(PageStep step)
    {
        try
        {
            return step.Act == PageAct.Go ? null : PageWire.Ambiguity(await page.Locator(step.Target).CountAsync());
        }
        catch (PlaywrightException fault) when (IsAlive)
        {
            return WarmChromium.FirstLine(fault);
        }
    }

    private async Task<string?> TextOfAsync(string selector) =>
        await page.Locator(selector).CountAsync() == 1 ? await page.Locator(selector).InnerTextAsync() : null;

    private async Task<string?> ScreenshotAsync()
    {
        await page.ScreenshotAsync(new() { Path = job.Screenshot });
        return job.Screenshot;
    }

    // What the page shows at the end is told where it can be: a page that hangs does not turn the finding into another.
    private async Task<string?> AtEndAsync(Func<Task<string?>> look)
    {
        try
        {
            return await look().WaitAsync(EndPatience);
        }
        catch (Exception fault) when (fault is TimeoutException || (fault is PlaywrightException && IsAlive))
        {
            await Console.Error.WriteLineAsync(WarmChromium.FirstLine(fault));
            return null;
        }
    }
}
