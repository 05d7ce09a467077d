using System.Diagnostics;
using Cambist.App.Quotes.Recipes;
using Cambist.App.Quotes.Sources;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Quotes;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Quotes.Recipes;

/// <summary>A real Chromium, driven by the real <c>cambist-pages</c>, on pages that imitate a bank's calculator.</summary>
public sealed class BrowserRecipeTests(RunningBrowser browser) : IClassFixture<RunningBrowser>, IAsyncLifetime
{
    private StandInServer? _server;

    private StandInServer Server => _server!;

    private static CancellationToken End => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await StandInServer.StartAsync();
        Show(CalculatorPage.Html);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Fact]
    public async Task A_late_page_with_a_banner_and_local_figures_becomes_a_quote()
    {
        var quote = await AskAsync(BankPage.Asks("1234.50"));

        Assert.Equal((1234.50m, 3.90m, 1334.58m, 1.0845m), (quote.Paid.Amount, quote.Fee.Amount, quote.Received.Amount, quote.ExchangeRate));
        Assert.Equal((Provenance.Live, BankPage.Now), (quote.Provenance, quote.CollectedAt));
        Assert.Equal("https://bank.example/rechner", quote.SourceUrl.AbsoluteUri);
    }

    [Fact]
    public async Task Two_asks_at_once_are_both_answered_and_a_visit_leaves_nothing_for_the_next()
    {
        var answers = await Task.WhenAll(AskAsync(BankPage.Asks("1000")), AskAsync(BankPage.Asks("2000", to: "GBP")));

        Assert.Equal([(1000m, "USD", 1080.27m), (2000m, "GBP", 2164.77m)], answers.Select(quote => (quote.Paid.Amount, quote.Pair.Quote.Code, quote.Received.Amount)));
    }

    [Fact]
    public async Task The_browser_says_who_drives_it() =>
        Assert.NotNull(await AskAsync(BankPage.Ask, CalculatorPage.Recipe(("\"within\": \"#result\"", "\"within\": \"#agent\""), ("[\"{from}\", \"{to}\"]", "[\"Chrome/\", \"Cambist/\"]"))));

    [Theory]
    [InlineData("id=\"amount\"", "id=\"betrag\"", "step 3: a field at '#amount' was expected, found no such element")]
    [InlineData("id=\"amount\" value", "id=\"amount\" hidden value", "step 3: a field at '#amount' was expected, found one that is not shown")]
    [InlineData("id=\"amount\" value", "id=\"amount\" disabled value", "step 3: a field at '#amount' was expected, found one that takes no input")]
    [InlineData("<option value=\"USD\">Dollar", "", "step 5: the option 'USD' at '#to' was expected, found the options 'Pfund'")]
    [InlineData("<button id=\"go\">", "<button id=\"go\">A</button><button id=\"go\">", "step 6: something to click at '#go' was expected, found 2 elements")]
    [InlineData("Gebühr: ", "Kosten: ", "step 7: a text like 'Gebühr' at '#result' was expected, found '1.000,00 EUR")]
    [InlineData("id=\"rate\"", "id=\"kurs\"", "step 10: a text like '= ([0-9.,]+)' at '#rate' was expected, found no such element")]
    public async Task A_changed_page_breaks_the_recipe_at_a_step_and_leaves_a_picture(string good, string bad, string where)
    {
        Assert.Contains(good, CalculatorPage.Html, StringComparison.Ordinal);
        Show(CalculatorPage.Html.Replace(good, bad, StringComparison.Ordinal));

        var fault = await FaultOfAsync(step: TimeSpan.FromSeconds(3));

        Assert.Equal(SourceFault.Unreadable, fault.Kind);
        Assert.StartsWith($"The recipe broke at {where}", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith("Picture: example-bank.png.", fault.Message, StringComparison.Ordinal);
        AssertPicture(fault);
    }

    [Fact]
    public async Task A_page_that_says_that_it_has_no_figures_is_told_in_its_words_and_leaves_a_picture()
    {
        Show("<html lang=de><meta charset=utf-8><body><h1>Der Rechner ist derzeit nicht verfügbar</h1></body></html>");

        var fault = await FaultOfAsync(step: TimeSpan.FromSeconds(5));

        Assert.Equal((SourceFault.Unavailable, "The page says 'derzeit nicht verfügbar'."), (fault.Kind, fault.Message));
        AssertPicture(fault);
    }

    [Fact]
    public async Task A_result_that_does_not_hold_breaks_the_recipe_and_leaves_a_picture()
    {
        Show(CalculatorPage.Html.Replace("Gebühr: 3,90", "Gebühr: 13,90", StringComparison.Ordinal));

        var fault = await FaultOfAsync();

        Assert.StartsWith("The recipe broke at its checks: (1000 EUR - 13.90 EUR) x 1.0845 = 1069.43 USD to arrive was expected, found 1080.27 USD.", fault.Message, StringComparison.Ordinal);
        AssertPicture(fault);
    }

    [Theory]
    [InlineData(403, SourceFault.NotInPlan)]
    [InlineData(429, SourceFault.Throttled)]
    [InlineData(503, SourceFault.Unavailable)]
    public async Task A_status_is_what_it_says(int status, SourceFault expected)
    {
        Server.Refuses(CalculatorPage.Path, status, "<h1>No</h1>");

        var fault = await FaultOfAsync();

        Assert.Equal(expected, fault.Kind);
        Assert.StartsWith($"The recipe broke at step 1: the page was expected, found HTTP status {status}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_leads_to_another_host_breaks_the_recipe()
    {
        await using var elsewhere = await StandInServer.StartAsync();
        elsewhere.Answers("/", "<html></html>", contentType: "text/html");
        Server.Refuses(CalculatorPage.Path, 302, "", ("Location", elsewhere.Address.AbsoluteUri));

        Assert.StartsWith($"The recipe broke at step 1: the page at {Server.Address.Authority} was expected, found one at {elsewhere.Address.Authority}", (await FaultOfAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_breaks_off_is_unavailable()
    {
        Server.BreaksOff(CalculatorPage.Path, "", declaredLength: 100);

        var fault = await FaultOfAsync(step: TimeSpan.FromSeconds(30));

        Assert.Equal(SourceFault.Unavailable, fault.Kind);
        Assert.Contains("cannot be reached (net::ERR_", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_never_answers_is_given_up_when_the_step_has_waited()
    {
        Server.Hangs(CalculatorPage.Path);

        var fault = await FaultOfAsync(step: TimeSpan.FromSeconds(1));

        Assert.Equal((SourceFault.Unavailable, "The page did not answer within 1 s, at step 1."), (fault.Kind, fault.Message));
    }

    [Fact]
    public async Task A_recipe_that_takes_too_long_ends_with_its_browser_and_the_next_one_is_answered()
    {
        var options = browser.Options(job: TimeSpan.FromSeconds(3));
        using var pages = new PageBrowser(options);
        Server.Hangs(CalculatorPage.Path);
        var ask = Source(CalculatorPage.Recipe(), pages, options).AskAsync(BankPage.Ask, End);
        var fault = await Assert.ThrowsAsync<SourceFaultException>(() => ask);

        Assert.Equal((SourceFault.Unavailable, "The recipe was not done within 3 s; its browser was ended."), (fault.Kind, fault.Message));
        Assert.Null(pages.RunnerId);
        options.JobLimit = TimeSpan.FromMinutes(1);
        Show(CalculatorPage.Html);
        Assert.Single(await Source(CalculatorPage.Recipe(), pages, options).AskAsync(BankPage.Ask, End));
    }

    [Fact]
    public async Task Whoever_gives_up_does_not_wait_and_the_next_one_is_answered()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(End);
        var stalled = Server.Stalls(CalculatorPage.Path, null);
        var ask = Source(CalculatorPage.Recipe(), browser.Pages, browser.Options()).AskAsync(BankPage.Ask, patience.Token);
        await stalled.WaitAsync(TimeSpan.FromSeconds(30), End);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ask);
        Show(CalculatorPage.Html);
        Assert.NotNull(await AskAsync(BankPage.Ask));
    }

    [Fact]
    public async Task A_browser_that_is_killed_in_mid_recipe_is_a_fault_and_the_next_ask_is_answered()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux: the browser is looked for in /proc");
        var ask = await BegunAsync();

        foreach (var chromium in RunningBrowser.Browsers(browser.Pages.RunnerId))
        {
            Kill(chromium);
        }

        var fault = await Assert.ThrowsAsync<SourceFaultException>(() => ask);
        Assert.Equal(SourceFault.Unavailable, fault.Kind);
        Assert.StartsWith("Chromium ended in mid-recipe, at step ", fault.Message, StringComparison.Ordinal);
        Show(CalculatorPage.Html);
        Assert.NotNull(await AskAsync(BankPage.Ask));
    }

    [Fact]
    public async Task A_driving_program_that_is_killed_takes_its_browser_with_it_and_the_next_ask_is_answered()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux: the browser is looked for in /proc");
        var ask = await BegunAsync();
        var chromium = Assert.Single(RunningBrowser.Browsers(browser.Pages.RunnerId));

        Kill(browser.Pages.RunnerId!.Value);

        var fault = await Assert.ThrowsAsync<SourceFaultException>(() => ask);
        Assert.Equal(SourceFault.Unavailable, fault.Kind);
        Assert.StartsWith("The program that drives the browser ended in mid-recipe", fault.Message, StringComparison.Ordinal);
        await RunningBrowser.EndAsync(chromium, End);
        Show(CalculatorPage.Html);
        Assert.NotNull(await AskAsync(BankPage.Ask));
    }

    [Fact]
    public async Task Nothing_is_left_running_once_it_is_disposed_of()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux: the browser is looked for in /proc");
        var pages = new PageBrowser(browser.Options());
        Assert.Single(await Source(CalculatorPage.Recipe(), pages, browser.Options()).AskAsync(BankPage.Ask, End));
        var (runner, chromium) = (pages.RunnerId!.Value, Assert.Single(RunningBrowser.Browsers(pages.RunnerId)));

        pages.Dispose();

        await RunningBrowser.EndAsync(runner, End);
        await RunningBrowser.EndAsync(chromium, End);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Source(CalculatorPage.Recipe(), pages, browser.Options()).AskAsync(BankPage.Ask, End));
    }

    // A recipe whose page was loaded and waits for what never comes.
    private async Task<Task> BegunAsync()
    {
        RealComponents.Chromium.Where();
        var stalled = Server.Stalls("/figures", null);
        Show("<html lang=de><body><script>fetch('/figures')</script></body></html>");
        Task ask = AskAsync(BankPage.Ask);
        await stalled.WaitAsync(TimeSpan.FromSeconds(30), End);
        return ask;
    }

    private static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
    }

    private static void AssertPicture(SourceFaultException fault)
    {
        var path = Assert.IsType<RecipeBrokenException>(fault.InnerException).Picture!;
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(path)[..4]);
    }

    private void Show(string html) => Server.Answers(CalculatorPage.Path, html, contentType: "text/html; charset=utf-8");

    private Task<SourceFaultException> FaultOfAsync(TimeSpan? step = null) => Assert.ThrowsAsync<SourceFaultException>(() => AskAsync(BankPage.Ask, step: step));

    private async Task<CollectedQuote> AskAsync(QuoteAsk ask, PageRecipe? recipe = null, Uri? host = null, TimeSpan? step = null) =>
        Assert.Single(await Source(recipe ?? CalculatorPage.Recipe(), browser.Pages, browser.Options(step), host).AskAsync(ask, End));

    private RecipeSource Source(PageRecipe recipe, PageBrowser pages, PageBrowserOptions options, Uri? host = null) => new(
        recipe, pages, new RobotsGate(new HttpClient(), TimeProvider.System), new QuoteSourceOptions { BaseUrl = host ?? Server.Address }, options, new FakeTimeProvider(BankPage.Now));
}
