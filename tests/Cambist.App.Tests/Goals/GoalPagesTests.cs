using Cambist.App.Tests.Accounts.Pages;
using Cambist.Client;
using Xunit;
using static Cambist.App.Tests.Goals.GoalHouse;

namespace Cambist.App.Tests.Goals;

/// <summary>Goals on the pages, in a browser without scripts.</summary>
public sealed class GoalPagesTests : IAsyncLifetime
{
    private GoalHouse _house = null!;
    private CambistClient _ann = null!;
    private Browser _browser = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _house = await StartAsync();
        _ann = await _house.EnterAsync();
        _browser = await Browser.LoggedInAsync(_house.House);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _house.DisposeAsync();
    }

    [Theory]
    [InlineData("/goals")]
    [InlineData("/goals/new?type=recurring&amount=5")]
    [InlineData("/goals/018f")]
    [InlineData("/goals/018f/cancel")]
    public async Task Who_is_a_stranger_logs_in_and_comes_back(string address)
    {
        using var stranger = new Browser(_house.House);

        var shown = await stranger.GetAsync(address);

        Assert.Equal((302, $"/account/login?return={Uri.EscapeDataString(address)}"), (shown.Status, shown.Location));
    }

    [Fact]
    public async Task A_goal_is_made_converted_paused_changed_and_given_up()
    {
        var empty = await _browser.GetAsync("/goals");
        Assert.Contains("You have no goal yet", empty.Text, StringComparison.Ordinal);
        Assert.True(empty.IsNotStored);

        var goal = await MakeAsync(("name", "<script>alert(1)</script>"), ("amount", "5,000.00"), ("usual_provider", "wise"));
        var shown = await _browser.GetAsync($"{goal}?note=goal-made");
        Assert.Equal("The goal is made, and planned.", _browser.Page.QuerySelector("[role=status]")!.TextContent);
        Assert.Equal("<script>alert(1)</script> Convert now", _browser.Page.QuerySelector("h1")!.TextContent);
        Assert.DoesNotContain("<script>alert", shown.Text, StringComparison.Ordinal);

        var recorded = await _browser.SubmitAsync("conversion", ("send_amount", "1000"), ("receive_amount", "890"), ("provider", "wise"), ("executed_at", "2026-03-18T12:00"));
        await _browser.GetAsync(recorded.Location!);
        Assert.Equal(["1,000.00 USD"], _browser.Page.QuerySelectorAll("td[data-label=Paid]").Select(cell => cell.TextContent));
        Assert.Equal("against Wise", _browser.Page.QuerySelector("td[data-label=Saved] small")!.TextContent);

        await _browser.SubmitAsync("pause", ("to", "paused"));
        await _browser.GetAsync(goal);
        Assert.Equal("Paused", _browser.Page.QuerySelector("h1 .badge")!.TextContent);
        await _browser.SubmitAsync("pause", ("to", "active"));
        await _browser.GetAsync(goal);
        var changed = await _browser.SubmitAsync("change", ("name", "rent"), ("amount", "6000"), ("deadline", "2026-07-31"));
        Assert.Equal($"{goal}?note=saved", changed.Location);

        await _browser.GetAsync("/goals");
        Assert.Equal("rent", _browser.Page.QuerySelector("#active-title ~ ul h3")!.TextContent);
        await _browser.GetAsync($"{goal}/cancel");
        Assert.Equal("active", (await _ann.Goals.GetAsync(IdOf(goal), Stop)).Status); // The page asks, and does nothing by itself.
        await _browser.SubmitAsync("cancel");
        var given = await _ann.Goals.GetAsync(IdOf(goal), Stop);
        Assert.Equal(("cancelled", "rent", 6_000m, new DateTimeOffset(2026, 8, 1, 0, 0, 0, TimeSpan.Zero)), (given.Status, given.Name, given.Amount.Amount, given.Deadline));
        await _browser.GetAsync(goal);
        Assert.DoesNotContain(_browser.Page.Forms, form => form.QuerySelector("[name=_handler]") is not null);
    }

    [Fact]
    public async Task A_kind_asks_for_its_own_fields_and_carries_the_question_along()
    {
        await _browser.GetAsync("/goals/new?amount=700&from_currency=GBP&to_currency=JPY&deadline=2026-06-30&amount_side=receive");
        var threshold = _browser.Page.QuerySelectorAll(".kinds a").Single(link => link.TextContent == "Target rate").GetAttribute("href")!;
        Assert.Null(_browser.Page.GetElementById("target_rate"));

        await _browser.GetAsync(threshold);

        Assert.NotNull(_browser.Page.GetElementById("target_rate"));
        Assert.Null(_browser.Page.GetElementById("recurrence.unit"));
        var form = Browser.Fields(_browser.Form("goal"));
        Assert.Equal(("threshold", "700", "receive", "GBP", "JPY", "2026-06-30"), (form["type"], form["amount"], form["amount_side"], form["from_currency"], form["to_currency"], form["deadline"]));
    }

    [Fact]
    public async Task A_calendar_is_taken_as_it_was_chosen()
    {
        await _browser.GetAsync("/goals/new?type=recurring");
        var made = await _browser.SubmitAsync(
            "goal", ("amount", "500"), ("amount_side", "receive"), ("from_currency", "USD"), ("to_currency", "EUR"), ("recurrence.unit", "weeks"), ("recurrence.every", "2"), ("recurrence.weekday", "friday"),
            ("recurrence.time", "09:00"), ("recurrence.count", "4"), ("time_zone", "Europe/Berlin"));

        var goal = await _ann.Goals.GetAsync(IdOf(made.Location!), Stop);

        Assert.Equal(("recurring", "receive", "Europe/Berlin"), (goal.Type, goal.AmountSide, goal.TimeZone));
        Assert.Equal(new RecurrenceRule("weeks", 2, null, "friday", "09:00", "2026-03-18", null, 4), goal.Recurrence);
    }

    [Fact]
    public async Task A_conversion_that_is_sent_many_times_is_recorded_once()
    {
        var goal = await MakeAsync(("amount", "5000"));
        await _browser.GetAsync(goal);
        var form = Browser.Fields(_browser.Form("conversion"));
        (form["send_amount"], form["receive_amount"], form["provider"]) = ("1000", "890", "wise");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _browser.PostAsync(goal, form)));
        var later = await _browser.PostAsync(goal, form);
        var other = await _browser.PostAsync(goal, new Dictionary<string, string>(form) { ["send_amount"] = "1100" });

        Assert.All(answers, answer => Assert.Equal(303, answer.Status));
        Assert.Equal((303, $"{goal}?note=converted"), (later.Status, later.Location));
        Assert.Equal(409, other.Status);
        Assert.Equal(1_000m, Assert.Single((await _ann.Goals.GetAsync(IdOf(goal), Stop)).Conversions!).SendAmount.Amount);
        Assert.Equal("1100", _browser.Page.GetElementById("send_amount")!.GetAttribute("value"));
        Assert.Equal(303, (await _browser.SubmitAsync("conversion")).Status); // On purpose: the form has another key now.
        Assert.Equal(2, (await _ann.Goals.GetAsync(IdOf(goal), Stop)).Conversions!.Count);
    }

    [Fact]
    public async Task The_second_click_of_what_ends_or_pauses_a_goal_is_answered_as_the_first_one()
    {
        var goal = await MakeAsync(("amount", "5000"));
        await _browser.GetAsync(goal);
        var pause = Browser.Fields(_browser.Form("pause"));
        pause["to"] = "paused";
        var paused = new[] { await _browser.PostAsync(goal, pause), await _browser.PostAsync(goal, pause) };
        var form = Browser.Fields(_browser.Form("conversion"));
        (form["send_amount"], form["receive_amount"], form["provider"]) = ("5000", "4450", "wise");
        var ended = new[] { await _browser.PostAsync(goal, form), await _browser.PostAsync(goal, form) };

        Assert.All(paused, answer => Assert.Equal((303, $"{goal}?note=goal-paused"), (answer.Status, answer.Location)));
        Assert.All(ended, answer => Assert.Equal((303, $"{goal}?note=converted"), (answer.Status, answer.Location)));
        Assert.Equal("completed", (await _ann.Goals.GetAsync(IdOf(goal), Stop)).Status);
    }

    [Fact]
    public async Task A_form_that_was_refused_can_be_mended_and_is_done_once()
    {
        var goal = await MakeAsync(("amount", "5000"));
        await _browser.GetAsync(goal);

        var refused = await _browser.SubmitAsync("conversion", ("send_amount", "9000"), ("rate", "0.89"), ("provider", "wise"));
        var form = Browser.Fields(_browser.Form("conversion"));
        form["send_amount"] = "900";
        var mended = await _browser.PostAsync(goal, form);
        var again = await _browser.PostAsync(goal, form);

        Assert.Equal((422, 303, 303), (refused.Status, mended.Status, again.Status));
        Assert.Single((await _ann.Goals.GetAsync(IdOf(goal), Stop)).Conversions!);
    }

    [Fact]
    public async Task A_goal_that_is_sent_twice_is_made_once()
    {
        await _browser.GetAsync("/goals/new");
        var form = Browser.Fields(_browser.Form("goal"));
        (form["amount"], form["from_currency"], form["to_currency"], form["deadline"]) = ("500", "USD", "EUR", "2026-06-30");

        var first = await _browser.PostAsync("/goals/new", form);
        var second = await _browser.PostAsync("/goals/new", form);

        Assert.Equal((303, first.Location), (second.Status, second.Location));
        Assert.Single((await _ann.Goals.PageAsync(cancellationToken: Stop)).Goals);
    }

    [Fact]
    public async Task A_goal_that_was_changed_meanwhile_is_left_alone_and_shown_as_it_is_now()
    {
        var goal = await MakeAsync(("amount", "5000"));
        await _browser.GetAsync(goal);
        await _ann.Goals.ChangeAsync(IdOf(goal), new GoalChange(Amount: 7_000m), cancellationToken: Stop);

        var late = await _browser.SubmitAsync("change", ("name", "rent"));

        Assert.Equal(412, late.Status);
        Assert.StartsWith("Nothing was done", _browser.Page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("7000", Browser.Fields(_browser.Form("change"))["amount"].Split('.')[0]);
        Assert.Equal((303, $"{goal}?note=saved"), await SavedAsync("rent"));
        await _browser.GetAsync(goal);
        var twice = Browser.Fields(_browser.Form("change"));
        twice["name"] = "tuition";
        Assert.Equal((303, 303), ((await _browser.PostAsync(goal, twice)).Status, (await _browser.PostAsync(goal, twice)).Status));

        async Task<(int, string?)> SavedAsync(string name)
        {
            var saved = await _browser.SubmitAsync("change", ("name", name));
            return (saved.Status, saved.Location);
        }
    }

    [Theory]
    [InlineData("deadline", "")]
    [InlineData("deadline", "2026-03-17")]
    [InlineData("amount", "")]
    [InlineData("amount", "5.001")]
    [InlineData("usual_provider", "my-uncle")]
    public async Task A_change_that_cannot_be_is_told_at_its_field_and_changes_nothing(string field, string typed)
    {
        var goal = await MakeAsync(("amount", "5000"));
        await _browser.GetAsync(goal);

        var refused = await _browser.SubmitAsync("change", ("name", "rent"), (field, typed));

        Assert.InRange(refused.Status, 400, 422);
        Assert.StartsWith($"'{field}' is ", _browser.Page.GetElementById($"{field}-problem")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(_browser.Page.QuerySelector("details[open] #name[value=rent]"));
        Assert.Null((await _ann.Goals.GetAsync(IdOf(goal), Stop)).Name);
    }

    [Theory]
    [InlineData("send_amount", "1000x")]
    [InlineData("receive_amount", "")]
    [InlineData("rate", "0.9")]
    [InlineData("fee", "-1")]
    [InlineData("provider", "")]
    [InlineData("executed_at", "2026-03-18T14:00")]
    [InlineData("executed_at", "yesterday")]
    public async Task A_conversion_that_cannot_be_is_told_at_its_field_and_is_not_recorded(string field, string typed)
    {
        var goal = await MakeAsync(("amount", "5000"), ("time_zone", "Europe/Berlin")); // There it is 13:00.
        await _browser.GetAsync(goal);

        var refused = await _browser.SubmitAsync("conversion", ("send_amount", "1000"), ("receive_amount", "890"), ("provider", "wise"), (field, typed));

        Assert.InRange(refused.Status, 400, 422);
        Assert.StartsWith($"'{field}' is ", _browser.Page.GetElementById($"{field}-problem")!.TextContent, StringComparison.Ordinal);
        Assert.Equal((typed, true), (_browser.Page.GetElementById(field)!.GetAttribute("value") ?? "", _browser.Page.GetElementById(field)!.HasAttribute("autofocus")));
        Assert.Empty((await _ann.Goals.GetAsync(IdOf(goal), Stop)).Conversions!);
    }

    [Fact]
    public async Task Another_persons_goal_is_not_there()
    {
        var goal = await MakeAsync(("amount", "5000"));
        await _browser.GetAsync(goal);
        var form = Browser.Fields(_browser.Form("conversion"));
        (form["send_amount"], form["receive_amount"], form["provider"]) = ("1000", "890", "wise");
        await _house.House.AddAsync("mallory@example.org");
        using var mallory = await Browser.LoggedInAsync(_house.House, "mallory@example.org");
        await mallory.GetAsync("/goals/new");
        form["__RequestVerificationToken"] = mallory.Token;

        var shown = await mallory.GetAsync(goal);
        var unknown = await mallory.GetAsync($"/goals/{Guid.Empty}");

        Assert.Equal((404, 404, 404), (shown.Status, unknown.Status, (await mallory.GetAsync($"{goal}/cancel")).Status));
        Assert.Equal(Body(unknown), Body(shown));
        Assert.Equal((404, 404), ((await mallory.PostAsync(goal, form)).Status, (await mallory.PostAsync($"{goal}/cancel", new Dictionary<string, string>(form) { ["_handler"] = "cancel" })).Status));
        var still = await _ann.Goals.GetAsync(IdOf(goal), Stop);
        Assert.Equal(("active", 0), (still.Status, still.Conversions!.Count));

        static string Body(Shown shown) => shown.Text[shown.Text.IndexOf("<main", StringComparison.Ordinal)..shown.Text.IndexOf("</main>", StringComparison.Ordinal)];
    }

    [Theory]
    [InlineData("", "conversion", "send_amount", "1000")]
    [InlineData("", "change", "name", "Mallory")]
    [InlineData("", "pause", "to", "paused")]
    [InlineData("/cancel", "cancel", "", "")]
    public async Task A_forged_form_changes_nothing(string page, string name, string field, string value)
    {
        var goal = await MakeAsync(("amount", "5000"));
        await _browser.GetAsync(goal + page);
        var form = Browser.Fields(_browser.Form(name));
        (form["receive_amount"], form["provider"], form[field.Length > 0 ? field : "nothing"]) = ("890", "wise", value);
        var before = await _ann.Goals.GetAsync(IdOf(goal), Stop);

        var bare = await _browser.PostAsync(goal + page, form.Where(one => one.Key != "__RequestVerificationToken").ToDictionary());
        _browser.Headers["Sec-Fetch-Site"] = "cross-site";
        var foreign = await _browser.PostAsync(goal + page, form);
        _browser.Headers.Clear();

        Assert.Equal((400, 400), (bare.Status, foreign.Status));
        var after = await _ann.Goals.GetAsync(IdOf(goal), Stop);
        Assert.Equal((before.UpdatedAt, before.Status, before.Name, 0), (after.UpdatedAt, after.Status, after.Name, after.Conversions!.Count));
        Assert.Equal(303, (await _browser.PostAsync(goal + page, form)).Status); // And so the test can fail.
    }

    private async Task<string> MakeAsync(params (string, string)[] fields)
    {
        await _browser.GetAsync("/goals/new");
        var made = await _browser.SubmitAsync("goal", [("from_currency", "USD"), ("to_currency", "EUR"), ("deadline", "2026-06-30"), .. fields]);
        Assert.Equal(303, made.Status);
        return made.Location!.Split('?')[0];
    }

    private static string IdOf(string address) => address.Split('?')[0].Split('/')[2];
}
