using Cambist.App.Goals;
using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Goals;
using Cambist.Domain.Quotes;
using Xunit;

namespace Cambist.App.Tests.Goals;

public sealed class GoalTurnTests
{
    private static readonly CurrencyPair Pair = CurrencyPair.Parse("USD/EUR");
    private static readonly DateTimeOffset Start = new(2026, 3, 18, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_missed_window_is_planned_again_and_nothing_is_lost()
    {
        var goal = Planned(12_000m, days: 60, At(0));
        var missed = goal.Details.Plan.Tranches[0].Latest!.Value.AddHours(1);

        var (after, happened) = GoalTurn.Take(goal, At((missed - Start).TotalDays));

        Assert.Equal("replanned", happened!.Event);
        Assert.Equal((12_000m, 1), (after.Details.Plan.Tranches.Sum(part => part.Amount.Amount), after.Details.Plan.Tranches.Count));
        Assert.Null(GoalTurn.Take(after, At((missed - Start).TotalDays + 0.1)).Event);
    }

    [Fact]
    public void What_is_due_at_once_is_not_planned_again_each_time()
    {
        var goal = Planned(500m, days: 2, At(0));

        Assert.Contains(goal.Details.Plan.Notes, note => note.Code == "plan.latest_safe_passed");
        Assert.Null(GoalTurn.Take(goal, At(0.5)).Event);
        Assert.Equal("expired", GoalTurn.Take(goal, At(2)).Event!.Event);
    }

    [Fact]
    public void What_was_not_known_is_planned_again_when_it_is() =>
        Assert.Equal("replanned", GoalTurn.Take(Planned(20_000m, days: 60, new GoalMarketFacts(null, new PlanningFacts(Start, null, _ => null))), At(0.1)).Event!.Event);

    [Fact]
    public void A_goal_is_looked_at_in_four_hours_or_when_a_window_opens_or_ends()
    {
        var goal = Planned(12_000m, days: 60, At(0));
        var first = goal.Details.Plan.Tranches[0];
        var converted = ((Reconciliation.Taken)Reconciliation.Of(goal.Details.Plan, first.Amount)).Plan;

        Assert.Equal(Start.AddHours(4), GoalTurn.NextLook(goal, At(0)));
        Assert.Equal(first.Latest!.Value.AddMicroseconds(1), GoalTurn.NextLook(goal, At((first.Latest.Value.AddHours(-1) - Start).TotalDays)));
        Assert.Equal(Start.AddDays(7), GoalTurn.NextLook(goal with { Details = goal.Details with { Plan = converted } }, At(0)));
        Assert.Null(GoalTurn.NextLook(goal with { Status = GoalStatus.Paused }, At(0)));
        Assert.Equal(Start.AddDays(61), GoalTurn.NextLook(goal, At(61))); // Its time is up: at once.
    }

    [Theory]
    [InlineData(0.904, 15)]
    [InlineData(0.8, 15)]
    [InlineData(0.906, 240)]
    public void A_goal_whose_target_is_near_is_looked_at_every_quarter_of_an_hour(double target, int minutes)
    {
        var goal = Planned(500m, days: 60, At(0));
        goal = goal with { Details = goal.Details with { Goal = goal.Goal with { Kind = GoalKind.Threshold, TargetRate = (decimal)target } } };

        // Four deviations of 0.00125 are 0.005.
        Assert.Equal(Start.AddMinutes(minutes), GoalTurn.NextLook(goal, At(0) with { HourlyDeviation = 0.00125 }));
        Assert.Equal(Start.AddHours(4), GoalTurn.NextLook(goal with { Details = goal.Details with { TargetReachedAt = Start } }, At(0) with { HourlyDeviation = 0.00125 }));
    }

    [Fact]
    public void A_goal_is_looked_at_when_its_advice_says_so()
    {
        var goal = Planned(500m, days: 60, At(0));
        var said = new GoalVerdict("WAIT", "Because.", "matrix.x", 0.61, "wise", null, goal.Goal.Amount, 0.9m, Start.AddHours(2), Start.AddHours(1), Start, false);

        Assert.Equal(Start.AddHours(1), GoalTurn.NextLook(goal with { Advice = goal.Advice with { Current = said } }, At(0)));
    }

    [Fact]
    public void A_plan_that_lacked_the_delivery_time_is_made_anew_when_it_is_known_though_some_is_converted()
    {
        var goal = Planned(12_000m, days: 60, new GoalMarketFacts(0.9m, new PlanningFacts(Start, 1m, _ => null)));
        var begun = goal with { Details = goal.Details with { Plan = ((Reconciliation.Taken)Reconciliation.Of(goal.Details.Plan, new Money(2_400m, Pair.Base))).Plan } };

        var (after, happened) = GoalTurn.Take(begun, At(0.1));

        Assert.Equal("replanned", happened!.Event);
        Assert.All(after.Details.Plan.Tranches.Where(part => !part.IsDone), part => Assert.True(part.Latest <= Start.AddDays(57)));
    }

    [Fact]
    public void What_an_earlier_version_wrote_down_is_read()
    {
        const string Written = """
            {"name":"Rent","kind":"recurring","side":"receive","amount":800,"starts":"2026-03-18T12:00:00+00:00","risk":"conservative","target":0.95,
            "rule":{"unit":"weeks","every":2,"start":"2026-03-18","time":"09:30:00","zone":"Europe/Berlin","weekday":"friday","until":"2027-01-01"},
            "zone":"Europe/Berlin","from":"2026-03-18T12:00:00+00:00","until":"2026-04-01T12:00:00+00:00",
            "parts":[{"amount":800,"converted":0,"earliest":"2026-03-18T12:00:00+00:00"}],"notes":[{"code":"plan.merged","text":"Merged."}],
            "paid":0,"received":0,"excluded":[],"countries":["US"]}
            """;

        var read = GoalDocuments.ReadDetails(Written, Pair);

        Assert.Equal((GoalKind.Recurring, AmountSide.Receive, RiskTolerance.Conservative, new Money(800m, Pair.Quote)), (read.Goal.Kind, read.Goal.Side, read.Goal.Risk, read.Goal.Amount));
        Assert.Equal((RecurrenceUnit.Weeks, (DayOfWeek?)DayOfWeek.Friday), (read.Goal.Recurrence!.Unit, read.Goal.Recurrence.Weekday));
        Assert.Equal([new PlanNote(PlanNote.Merged, "Merged.")], read.Plan.Notes);
        Assert.Throws<FormatException>(() => GoalDocuments.ReadDetails(Written.Replace("recurring", "whatever", StringComparison.Ordinal), Pair));
    }

    [Fact]
    public void What_is_written_down_is_read_again()
    {
        var goal = Planned(12_000m, days: 60, At(0));
        var rule = new Recurrence(RecurrenceUnit.Months, 2, new DateOnly(2026, 1, 31), new TimeOnly(9, 30), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")) { DayOfMonth = 31, Until = new DateOnly(2027, 1, 1), Count = 5 };
        var details = goal.Details with { Goal = goal.Goal with { Kind = GoalKind.Recurring, Deadline = null, Recurrence = rule }, Name = "„Miete“", UsualProvider = "wise", ExcludedProviders = ["x"], TargetReachedAt = Start };
        var advice = new GoalAdvice(
            new GoalVerdict("WAIT", "Because.", "matrix.x", 0.61, "wise", new Money(12.3m, Pair.Base), new Money(5m, Pair.Base), 0.9m, Start, Start, Start, true),
            new PlanNote("a", "b"), "WAIT", new Counterfactual("bank", new Money(1m, Pair.Base), new Money(0.8m, Pair.Quote), new Money(0.1m, Pair.Base), 0.9m, null, Start));
        var conversion = new StoredConversion("i", "g", "a", Start, new ActualConversion(new Money(1m, Pair.Base), new Money(0.8m, Pair.Quote), "x", Start), new ConversionSaving("bank", new Money(-0.5m, Pair.Base), null));

        var read = GoalDocuments.ReadDetails(GoalDocuments.Write(details), Pair);

        Assert.Equal(details with { Plan = read.Plan, ExcludedProviders = read.ExcludedProviders, Countries = read.Countries }, read);
        Assert.Equal(details.Plan.Tranches, read.Plan.Tranches);
        Assert.Equal(details.ExcludedProviders, read.ExcludedProviders);
        Assert.Equal(advice, GoalDocuments.ReadAdvice(GoalDocuments.Write(advice), goal.Goal));
        Assert.Equal((conversion.Conversion, conversion.Saving), GoalDocuments.ReadConversion(GoalDocuments.Write(conversion)));
    }

    private static GoalMarketFacts At(double days) => new(0.9m, new PlanningFacts(Start.AddDays(days), 1m, deadline => deadline.AddDays(-3)));

    private static StoredGoal Planned(decimal amount, double days, GoalMarketFacts facts)
    {
        var goal = new Goal(GoalKind.OneTime, Pair, AmountSide.Send, new Money(amount, Pair.Base).Rounded(), Start, Start.AddDays(days), RiskTolerance.Moderate);
        var details = new GoalDetails(null, goal, TimeZoneInfo.Utc, GoalSpan.First(goal, Start)!, new TranchePlan([], []), Money.Zero(Pair.Base), Money.Zero(Pair.Quote), null, [], ["US"], null);
        return GoalTurn.Planned(new StoredGoal("id", "account", GoalStatus.Active, details, GoalAdvice.None, null, Start, Start), facts);
    }
}
