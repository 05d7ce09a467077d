using System.Text.Json;
using Cambist.App.Assistant;
using Cambist.App.Assistant.Log;
using Cambist.App.Goals;
using Cambist.App.Storage;
using Cambist.App.Streaming;
using Cambist.App.Tests.Accounts;
using Cambist.App.Tests.Storage;
using Cambist.App.Tests.Streaming;
using Cambist.Client;
using Cambist.Domain.Currencies;
using Xunit;
using static Cambist.App.Tests.Goals.GoalHouse;

namespace Cambist.App.Tests.Goals;

public sealed class SqliteGoalEvaluationTests() : GoalEvaluationContract(Engine.Sqlite);

public sealed class PostgresGoalEvaluationTests() : GoalEvaluationContract(Engine.Postgres);

/// <summary>How goals are looked after, on every engine.</summary>
public abstract class GoalEvaluationContract(Engine engine) : IAsyncLifetime
{
    private readonly TestDatabase? _postgres = engine == Engine.Sqlite ? null : new TestDatabase(engine);
    private GoalHouse _house = null!;
    private CambistClient _ann = null!;

    private static readonly DateTimeOffset Far = new(2999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _house = await StartAsync(_postgres);
        _ann = await _house.EnterAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        _postgres?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Every_four_hours_the_advice_is_made_anew()
    {
        var goal = await _ann.Goals.CreateAsync(OneTime(500m, "2026-06-30"), cancellationToken: Stop);

        await _house.PassAsync(TimeSpan.FromHours(3.9));
        var early = await _ann.Goals.GetAsync(goal.Id, Stop);
        await _house.PassAsync(TimeSpan.FromHours(0.1));
        var late = await _ann.Goals.GetAsync(goal.Id, Stop);

        Assert.Equal(AccountHouse.Start, early.Recommendation!.AsOf);
        Assert.Equal(AccountHouse.Start.AddHours(4), late.Recommendation!.AsOf);
        Assert.Equal(goal.UpdatedAt, late.UpdatedAt); // Advice is no change of the goal.
    }

    [Fact]
    public async Task The_service_looks_each_minute_by_itself()
    {
        await _ann.Goals.CreateAsync(OneTime(500m, "2026-06-30"), cancellationToken: Stop);
        var atStart = await _house.LookedAsync(() => _house.Evaluation.StartAsync(Stop));
        _house.House.Cambist.Service<GoalClaims>().Hasten(CurrencyPair.Parse("USD/EUR"), Far);

        var next = await _house.LookedAsync(() =>
        {
            _house.House.Clock.Advance(GoalEvaluation.Interval);
            return Task.CompletedTask;
        });

        Assert.Equal((new GoalRoundResult(0, 0), new GoalRoundResult(1, 1)), (atStart, next));
    }

    [Fact]
    public async Task A_target_that_is_reached_turns_the_advice_and_its_owner_hears_of_both_once()
    {
        var goal = await _ann.Goals.CreateAsync(Threshold(0.95m), cancellationToken: Stop);
        var heard = await HeardAsync(() =>
        {
            _house.Tell("USD/EUR", 0.96m);
            LookAgain();
            LookAgain();
            return Task.CompletedTask;
        });

        var found = await _ann.Goals.GetAsync(goal.Id, Stop);
        Assert.Equal(("WAIT", "CONVERT_NOW"), (goal.Recommendation!.Recommendation, found.Recommendation!.Recommendation));
        Assert.Equal(AccountHouse.Start, found.TargetReachedAt);
        Assert.Equal(["goal_progress target_reached", "recommendation_change CONVERT_NOW"], heard);
    }

    [Fact]
    public async Task Advice_on_a_goal_is_logged_when_it_is_new_and_not_each_time_that_the_goal_is_looked_at()
    {
        await _ann.Goals.CreateAsync(Threshold(0.95m), cancellationToken: Stop);
        LookAgain();
        LookAgain();
        _house.Tell("USD/EUR", 0.96m);
        LookAgain();
        LookAgain();

        var log = _house.House.Cambist.Service<DecisionLog>();
        var replayed = new DecisionReplay(log).Run(0, 10).ToList();
        Assert.Equal(2, replayed.Count);
        Assert.All(replayed, one => Assert.True(one.IsSame, one.Difference));
        Assert.Null(log.Verify(cancellationToken: Stop).Fault);
    }

    [Fact]
    public async Task A_goal_in_a_currency_that_was_withdrawn_since_can_be_read_and_is_told_why_there_is_no_advice()
    {
        var goal = await _ann.Goals.CreateAsync(OneTime(500m, "2026-06-30"), cancellationToken: Stop);
        using (var connection = _house.House.Cambist.Store.Connect())
        {
            connection.Execute("UPDATE goal SET pair = 'USDBGN', evaluate_at = created_at WHERE id = @id;", ("id", goal.Id));
        }

        _house.House.Cambist.Service<GoalRound>().Run(Stop);

        var found = await _ann.Goals.GetAsync(goal.Id, Stop);
        Assert.Equal(("BGN", null, "currency_withdrawn"), (found.ToCurrency, found.Recommendation, found.RecommendationMissing?.Code));
        Assert.Single((await _ann.Goals.PageAsync(cancellationToken: Stop)).Goals);
    }

    [Fact]
    public async Task A_goal_whose_deadline_has_passed_expires_and_a_later_deadline_revives_it()
    {
        var goal = await _ann.Goals.CreateAsync(OneTime(500m, "2026-03-18T15:00:00Z"), cancellationToken: Stop);

        await _house.PassAsync(TimeSpan.FromHours(3.1));
        await EnterAgainAsync();
        var expired = await _ann.Goals.GetAsync(goal.Id, Stop);
        var revived = await _ann.Goals.ChangeAsync(goal.Id, new GoalChange(Deadline: "2026-05-25"), cancellationToken: Stop);

        Assert.Equal(("expired", null, "active"), (expired.Status, expired.Recommendation, revived.Status));
        Assert.NotNull(revived.Recommendation);
    }

    [Fact]
    public async Task A_recurring_goal_goes_on_with_its_next_occurrence_and_ends_after_the_last()
    {
        var goal = await _ann.Goals.CreateAsync(
            new GoalRequest { Type = "recurring", Amount = 500m, FromCurrency = "USD", ToCurrency = "EUR", Recurrence = new RecurrenceRule("days", Count: 2) }, cancellationToken: Stop);
        var done = await _ann.Goals.RecordAsync(goal.Id, new ConversionRequest(500m, 450m, Provider: "wise"), cancellationToken: Stop);

        await _house.PassAsync(goal.Deadline!.Value - AccountHouse.Start);
        var second = await _ann.Goals.GetAsync(goal.Id, Stop);
        var last = await _ann.Goals.RecordAsync(goal.Id, new ConversionRequest(500m, 450m, Provider: "wise"), cancellationToken: Stop);

        Assert.Equal(("active", 1m), (done.Status, done.Progress.Share));
        Assert.Equal((0m, goal.Deadline.Value.AddDays(1), "due"), (second.Progress.Share, second.Deadline, second.Schedule[0].Status));
        Assert.Equal(("completed", 2), (last.Status, last.Conversions!.Count));
    }

    [Fact]
    public async Task Paused_and_cancelled_goals_are_left_alone()
    {
        var paused = await _ann.Goals.CreateAsync(OneTime(500m, "2026-03-18T15:00:00Z"), cancellationToken: Stop);
        var cancelled = await _ann.Goals.CreateAsync(OneTime(500m, "2026-03-18T15:00:00Z"), cancellationToken: Stop);
        await _ann.Goals.ChangeAsync(paused.Id, new GoalChange(Status: "paused"), cancellationToken: Stop);
        await _ann.Goals.CancelAsync(cancelled.Id, Stop);

        await _house.PassAsync(TimeSpan.FromHours(3.1));
        await EnterAgainAsync();

        Assert.Equal(("paused", "cancelled"), ((await _ann.Goals.GetAsync(paused.Id, Stop)).Status, (await _ann.Goals.GetAsync(cancelled.Id, Stop)).Status));
    }

    [Fact]
    public async Task A_wait_turns_into_a_conversion_while_there_is_time_to_order()
    {
        var goal = await _ann.Goals.CreateAsync(Threshold(2m) with { Deadline = "2026-03-24" }, cancellationToken: Stop);
        var safe = goal.Recommendation!.LatestSafeDate!.Value;
        Assert.Equal(("WAIT", true), (goal.Recommendation.Recommendation, safe > AccountHouse.Start.AddHours(5)));

        await _house.PassAsync(safe - GoalTurn.Every - AccountHouse.Start);
        await EnterAgainAsync();
        var near = await _ann.Goals.GetAsync(goal.Id, Stop);
        await _house.PassAsync(GoalTurn.Every + TimeSpan.FromMinutes(2));
        await EnterAgainAsync();
        var past = await _ann.Goals.GetAsync(goal.Id, Stop);

        // Not put off to a provider that is faster and dearer once the last safe order with the one that was named has come.
        Assert.Equal(("CONVERT_NOW", "CONVERT_NOW"), (near.Recommendation!.Recommendation, past.Recommendation!.Recommendation));
    }

    [Fact]
    public async Task What_was_paused_over_the_end_of_its_time_is_not_advised_on_when_it_is_resumed()
    {
        var once = await _ann.Goals.CreateAsync(OneTime(500m, "2026-03-18T14:00:00Z"), cancellationToken: Stop);
        var daily = await _ann.Goals.CreateAsync(
            new GoalRequest { Type = "recurring", Amount = 500m, FromCurrency = "USD", ToCurrency = "EUR", TimeZone = "Etc/UTC", Starts = "2026-03-17T15:00:00Z", Recurrence = new RecurrenceRule("days", Time: "15:00", Start: "2026-03-17") }, cancellationToken: Stop);
        await _ann.Goals.ChangeAsync(once.Id, new GoalChange(Status: "paused"), cancellationToken: Stop);
        var paused = await _ann.Goals.ChangeAsync(daily.Id, new GoalChange(Status: "paused"), cancellationToken: Stop);

        await _house.PassAsync(TimeSpan.FromHours(4));
        await EnterAgainAsync();
        var over = await _ann.Goals.ChangeAsync(once.Id, new GoalChange(Status: "active"), cancellationToken: Stop);
        var held = await _ann.Goals.ChangeAsync(once.Id, new GoalChange(Status: "paused"), cancellationToken: Stop);
        var again = await _ann.Goals.ChangeAsync(once.Id, new GoalChange(Status: "active"), cancellationToken: Stop);
        var next = await _ann.Goals.ChangeAsync(daily.Id, new GoalChange(Status: "active"), cancellationToken: Stop);

        Assert.Null(paused.Recommendation);
        Assert.Equal(("expired", "expired", "expired", null), (over.Status, held.Status, again.Status, again.Recommendation));
        Assert.Equal((daily.Deadline!.Value.AddDays(1), "active"), (next.Deadline, next.Status));
    }

    [Fact]
    public async Task The_window_of_a_part_that_opens_is_told()
    {
        var goal = await _ann.Goals.CreateAsync(
            new GoalRequest { Type = "dollar_cost_average", Amount = 500m, FromCurrency = "USD", ToCurrency = "EUR", Starts = "2026-03-18T12:10:00Z", Deadline = "2026-05-30", Recurrence = new RecurrenceRule("weeks") }, cancellationToken: Stop);

        var heard = await HeardAsync(() => _house.PassAsync(TimeSpan.FromMinutes(10.1)));

        Assert.Null(goal.Recommendation);
        Assert.Equal(["goal_progress part_due"], heard);
    }

    [Fact]
    public async Task One_that_was_reached_stays_so_when_it_is_given_up_and_one_that_expired_is_not_revived_beyond_the_most()
    {
        var done = await _ann.Goals.CreateAsync(OneTime(500m, "2026-06-30"), cancellationToken: Stop);
        await _ann.Goals.RecordAsync(done.Id, new ConversionRequest(500m, 450m, Provider: "wise"), cancellationToken: Stop);
        await _ann.Goals.CancelAsync(done.Id, Stop);
        var old = await _ann.Goals.CreateAsync(OneTime(500m, "2026-03-18T14:00:00Z"), cancellationToken: Stop);
        await _house.PassAsync(TimeSpan.FromHours(2.1));
        await EnterAgainAsync();
        var store = _house.House.Cambist.Service<GoalStore>();
        var one = store.Find((await _ann.Account.MeAsync(Stop)).Id, old.Id)!;
        for (var number = 0; number < GoalStore.Most; number++)
        {
            Assert.True(store.TryAdd(one with { Id = Guid.NewGuid().ToString("D"), Status = Domain.Goals.GoalStatus.Paused }, effect: null));
        }

        Assert.Equal("completed", (await _ann.Goals.GetAsync(done.Id, Stop)).Status);
        Assert.Equal("too_many_goals", (await ProblemAsync(() => _ann.Goals.ChangeAsync(old.Id, new GoalChange(Deadline: "2026-06-30"), cancellationToken: Stop))).Code);
        Assert.Equal("old", (await _ann.Goals.ChangeAsync(old.Id, new GoalChange(Name: "old"), cancellationToken: Stop)).Name);
    }

    [Fact]
    public async Task A_request_whose_answer_was_lost_has_its_effect_once()
    {
        var goal = await _ann.Goals.CreateAsync(OneTime(1_000m, "2026-06-30"), "goal-1", Stop);
        var conversion = new ConversionRequest(400m, 360m, Provider: "wise");
        await _ann.Goals.RecordAsync(goal.Id, conversion, "transfer-1", Stop);
        using (var connection = _house.House.Cambist.Store.Connect())
        {
            connection.Execute("DELETE FROM idempotent_answer;"); // As where the node died between the effect and keeping its answer.
        }

        var again = await _ann.Goals.RecordAsync(goal.Id, conversion, "transfer-1", Stop);
        var made = await _ann.Goals.CreateAsync(OneTime(1_000m, "2026-06-30"), "goal-1", Stop);
        var another = await _ann.Goals.RecordAsync(goal.Id, conversion with { SendAmount = 401m }, "transfer-2", Stop);

        Assert.Equal((1, goal.Id), (again.Conversions!.Count, made.Id));
        Assert.Equal((2, 801m), (another.Conversions!.Count, another.Progress.Converted.Amount));
    }

    [Fact]
    public async Task A_rate_that_moves_hastens_the_look_at_its_goals_but_not_twice_in_a_short_while()
    {
        var goal = await _ann.Goals.CreateAsync(OneTime(500m, "2026-06-30"), cancellationToken: Stop);
        var claims = _house.House.Cambist.Service<GoalClaims>();

        var soon = claims.Hasten(CurrencyPair.Parse("USD/EUR"), _house.House.Clock.GetUtcNow() - RateMoves.Rest);
        await _house.PassAsync(RateMoves.Rest);
        var other = claims.Hasten(CurrencyPair.Parse("EUR/USD"), _house.House.Clock.GetUtcNow() - RateMoves.Rest);
        var later = claims.Hasten(CurrencyPair.Parse("USD/EUR"), _house.House.Clock.GetUtcNow() - RateMoves.Rest);
        _house.House.Cambist.Service<GoalRound>().Run(Stop);

        Assert.Equal((0, 0, 1), (soon, other, later));
        Assert.Equal(AccountHouse.Start + RateMoves.Rest, (await _ann.Goals.GetAsync(goal.Id, Stop)).Recommendation!.AsOf);
    }

    [Fact]
    public async Task Somebodys_goals_are_looked_at_when_they_ask_and_nobody_elses()
    {
        var mine = await _ann.Goals.CreateAsync(OneTime(500m, "2026-06-30"), cancellationToken: Stop);
        var bob = await _house.EnterAsync("bob@example.org");
        var theirs = await bob.Goals.CreateAsync(OneTime(500m, "2026-06-30"), cancellationToken: Stop);
        var (round, account) = (_house.House.Cambist.Service<GoalRound>(), (await _ann.Account.MeAsync(Stop)).Id);
        _house.House.Clock.Advance(TimeSpan.FromMinutes(2));

        var first = round.RunOf(account, Stop);
        var atOnce = round.RunOf(account, Stop);

        Assert.Equal((new GoalRoundResult(1, 1), new GoalRoundResult(0, 0)), (first, atOnce));
        Assert.Equal(AccountHouse.Start.AddMinutes(2), (await _ann.Goals.GetAsync(mine.Id, Stop)).Recommendation!.AsOf);
        Assert.Equal(AccountHouse.Start, (await bob.Goals.GetAsync(theirs.Id, Stop)).Recommendation!.AsOf);
    }

    [Fact]
    public async Task Who_asks_where_no_rate_is_fresh_is_told_what_was_said_last()
    {
        var goal = await _ann.Goals.CreateAsync(OneTime(500m, "2026-06-30"), cancellationToken: Stop);
        _house.Tell("USD/EUR", 0.9m, TimeSpan.FromMinutes(1));
        _house.House.Clock.Advance(TimeSpan.FromMinutes(5));

        var looked = _house.House.Cambist.Service<GoalRound>().RunOf((await _ann.Account.MeAsync(Stop)).Id, Stop);

        Assert.Equal(new GoalRoundResult(0, 0), looked);
        Assert.Equal(AccountHouse.Start, (await _ann.Goals.GetAsync(goal.Id, Stop)).Recommendation!.AsOf);
    }

    [Fact]
    public async Task Without_a_fresh_rate_there_is_no_advice_and_the_reason_is_told()
    {
        var goal = await _ann.Goals.CreateAsync(new GoalRequest { Amount = 500m, FromCurrency = "GBP", ToCurrency = "JPY", Deadline = "2026-06-30" }, cancellationToken: Stop);

        Assert.Null(goal.Recommendation);
        Assert.NotNull(goal.RecommendationMissing);
        Assert.Contains(goal.Notes, note => note.Code == "plan.usd_value_unknown");
    }

    [Fact]
    public async Task Goals_that_are_taken_are_given_to_nobody_else_until_their_taker_is_given_up()
    {
        await _ann.Goals.CreateAsync(OneTime(500m, "2026-06-30"), cancellationToken: Stop);
        var claims = _house.House.Cambist.Service<GoalClaims>();
        claims.Hasten(CurrencyPair.Parse("USD/EUR"), Far);

        var first = claims.Take(10);
        var second = claims.Take(10);
        await _house.PassAsync(TimeSpan.FromSeconds(59 * 5 + 6)); // Past the lease of five minutes: the service takes it over.

        Assert.Equal((1, 0), (first.Taken, second.Taken));
        Assert.Empty(claims.Give(first.Id, [(first.Goals[0], false)]));
    }

    [Fact]
    public async Task What_its_person_changed_meanwhile_is_not_written_over()
    {
        var goal = await _ann.Goals.CreateAsync(OneTime(500m, "2026-06-30"), cancellationToken: Stop);
        var claims = _house.House.Cambist.Service<GoalClaims>();
        claims.Hasten(CurrencyPair.Parse("USD/EUR"), Far);
        var claim = claims.Take(10);
        await _ann.Goals.ChangeAsync(goal.Id, new GoalChange(Name: "mine"), cancellationToken: Stop);

        Assert.Empty(claims.Give(claim.Id, [(claim.Goals[0], true)]));
        Assert.Equal("mine", (await _ann.Goals.GetAsync(goal.Id, Stop)).Name);
    }

    [Fact]
    public async Task Rounds_at_once_look_at_each_goal_once()
    {
        for (var number = 0; number < 30; number++)
        {
            await _ann.Goals.CreateAsync(Threshold(0.95m), cancellationToken: Stop);
        }

        _house.Tell("USD/EUR", 0.96m);
        _house.House.Cambist.Service<GoalClaims>().Hasten(CurrencyPair.Parse("USD/EUR"), Far);
        var rounds = Array.Empty<GoalRoundResult>();
        var heard = await HeardAsync(async () => rounds = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _house.House.Cambist.Service<GoalRound>().Run(Stop), Stop))));

        Assert.Equal(30, rounds.Sum(round => round.Written));
        Assert.Equal(60, heard.Count);
    }

    // Sessions end when they are not used for a day.
    private async Task EnterAgainAsync() => _ann = new CambistClient(_house.House.Http, new CambistTokens(await _house.House.LoginAsync()));

    // What the owner is told while something is done.
    private async Task<IReadOnlyList<string>> HeardAsync(Func<Task> act)
    {
        var ann = await _house.House.LoginAsync();
        using var listener = await Listener.OpenAsync(_house.House.Cambist, ann.UserId, ann.AccessToken);
        await listener.NextAsync();
        await act();
        _house.House.Cambist.Service<PersonalStream>().Publish(ann.UserId, PersonalMessage.Alert, JsonElement.Parse("{}"));
        var heard = new List<string>();
        while (JsonElement.Parse((await listener.NextPastHeartbeatsAsync())!) is var message && message.GetProperty("type").GetString() is { } type && type != "alert")
        {
            var payload = message.GetProperty("payload");
            heard.Add($"{type} {(type == "goal_progress" ? payload.GetProperty("event") : payload.GetProperty("recommendation"))}");
        }

        return heard;
    }

    private GoalRoundResult LookAgain()
    {
        _house.House.Cambist.Service<GoalClaims>().Hasten(CurrencyPair.Parse("USD/EUR"), Far);
        return _house.House.Cambist.Service<GoalRound>().Run(Stop);
    }
}
