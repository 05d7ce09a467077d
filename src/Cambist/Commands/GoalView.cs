using System.Globalization;
using Cambist.Client;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary>A goal at the terminal: what to do first, then how it is planned, then what was done.</summary>
internal static class GoalView
{
    public static void Write(ConversionGoal goal)
    {
        WriteState(goal);
        WriteAdvice(goal);
        WriteSchedule(goal);
        WriteConversions(goal);
        foreach (var note in goal.Notes)
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]•[/] {note.Text}");
        }
    }

    /// <summary>What a goal is and how it stands.</summary>
    public static void WriteState(ConversionGoal goal)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]{GoalsView.What(goal)}[/]");
        AnsiConsole.MarkupLineInterpolated($"[grey]{goal.Id}, risk {goal.RiskTolerance}{(goal.UsualProvider is { } usual ? $", usually with {usual}" : "")}[/]");
        AnsiConsole.WriteLine($"{GoalsView.Progress(goal)} {GoalsView.Next(goal)}");
        if (goal.Progress is { BlendedRate: { } blended } progress)
        {
            AnsiConsole.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{CostTableView.Money(progress.SendAmount)} paid, {CostTableView.Money(progress.ReceiveAmount)} arrived: {blended} after fees.{(progress.Milestone > 0 ? $" The milestone of {progress.Milestone} % is reached." : "")}"));
        }

        if (goal.TargetReachedAt is { } reached)
        {
            AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The target of {goal.TargetRate} was reached {Time(goal, reached)}."));
        }
    }

    /// <summary>A goal after a conversion was recorded.</summary>
    public static void WriteRecorded(ConversionGoal goal)
    {
        WriteState(goal);
        if (goal.Conversions is [var last, ..])
        {
            AnsiConsole.WriteLine(last is { SavedAgainst: { } against, Saved: { } saved }
                ? $"Saved against {against}: {CostTableView.Money(saved)}."
                : "Nothing is counted as saved: no provider was named with advice before it was ordered.");
        }

        WriteAdvice(goal);
    }

    /// <summary>An instant in the time zone of a goal.</summary>
    public static string Time(ConversionGoal goal, DateTimeOffset instant)
    {
        var local = Local(goal, instant);
        return string.Create(CultureInfo.InvariantCulture, $"{local:ddd d MMM yyyy HH:mm} {(local.Offset == TimeSpan.Zero ? "UTC" : local.ToString("zzz", CultureInfo.InvariantCulture))}");
    }

    private static DateTimeOffset Local(ConversionGoal goal, DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(goal.TimeZone));

    // In tables, whose headings tell the time zone.
    private static Text Minute(ConversionGoal goal, DateTimeOffset instant) => new(Local(goal, instant).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));

    private static void WriteAdvice(ConversionGoal goal)
    {
        if (goal.Status != "active")
        {
            return;
        }

        AnsiConsole.WriteLine();
        AnsiConsole.Write(GoalsView.Now(goal));
        AnsiConsole.WriteLine();
        if (goal.Recommendation is not { } said)
        {
            return;
        }

        AnsiConsole.WriteLine(said.Reason);
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        Row(grid, "For the part", CostTableView.Money(said.Amount));
        Row(grid, "Mid-market rate", said.CurrentRate.ToString(CultureInfo.InvariantCulture));
        Row(grid, "Waiting saves", said.ExpectedSavings is null ? "not known" : $"{CostTableView.Money(said.ExpectedSavings)} expected");
        Row(grid, "Confidence", said.Confidence is { } confidence ? string.Create(CultureInfo.InvariantCulture, $"{confidence:0.# %} that waiting is cheaper") : "not known");
        Row(grid, "Latest safe date", said.LatestSafeDate is { } safe ? Time(goal, safe) : "not known");
        Row(grid, "Look again", Time(goal, said.NextCheck));
        if (said.Counterfactual is { } named)
        {
            Row(grid, "Counted against", $"{named.Provider}, {CostTableView.Money(named.ReceiveAmount)} for {CostTableView.Money(named.SendAmount)} on {Time(goal, named.AsOf)}");
        }

        AnsiConsole.Write(grid);
    }

    private static void WriteSchedule(ConversionGoal goal)
    {
        if (goal.Schedule.Count == 0)
        {
            return;
        }

        var table = Table("Part", $"From ({goal.TimeZone})", "Until", "State");
        foreach (var part in goal.Schedule)
        {
            table.AddRow(new Text(CostTableView.Money(part.Amount)).RightJustified(), Minute(goal, part.Earliest), part.Latest is { } latest ? Minute(goal, latest) : new Text("any time"), new Text(part.Status));
        }

        AnsiConsole.Write(table);
    }

    private static void WriteConversions(ConversionGoal goal)
    {
        if (goal.Conversions is not { Count: > 0 } conversions)
        {
            return;
        }

        var table = Table("Paid", "Arrived", "With", $"Ordered ({goal.TimeZone})", "Saved");
        foreach (var one in conversions)
        {
            table.AddRow(
                new Text(CostTableView.Money(one.SendAmount)).RightJustified(), new Text(CostTableView.Money(one.ReceiveAmount)).RightJustified(), new Text(one.Provider), Minute(goal, one.ExecutedAt),
                new Text(one.Saved is { } saved ? CostTableView.Money(saved) : "not counted"));
        }

        AnsiConsole.Write(table);
    }

    private static Table Table(params string[] headings) => new Table().Border(TableBorder.Simple).AddColumns([.. headings.Select(heading => new TableColumn(heading) { Padding = new Padding(0, 0, 2, 0) })]);

    private static void Row(Grid grid, string name, string value) => grid.AddRow(new Markup($"[grey]{name}[/]"), new Text(value));
}
