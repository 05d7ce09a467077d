using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Cambist.App.Analytics;
using Cambist.App.Assistant;
using Cambist.App.Edge;
using Cambist.Client;
using Xunit;

namespace Cambist.Web.Tests;

/// <summary>The page of the record: what the API tells, readable, and nothing made up where nothing is known.</summary>
public sealed class RecordPageTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 18, 12, 0, 0, TimeSpan.Zero);
    private static readonly PageAnswer NoQuestion = new(null, null, [], null, "live");

    [Fact]
    public async Task A_replay_is_told_row_by_row_and_called_simulated()
    {
        var page = await PageOf(new AdviceRecord(null, Replay(), Now));

        var rows = page.QuerySelectorAll("table[aria-labelledby='replay-title'] tbody tr").Select(row => row.QuerySelector("th")!.FirstChild!.TextContent.Trim());
        Assert.Equal(["All", "1,000.00 USD", "7 days"], rows); // What differs in two things at once is left to the API.
        Assert.Contains("Simulated", page.QuerySelector("#replay-title")!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Equal("+1.5 ± 0.5", Cell(page, "vs. last safe day").TextContent);
        Assert.Equal(("gain", "loss", ""), (Sense(page, "vs. last safe day"), Sense(page, "vs. equal parts"), Sense(page, "vs. at once")));
        Assert.Equal("not known", Cell(page, "vs. one-way trading").TextContent);
        Assert.Contains("Calibrated", page.QuerySelector("#replay-calibration")!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.QuerySelectorAll("svg[aria-labelledby='replay-calibration'] circle").Length);
    }

    [Fact]
    public async Task Months_are_told_newest_first_for_the_goals_of_the_first_row()
    {
        var page = await PageOf(new AdviceRecord(null, Replay(), Now));

        var months = page.QuerySelector("details.months")!;
        Assert.Equal("By month of asking (2)", months.QuerySelector("summary")!.TextContent);
        Assert.Equal(["Apr 2021", "Mar 2021"], months.QuerySelectorAll("tbody th").Select(month => month.FirstChild!.TextContent.Trim()));
        Assert.Equal(["not known", "+1.5 ± 0.5"], months.QuerySelectorAll("td[data-label='vs. last safe day']").Select(cell => cell.TextContent));
        Assert.Equal("100", Assert.Single(months.QuerySelectorAll("svg rect.gain")).GetAttribute("width"));
    }

    [Fact]
    public async Task Where_nothing_is_known_the_page_says_so()
    {
        var page = await PageOf(new AdviceRecord(null, null, Now));

        Assert.Empty(page.QuerySelectorAll("table[aria-labelledby='replay-title'], table[aria-labelledby='live-title']"));
        Assert.Contains("No replay was kept", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("No advice of the last months has an outcome yet", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("not known yet", page.QuerySelector("table[aria-labelledby='forecasts-title']")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_without_such_conversions_is_not_called_missing()
    {
        var page = await PageOf(new AdviceRecord(null, Replay() with { Rows = [], Months = [] }, Now));

        Assert.Contains("The replay has no such conversions", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("No replay was kept", page.Body.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_advice_followed_an_order_of_their_own_is_counted_apart()
    {
        var page = await PageOf(new AdviceRecord(new LiveAdvice(Now.AddDays(-90), Now, Given: 12, OwnOrders: 3, Waits: 2, Awaiting: 1, Unknown: 0, [], []), null, Now));

        Assert.Contains("2 to wait, 1 not judged yet, 3 on a target or floor of the person's own", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_chosen_is_asked_for_and_stays_chosen()
    {
        await using var host = await PageHost.Answering(NoQuestion, new RecordAnswer(Record(new AdviceRecord(null, Replay(), Now)), null, "live"));

        var page = await host.Page("/record?pair=EURUSD&amount=1000&side=BUY_BASE&risk=aggressive");

        Assert.Equal(new RecordQuestion("EURUSD", "1000", "aggressive", "BUY_BASE"), host.AskedOfRecord);
        Assert.Equal(["EURUSD", "1000", "BUY_BASE", "aggressive"], new[] { "pair", "amount", "side", "risk" }.Select(name => ((IHtmlSelectElement)page.QuerySelector($"select[name='{name}']")!).Value));
    }

    [Fact]
    public async Task A_question_that_is_wrong_is_a_problem_page_with_its_status()
    {
        await using var host = await PageHost.Answering(NoQuestion, new RecordAnswer(null, Problems.Invalid("invalid_pair", "pair", "two currencies", "<script>"), "live"));

        using var answer = await host.Get("/record?pair=%3Cscript%3E");

        Assert.Equal(422, (int)answer.StatusCode);
        Assert.DoesNotContain("<script>'", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<IHtmlDocument> PageOf(AdviceRecord advice)
    {
        await using var host = await PageHost.Answering(NoQuestion, new RecordAnswer(Record(advice), null, "live"));
        return await host.Page("/record");
    }

    private static IElement Cell(IHtmlDocument page, string label) => page.QuerySelector($"table[aria-labelledby='replay-title'] tbody tr td[data-label='{label}']")!;

    private static string Sense(IHtmlDocument page, string label) => Cell(page, label).ClassName!.Replace("num", "", StringComparison.Ordinal).Trim();

    private static TrackRecord Record(AdviceRecord advice)
    {
        var pooled = new HorizonRecord(null, 0, 0, 0, null, null, null, null, null, null, null, null, new DirectionRecord(0, null, 0, 1));
        return new TrackRecord(
            new ForecastRecord(new DateOnly(2025, 12, 18), new DateOnly(2026, 3, 18), null, [new RecordedModel("baseline", "baseline", new LiveRecord([], null, null, pooled, []), null)], Simulated: false, Now), advice);
    }

    private static ReplayedAdvice Replay() => new(
        Replay: true, Now.AddYears(-5), Now.AddYears(-4), 24, "champion", Now, 100, 0, 0, 0, 120, 20, 0,
        [Score(null, null), Score(new MoneyValue(1000m, "USD"), null), Score(null, 7), Score(new MoneyValue(1000m, "USD"), 7)],
        [Score(null, null) with { Month = new DateOnly(2021, 3, 1) }, Score(null, null) with { Month = new DateOnly(2021, 4, 1), Against = [] }, Score(null, null) with { Pair = "GBPUSD", Month = new DateOnly(2021, 4, 1) }]);

    private static AdviceScore Score(MoneyValue? amount, int? days) => new(
        "EURUSD", null, amount, days, "moderate", null, 100, 0.2, 35.4,
        [
            new AdviceComparison("at_once", 100, 0, -1, 1, 0, -1, 1, 0.1, 0.1),
            new AdviceComparison("last_safe_day", 100, 1.5, 1, 2, 0.15, 0.1, 0.2, 0.6, 0.4),
            new AdviceComparison("equal_parts", 100, -2, -3, -1, -0.2, -0.3, -0.1, 0.4, 0.6),
            new AdviceComparison("one_way_trading", 0, null, null, null, null, null, null, null, null),
            new AdviceComparison("hindsight", 100, -80, -90, -70, -8, -9, -7, 0, 0.9),
        ],
        new ConfidenceRecord(120, 0.52, 0.51, -0.02, 0.01, 0.01, 0.24, 0.25, "calibrated", [new ConfidenceBin(0.5, 0.49, 100), new ConfidenceBin(0.9, 0.92, 20)]));
}
