using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Cambist.App.Tests.Accounts.Pages;
using Cambist.Client;
using Xunit;
using static Cambist.App.Tests.Goals.GoalHouse;

namespace Cambist.App.Tests.Goals;

/// <summary>What a form of a goal says that is filled in wrongly. Nothing is made, so one service does for all.</summary>
public sealed class GoalFormProblemsTests(GoalFormProblemsTests.OneBrowser browser) : IClassFixture<GoalFormProblemsTests.OneBrowser>
{
    // The kind, the field that is filled in wrongly, and what is typed.
    public static TheoryData<string, string, string> Wrong => new()
    {
        { "one_time", "amount", "12x" },
        { "one_time", "amount", "-5" },
        { "one_time", "amount", "" },
        { "one_time", "from_currency", "DEM" },
        { "one_time", "to_currency", "USD" },
        { "one_time", "deadline", "2026-03-17" },
        { "one_time", "deadline", "soon" },
        { "one_time", "deadline", "" },
        { "one_time", "usual_provider", "my-uncle" },
        { "one_time", "time_zone", "Mars/Olympus" },
        { "one_time", "country", "XX" },
        { "one_time", "risk_tolerance", "reckless" },
        { "threshold", "target_rate", "0.9" },
        { "threshold", "target_rate", "" },
        { "recurring", "recurrence.day_of_month", "32" },
        { "recurring", "recurrence.every", "two" },
        { "recurring", "recurrence.time", "25:00" },
        { "dollar_cost_average", "recurrence.count", "0" },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_told_at_the_field_in_the_words_of_the_API_and_what_was_typed_stays(string type, string field, string typed)
    {
        await browser.Browser.GetAsync($"/goals/new?type={type}");
        (string, string)[] form = [("name", "tuition"), ("amount", "500"), ("from_currency", "USD"), ("to_currency", "EUR"), .. type == "one_time" ? [("deadline", "2026-06-30")] : Array.Empty<(string, string)>(), (field, typed)];

        var shown = await browser.Browser.SubmitAsync("goal", form);

        Assert.InRange(shown.Status, 400, 422);
        var input = browser.Browser.Page.GetElementById(field)!;
        var problem = browser.Browser.Page.GetElementById($"{field}-problem")!.TextContent;
        Assert.Contains(field, problem, StringComparison.Ordinal);
        Assert.Equal($"{field}-problem", input.Closest("[aria-describedby]")?.GetAttribute("aria-describedby"));
        Assert.Equal($"#{field}", browser.Browser.Page.QuerySelector("[role=alert] a")!.GetAttribute("href"));
        Assert.Equal("tuition", browser.Browser.Page.GetElementById("name")!.GetAttribute("value"));
        Assert.Equal(field == "risk_tolerance" ? null : typed, Typed(input));
        Assert.Empty((await browser.Ann.Goals.PageAsync(cancellationToken: Stop)).Goals);
    }

    [Fact]
    public async Task The_problem_is_the_one_of_the_API_to_the_letter()
    {
        await browser.Browser.GetAsync("/goals/new");
        await browser.Browser.SubmitAsync("goal", ("amount", "5.001"), ("from_currency", "USD"), ("to_currency", "EUR"), ("deadline", "2026-06-30"));

        var problem = await ProblemAsync(() => browser.Ann.Goals.CreateAsync(OneTime(5.001m, "2026-06-30"), cancellationToken: Stop));
        Assert.Equal(problem.Detail, browser.Browser.Page.GetElementById("amount-problem")!.TextContent);
    }

    private static string? Typed(IElement input) => input switch
    {
        AngleSharp.Html.Dom.IHtmlSelectElement select => select.Value,
        _ => input.GetAttribute("value") ?? (input.LocalName == "input" ? "" : null),
    };

    /// <summary>A service, and a person who is logged in to it.</summary>
    public sealed class OneBrowser : IAsyncLifetime
    {
        private GoalHouse _house = null!;

        internal CambistClient Ann { get; private set; } = null!;

        internal Browser Browser { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            // The clock stands still, and every request would fall into one minute.
            _house = await StartAsync(settings: new Dictionary<string, string?> { ["RateLimits:PerUser"] = "0" });
            Ann = await _house.EnterAsync();
            Browser = await Browser.LoggedInAsync(_house.House);
        }

        public async ValueTask DisposeAsync()
        {
            Browser.Dispose();
            await _house.DisposeAsync();
        }
    }
}
