using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Cambist.App.Audit;
using Cambist.App.Goals;
using Cambist.App.Storage;
using Cambist.App.Tests.Accounts;
using Cambist.Client;
using Xunit;
using static Cambist.App.Tests.Goals.GoalHouse;

namespace Cambist.App.Tests.Goals;

/// <summary>Goals through the routes and the typed client.</summary>
public sealed class GoalRoutesTests : IAsyncLifetime
{
    private GoalHouse _house = null!;
    private CambistClient _ann = null!;

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "missing_field", "amount", """{"from_currency":"USD","to_currency":"EUR","deadline":"2026-06-30"}""" },
        { "contradictory_goal", "receive_amount", """{"amount":"5","receive_amount":"4","from_currency":"USD","to_currency":"EUR","deadline":"2026-06-30"}""" },
        { "invalid_amount", "amount", """{"amount":"-5","from_currency":"USD","to_currency":"EUR","deadline":"2026-06-30"}""" },
        { "invalid_amount", "amount", """{"amount":"9999999999999999","from_currency":"USD","to_currency":"EUR","deadline":"2026-06-30"}""" },
        { "amount_too_precise", "amount", """{"amount":"5.001","from_currency":"USD","to_currency":"EUR","deadline":"2026-06-30"}""" },
        { "unknown_currency", "from_currency", """{"amount":"5","from_currency":"DEM","to_currency":"EUR","deadline":"2026-06-30"}""" },
        { "same_currency", "to_currency", """{"amount":"5","from_currency":"EUR","to_currency":"EUR","deadline":"2026-06-30"}""" },
        { "deadline_past", "deadline", """{"amount":"5","from_currency":"USD","to_currency":"EUR","deadline":"2026-03-17"}""" },
        { "deadline_before_start", "deadline", """{"amount":"5","from_currency":"USD","to_currency":"EUR","deadline":"2026-06-30","starts":"2026-07-01"}""" },
        { "contradictory_goal", "deadline", """{"amount":"5","from_currency":"USD","to_currency":"EUR"}""" },
        { "start_too_far", "starts", """{"type":"recurring","amount":"5","from_currency":"USD","to_currency":"EUR","starts":"2099-12-31T23:00:00Z","time_zone":"Pacific/Auckland","recurrence":{"unit":"months"}}""" },
        { "deadline_too_far", "recurrence", """{"type":"recurring","amount":"5","from_currency":"USD","to_currency":"EUR","recurrence":{"unit":"years","every":60}}""" },
        { "target_already_reached", "target_rate", """{"type":"threshold","amount":"5","from_currency":"USD","to_currency":"EUR","target_rate":"0.9"}""" },
        { "invalid_target_rate", "target_rate", """{"type":"threshold","amount":"5","from_currency":"USD","to_currency":"EUR","target_rate":"0"}""" },
        { "contradictory_goal", "recurrence", """{"type":"recurring","amount":"5","from_currency":"USD","to_currency":"EUR"}""" },
        { "invalid_recurrence", "recurrence.day_of_month", """{"type":"recurring","amount":"5","from_currency":"USD","to_currency":"EUR","recurrence":{"unit":"months","day_of_month":32}}""" },
        { "unknown_type", "type", """{"type":"lottery","amount":"5","from_currency":"USD","to_currency":"EUR"}""" },
        { "unknown_provider", "usual_provider", """{"amount":"5","from_currency":"USD","to_currency":"EUR","deadline":"2026-06-30","usual_provider":"my-uncle"}""" },
        { "unknown_time_zone", "time_zone", """{"amount":"5","from_currency":"USD","to_currency":"EUR","deadline":"2026-06-30","time_zone":"Mars/Olympus"}""" },
        { "unknown_country", "country", """{"amount":"5","from_currency":"USD","to_currency":"EUR","deadline":"2026-06-30","country":"XX"}""" },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _house = await StartAsync();
        _ann = await _house.EnterAsync();
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_goal_that_cannot_be_is_refused_by_code_and_field(string code, string field, string body)
    {
        using var json = JsonDocument.Parse(body);
        var answer = await _house.House.PostAsync("/goals", json.RootElement, await TokenAsync());

        Assert.Equal((code, field), (answer.Code, answer["field"]));
        Assert.Empty((await _ann.Goals.PageAsync(cancellationToken: Stop)).Goals);
    }

    [Fact]
    public async Task A_large_goal_is_split_planned_and_advised_on()
    {
        var goal = await _ann.Goals.CreateAsync(OneTime(12_000m, "2026-06-30") with { Name = "tuition", UsualProvider = "wise" }, cancellationToken: Stop);

        Assert.Equal(("one_time", "tuition", "active", "send"), (goal.Type, goal.Name, goal.Status, goal.AmountSide));
        Assert.Equal(5, goal.Schedule.Count);
        Assert.Equal(["due", "planned", "planned", "planned", "planned"], goal.Schedule.Select(part => part.Status));
        Assert.All(goal.Schedule, part => Assert.Equal(new MoneyValue(2_400m, "USD"), part.Amount));
        Assert.True(goal.Schedule[^1].Latest < goal.Deadline);
        Assert.Equal(("CONVERT_NOW", new MoneyValue(2_400m, "USD"), "wise"), (goal.Recommendation!.Recommendation, goal.Recommendation.Amount, goal.Recommendation.Counterfactual!.Provider));
        Assert.Equal((0m, new MoneyValue(12_000m, "USD"), 0), (goal.Progress.Share, goal.Progress.Remaining, goal.Progress.Milestone));
        Assert.Equal(JsonSerializer.Serialize(goal, CambistJson.Wire.ConversionGoal), JsonSerializer.Serialize(await _ann.Goals.GetAsync(goal.Id, Stop), CambistJson.Wire.ConversionGoal));
    }

    [Fact]
    public async Task Every_type_is_planned_by_its_calendar()
    {
        var monthly = await _ann.Goals.CreateAsync(new GoalRequest { Type = "recurring", ReceiveAmount = 500m, FromCurrency = "USD", ToCurrency = "EUR", TimeZone = "Europe/Berlin", Recurrence = new RecurrenceRule("months", DayOfMonth: 31, Time: "09:00") }, cancellationToken: Stop);
        var averaging = await _ann.Goals.CreateAsync(
            new GoalRequest { Type = "dollar_cost_average", Amount = 1_000m, FromCurrency = "USD", ToCurrency = "EUR", Recurrence = new RecurrenceRule("weeks", Weekday: "friday", Count: 3) }, cancellationToken: Stop);
        var threshold = await _ann.Goals.CreateAsync(new GoalRequest { Type = "threshold", Amount = 50_000m, FromCurrency = "USD", ToCurrency = "EUR", TargetRate = 0.95m }, cancellationToken: Stop);

        Assert.Equal(("receive", new DateTimeOffset(2026, 4, 30, 7, 0, 0, TimeSpan.Zero)), (monthly.AmountSide, monthly.Deadline)); // The occurrence of 31 March ends with the last day of April.
        Assert.Equal("planned", Assert.Single(monthly.Schedule).Status);
        Assert.Null(monthly.Recommendation);
        Assert.Equal([333.34m, 333.33m, 333.33m], averaging.Schedule.Select(part => part.Amount.Amount));
        Assert.Equal([20, 27, 3], averaging.Schedule.Select(part => part.Earliest.Day));
        Assert.Null(Assert.Single(threshold.Schedule).Latest);
        Assert.Equal("WAIT", threshold.Recommendation!.Recommendation);
    }

    [Fact]
    public async Task A_deadline_on_a_holiday_is_taken_and_told()
    {
        var goal = await _ann.Goals.CreateAsync(OneTime(500m, "2026-04-03"), cancellationToken: Stop); // Good Friday.

        Assert.Contains(goal.Notes, note => note.Code == "deadline.no_business_day");
    }

    [Fact]
    public async Task What_a_goal_does_not_say_is_what_the_account_says()
    {
        await _ann.Account.ChangeAsync(new MeChange(TimeZone: "America/New_York", RiskTolerance: "aggressive", UsualProvider: "wise"), Stop);

        var goal = await _ann.Goals.CreateAsync(OneTime(500m, "2026-06-30"), cancellationToken: Stop);

        Assert.Equal(("America/New_York", "aggressive", "wise"), (goal.TimeZone, goal.RiskTolerance, goal.UsualProvider));
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 4, 0, 0, TimeSpan.Zero), goal.Deadline);
    }

    [Fact]
    public async Task The_same_request_with_one_key_makes_one_goal_and_records_one_conversion()
    {
        var goals = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => CodeOrIdAsync(async () => (await _ann.Goals.CreateAsync(OneTime(500m, "2026-06-30"), "key-1", Stop)).Id)));
        var goal = Assert.Single((await _ann.Goals.PageAsync(cancellationToken: Stop)).Goals);
        await _ann.Goals.RecordAsync(goal.Id, new ConversionRequest(100m, 89m, Provider: "wise"), "key-2", Stop);
        var again = await _ann.Goals.RecordAsync(goal.Id, new ConversionRequest(100m, 89m, Provider: "wise"), "key-2", Stop);

        Assert.All(goals, one => Assert.True(one == goal.Id || one == "idempotency_in_progress", one));
        Assert.Equal(100m, again.Progress.Converted.Amount);
        Assert.Single((await _ann.Goals.GetAsync(goal.Id, Stop)).Conversions!);
    }

    [Fact]
    public async Task A_change_replans_and_pausing_and_resuming_leave_the_rest()
    {
        var goal = await _ann.Goals.CreateAsync(OneTime(12_000m, "2026-06-30"), cancellationToken: Stop);

        var changed = await _ann.Goals.ChangeAsync(goal.Id, new GoalChange(Name: "car", Amount: 9_000m, Deadline: "2026-04-30", RiskTolerance: "conservative"), cancellationToken: Stop);
        var paused = await _ann.Goals.ChangeAsync(goal.Id, new GoalChange(Status: "paused"), cancellationToken: Stop);
        var resumed = await _ann.Goals.ChangeAsync(goal.Id, new GoalChange(Status: "active"), cancellationToken: Stop);

        Assert.Equal(("car", 9_000m, "conservative", new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero)), (changed.Name, changed.Amount.Amount, changed.RiskTolerance, changed.Deadline));
        Assert.Equal(9_000m, Assert.Single(changed.Schedule).Amount.Amount);
        Assert.Equal(("paused", "active", "car"), (paused.Status, resumed.Status, resumed.Name));
        Assert.Equal("deadline_past", (await ProblemAsync(() => _ann.Goals.ChangeAsync(goal.Id, new GoalChange(Deadline: "2026-01-01"), cancellationToken: Stop))).Code);
        Assert.Equal("unknown_status", (await ProblemAsync(() => _ann.Goals.ChangeAsync(goal.Id, new GoalChange(Status: "asleep"), cancellationToken: Stop))).Code);
    }

    [Fact]
    public async Task Of_two_changes_that_read_the_same_goal_the_second_is_told_and_without_a_tag_both_are_made()
    {
        var goal = await _ann.Goals.CreateAsync(OneTime(500m, "2026-06-30"), cancellationToken: Stop);
        var tag = (await GetAsync($"/api/v1/goals/{goal.Id}")).Headers.ETag!.ToString();

        await _ann.Goals.ChangeAsync(goal.Id, new GoalChange(Name: "first"), tag, Stop);
        var late = await ProblemAsync(() => _ann.Goals.ChangeAsync(goal.Id, new GoalChange(Name: "second"), tag, Stop));
        await Task.WhenAll(
            _ann.Goals.ChangeAsync(goal.Id, new GoalChange(RiskTolerance: "aggressive"), cancellationToken: Stop),
            _ann.Goals.ChangeAsync(goal.Id, new GoalChange(Amount: 700m), cancellationToken: Stop),
            _ann.Goals.ChangeAsync(goal.Id, new GoalChange(Deadline: "2026-05-30"), cancellationToken: Stop));

        var found = await _ann.Goals.GetAsync(goal.Id, Stop);
        Assert.Equal((412, "changed_meanwhile"), (late.Status, late.Code));
        Assert.Equal(("first", "aggressive", 700m, 5, 31), (found.Name, found.RiskTolerance, found.Amount.Amount, found.Deadline!.Value.Month, found.Deadline.Value.Day));
    }

    [Fact]
    public async Task Conversions_move_progress_count_savings_and_end_the_goal()
    {
        var goal = await _ann.Goals.CreateAsync(OneTime(1_000m, "2026-06-30") with { UsualProvider = "wise" }, cancellationToken: Stop);
        var usual = goal.Recommendation!.Counterfactual!;

        var first = await _ann.Goals.RecordAsync(goal.Id, new ConversionRequest(600m, 540m, Provider: "a friend"), cancellationToken: Stop);
        _house.House.Clock.Advance(TimeSpan.FromMilliseconds(2)); // The newer one comes first.
        var tooLarge = await ProblemAsync(() => _ann.Goals.RecordAsync(goal.Id, new ConversionRequest(400.02m, 360m, Provider: "wise"), cancellationToken: Stop));
        var last = await _ann.Goals.RecordAsync(goal.Id, new ConversionRequest(400.01m, Rate: 0.9m, Fee: 10m, Provider: "wise"), cancellationToken: Stop);
        var dashboard = await _ann.Goals.DashboardAsync(Stop);

        Assert.Equal((0.6m, 50, 0.9m, "active"), (first.Progress.Share, first.Progress.Milestone, first.Progress.BlendedRate, first.Status));
        Assert.Equal((422, "conversion_too_large"), (tooLarge.Status, tooLarge.Code));
        Assert.Equal(("completed", 100, 351m), (last.Status, last.Progress.Milestone, last.Conversions![0].ReceiveAmount.Amount)); // (400.01 − 10) × 0.9 = 351.009
        Assert.Equal(["wise", "wise"], last.Conversions.Select(conversion => conversion.SavedAgainst));
        Assert.True(last.Conversions[1].Saved!.Amount > 0m, $"600 at the mid-market rate against {usual}");
        Assert.Equal(last.Conversions.Sum(conversion => conversion.SavedUsd!.Amount), dashboard.SavingsThisMonth.Amount);
        Assert.Equal((2, 0, 0), (dashboard.Savings.AllTime.Counted, dashboard.Savings.AllTime.NotCounted, dashboard.ActiveGoals.Count));
        Assert.Equal("conversion_too_large", (await ProblemAsync(() => _ann.Goals.RecordAsync(goal.Id, new ConversionRequest(1m, 1m, Provider: "wise"), cancellationToken: Stop))).Code);
    }

    [Fact]
    public async Task Without_a_provider_that_was_named_before_nothing_is_saved()
    {
        var goal = await _ann.Goals.CreateAsync(OneTime(1_000m, "2026-06-30"), cancellationToken: Stop);
        var recorded = await _ann.Goals.RecordAsync(goal.Id, new ConversionRequest(600m, 540m, Provider: "wise"), cancellationToken: Stop);
        var sum = (await _ann.Goals.DashboardAsync(Stop)).Savings.Month;

        Assert.Null(recorded.Conversions![0].SavedAgainst);
        Assert.Equal((0, 1, 0m), (sum.Counted, sum.NotCounted, sum.Usd.Amount));
    }

    [Theory]
    [InlineData("""{"receive_amount":"4","provider":"wise"}""", "missing_field", "send_amount")]
    [InlineData("""{"send_amount":"4","provider":"wise"}""", "missing_field", "receive_amount")]
    [InlineData("""{"send_amount":"4","receive_amount":"4","rate":"1","provider":"wise"}""", "contradictory_conversion", "rate")]
    [InlineData("""{"send_amount":"4","rate":"1","fee":"4","provider":"wise"}""", "invalid_fee", "fee")]
    [InlineData("""{"send_amount":"4","rate":"0.0001","provider":"wise"}""", "nothing_received", "rate")]
    [InlineData("""{"send_amount":"4","receive_amount":"4"}""", "missing_field", "provider")]
    [InlineData("""{"send_amount":"4","receive_amount":"4","provider":"wise","executed_at":"2026-03-18T12:00:01Z"}""", "conversion_in_future", "executed_at")]
    public async Task A_conversion_that_cannot_be_is_refused_by_code_and_field(string body, string code, string field)
    {
        var goal = await _ann.Goals.CreateAsync(OneTime(1_000m, "2026-06-30"), cancellationToken: Stop);
        using var json = JsonDocument.Parse(body);

        var answer = await _house.House.PostAsync($"/goals/{goal.Id}/conversions", json.RootElement, await TokenAsync());

        Assert.Equal((code, field), (answer.Code, answer["field"]));
    }

    [Fact]
    public async Task A_goal_is_told_to_nobody_else_and_to_nobody_who_is_not_logged_in()
    {
        var goal = await _ann.Goals.CreateAsync(OneTime(500m, "2026-06-30"), cancellationToken: Stop);
        var eve = await _house.EnterAsync("eve@example.org");

        Assert.Equal("goal_not_found", (await ProblemAsync(() => eve.Goals.GetAsync(goal.Id, Stop))).Code);
        Assert.Equal("goal_not_found", (await ProblemAsync(() => eve.Goals.ChangeAsync(goal.Id, new GoalChange(Name: "mine"), cancellationToken: Stop))).Code);
        Assert.Equal("goal_not_found", (await ProblemAsync(() => eve.Goals.RecordAsync(goal.Id, new ConversionRequest(1m, 1m, Provider: "wise"), cancellationToken: Stop))).Code);
        Assert.Equal("goal_not_found", (await ProblemAsync(() => eve.Goals.CancelAsync(goal.Id, Stop))).Code);
        Assert.Empty((await eve.Goals.PageAsync(cancellationToken: Stop)).Goals);
        Assert.Equal(401, (await _house.House.GetAsync("/goals")).Status);
        Assert.Equal(401, (await _house.House.GetAsync("/dashboard")).Status);
    }

    [Fact]
    public async Task Pages_go_on_where_the_one_before_ended_and_cancelled_goals_stay_to_be_read()
    {
        var ids = new List<string>();
        for (var number = 0; number < 5; number++)
        {
            ids.Insert(0, (await _ann.Goals.CreateAsync(OneTime(500m + number, "2026-06-30"), cancellationToken: Stop)).Id);
            _house.House.Clock.Advance(TimeSpan.FromMilliseconds(2));
        }

        await _ann.Goals.CancelAsync(ids[1], Stop);
        await _ann.Goals.CancelAsync(ids[1], Stop);
        var token = await TokenAsync();
        var first = await _house.House.GetAsync("/goals?limit=2", token);
        var second = await _house.House.GetAsync($"/goals?limit=2&cursor={first["next_cursor"]}", token);
        var third = await _house.House.GetAsync($"/goals?limit=2&cursor={second["next_cursor"]}", token);

        Assert.Equal(ids, new[] { first, second, third }.SelectMany(page => page.Json.GetProperty("goals").EnumerateArray()).Select(goal => goal.GetProperty("id").GetString()));
        Assert.Equal(JsonValueKind.Null, third.Json.GetProperty("next_cursor").ValueKind);
        Assert.Equal(ids[1], Assert.Single((await _ann.Goals.PageAsync("cancelled", cancellationToken: Stop)).Goals).Id);
        Assert.Equal("goal_ended", (await ProblemAsync(() => _ann.Goals.ChangeAsync(ids[1], new GoalChange(Name: "x"), cancellationToken: Stop))).Code);
        Assert.Equal(["invalid_limit", "invalid_cursor", "unknown_status"], new[]
        {
            (await _house.House.GetAsync("/goals?limit=0", token)).Code, (await _house.House.GetAsync("/goals?cursor=x", token)).Code, (await _house.House.GetAsync("/goals?status=x", token)).Code,
        });
    }

    [Fact]
    public async Task Goals_are_exported_and_erased_with_the_account_and_no_figure_is_plain_in_the_database_or_the_trail()
    {
        var goal = await _ann.Goals.CreateAsync(OneTime(7_654.32m, "2026-06-29") with { Name = "Annabella's house", UsualProvider = "wise" }, "key-7", Stop);
        await _ann.Goals.RecordAsync(goal.Id, new ConversionRequest(1_234.56m, 1_111.11m, Provider: "Uncle Scrooge"), cancellationToken: Stop);

        var stored = Encoding.Latin1.GetString(FilesOf(_house));
        var trail = _house.House.Cambist.Service<AuditTrail>().Last(100);
        var export = await _ann.Account.ExportAsync(Stop);
        await _ann.Account.EraseAsync(Stop);

        Assert.Contains(goal.Id, stored, StringComparison.Ordinal);
        Assert.All((string[])["7654.32", "1234.56", "1111.11", "Annabella", "Scrooge", "2026-06-30", "CONVERT_NOW"], figure => Assert.DoesNotContain(figure, stored, StringComparison.Ordinal));
        Assert.Equal(["goal.converted", "goal.created"], trail.Where(one => one.Kind.StartsWith("goal.", StringComparison.Ordinal)).Select(one => one.Kind));
        Assert.Equal(1_234.56m, decimal.Parse(export.GetProperty("goals")[0].GetProperty("conversions")[0].GetProperty("send_amount").GetProperty("amount").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
        using var connection = _house.House.Cambist.Store.Connect();
        Assert.Equal([0L, 0L], new[] { "goal", "goal_conversion" }.Select(table => (long)connection.Scalar($"SELECT count(*) FROM {table};")!));
    }

    [Fact]
    public async Task There_is_a_most_of_goals()
    {
        var goal = await _ann.Goals.CreateAsync(OneTime(500m, "2026-06-30"), cancellationToken: Stop);
        var store = _house.House.Cambist.Service<GoalStore>();
        var one = store.Find(await AccountAsync(), goal.Id)!;
        for (var number = 1; number < GoalStore.Most; number++)
        {
            Assert.True(store.TryAdd(one with { Id = Guid.NewGuid().ToString("D") }, effect: null));
        }

        Assert.Equal("too_many_goals", (await ProblemAsync(() => _ann.Goals.CreateAsync(OneTime(500m, "2026-06-30"), cancellationToken: Stop))).Code);
    }

    private static byte[] FilesOf(GoalHouse house) =>
        [.. Directory.EnumerateFiles(Path.GetDirectoryName(((SqliteStore)house.House.Cambist.Store).DatabasePath)!, SqliteStore.FileName + "*").SelectMany(file =>
        {
            using var shared = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            shared.CopyTo(bytes);
            return bytes.ToArray();
        })];

    private static async Task<string> CodeOrIdAsync(Func<Task<string>> act)
    {
        try
        {
            return await act();
        }
        catch (CambistProblemException fault)
        {
            return fault.Problem.Code;
        }
    }

    private async Task<string> AccountAsync() => (await _ann.Account.MeAsync(Stop)).Id;

    private async Task<string> TokenAsync() => (await _house.House.LoginAsync()).AccessToken;

    private async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync());
        return await _house.House.Http.SendAsync(request, Stop);
    }
}
