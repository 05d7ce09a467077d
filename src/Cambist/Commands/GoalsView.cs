using System.Globalization;
using Cambist.Client;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary>Goals at the terminal: one below the other, each with what it is, how far it has come, what is next, and what to do now.</summary>
internal static class GoalsView
{
    // Ids begin with the time at which they were made: so many letters tell a minute from the next.
    private const int ShortestId = 8;

    public static void Write(IReadOnlyList<ConversionGoal> goals, bool all)
    {
        if (goals.Count == 0)
        {
            AnsiConsole.WriteLine(all ? "There is no goal. 'cambist goals add --help' says how to make one." : "There is no active goal. 'cambist goals list --all' shows others, 'cambist goals add --help' says how to make one.");
            return;
        }

        var letters = LettersOfId(goals);
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        foreach (var goal in goals)
        {
            grid.AddRow(new Markup($"[bold]{goal.Id[..letters]}[/]"), new Markup($"[bold]{Markup.Escape(What(goal))}[/]"));
            grid.AddRow(new Text(""), new Text($"{Progress(goal)} {Next(goal)}"));
            if (goal.Status == "active")
            {
                grid.AddRow(new Text(""), Now(goal));
            }
        }

        AnsiConsole.Write(grid);
    }

    /// <summary>What a goal is, in a line.</summary>
    public static string What(ConversionGoal goal)
    {
        var amount = CostTableView.Money(goal.Amount);
        var meant = goal.AmountSide == "receive" ? $"{amount} from {goal.FromCurrency}" : $"{amount} to {goal.ToCurrency}";
        var kind = goal.Type switch
        {
            "recurring" => $", {Calendar(goal.Recurrence!)}",
            "dollar_cost_average" => $" in equal parts, {Calendar(goal.Recurrence!)}",
            "threshold" => string.Create(CultureInfo.InvariantCulture, $" at {goal.TargetRate}"),
            _ => "",
        };
        var by = goal.Type != "recurring" && goal.Deadline is { } deadline ? $" by {GoalView.Time(goal, deadline)}" : "";
        return $"{(goal.Name is { } name ? $"{name}: " : "")}{meant}{kind}{by}";
    }

    /// <summary>How far it has come.</summary>
    public static string Progress(ConversionGoal goal) => goal.Progress.Share == 0m
        ? "Nothing is converted yet."
        : string.Create(CultureInfo.InvariantCulture, $"{goal.Progress.Share * 100m:0.#} % converted, {CostTableView.Money(goal.Progress.Remaining)} left.");

    /// <summary>What is next, or how it stands where nothing is.</summary>
    public static string Next(ConversionGoal goal)
    {
        if (goal.Status != "active")
        {
            return $"It is {goal.Status}.";
        }

        return goal.Schedule.FirstOrDefault(part => part.Status != "done") switch
        {
            null => goal.Deadline is { } end ? $"The next time begins {GoalView.Time(goal, end)}." : "",
            { Status: "planned" } part => $"Next: {CostTableView.Money(Left(part))} from {GoalView.Time(goal, part.Earliest)} on.",
            { Latest: { } latest } part => $"Due: {CostTableView.Money(Left(part))} until {GoalView.Time(goal, latest)}.",
            var part => $"Due: {CostTableView.Money(Left(part))}.",
        };
    }

    /// <summary>What to do now, in the colours of the advice.</summary>
    public static Markup Now(ConversionGoal goal)
    {
        if (goal.Recommendation is { } said)
        {
            var verdict = said.Recommendation == "WAIT" ? "[yellow bold]WAIT[/]" : $"[green bold]CONVERT NOW[/] with {Markup.Escape(said.Provider)}";
            return new Markup($"{(said.Simulated ? "[black on yellow] SIMULATED [/] " : "")}{verdict} [grey](as of {GoalView.Time(goal, said.AsOf)})[/]");
        }

        return new Markup($"[grey]{Markup.Escape(goal.RecommendationMissing is { } missing ? $"No advice: {missing.Text}" : "Nothing to do now.")}[/]");
    }

    private static MoneyValue Left(GoalPart part) => part.Amount with { Amount = part.Amount.Amount - part.Converted.Amount };

    private static string Calendar(RecurrenceRule rule)
    {
        var every = rule.Every is > 1 ? $"every {rule.Every} {rule.Unit}" : $"every {rule.Unit?.TrimEnd('s')}";
        var on = rule.Weekday is { } weekday ? $" on {char.ToUpperInvariant(weekday[0])}{weekday[1..]}" : rule.DayOfMonth is { } day ? $" on day {day}" : "";
        var at = rule.Time is null or "00:00" ? "" : $" at {rule.Time}";
        return $"{every}{on}{at}";
    }

    // As much of an id as tells it from the others that are shown.
    private static int LettersOfId(IReadOnlyList<ConversionGoal> goals)
    {
        var letters = ShortestId;
        while (goals.DistinctBy(goal => goal.Id[..letters]).Count() < goals.Count)
        {
            letters++;
        }

        return letters;
    }
}
