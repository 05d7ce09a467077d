using System.CommandLine;
using Cambist.App.Edge;
using Cambist.App.Goals;
using Cambist.Client;

namespace Cambist.Commands;

/// <summary><c>cambist goals</c>: conversions that look after themselves, for whoever keeps the store on their own machine. It works while a service runs on it or not.</summary>
internal static class GoalsCommand
{
    private static readonly Argument<string> Id = new("ID") { Description = "The goal's id, or a beginning that no other has." };
    private static readonly Option<bool> All = new("--all") { Description = "Those too that are paused or have ended." };

    public static Command Create()
    {
        var list = new Command("list", "Active goals: how far they have come, what is next, and what to do now.") { All };
        list.SetAction((parsed, stop) => OwnGoals.RunAsync(parsed, asksMarket: true, (desk, account, _) => Task.FromResult(List(parsed, desk, account)), stop));

        var show = new Command("show", "A goal with its advice, schedule and conversions.") { Id };
        show.SetAction((parsed, stop) => WithGoalAsync(parsed, asksMarket: true, (desk, account, id, _) => desk.Find(account, id), GoalView.Write, stop));

        var dashboard = new Command("dashboard", "What to do now, and what was saved this month, this year and altogether.");
        dashboard.SetAction((parsed, stop) => OwnGoals.RunAsync(parsed, asksMarket: true, (desk, account, _) => DashboardAsync(parsed, desk, account, stop), stop));

        var add = new Command("add", "Make a goal: so much of FROM into TO, at once, by a calendar, or when the rate is right.").WithGoal();
        add.SetAction((parsed, stop) => OwnGoals.RunAsync(parsed, asksMarket: true, (desk, account, _) => AddAsync(parsed, desk, account, stop), stop));

        var convert = new Command("convert", "Record a conversion that you made.") { Id }.WithConversion();
        convert.SetAction((parsed, stop) => WithGoalAsync(parsed, asksMarket: true, (desk, account, id, asked) => Convert(parsed, desk, account, id, asked), GoalView.WriteRecorded, stop));

        var pause = new Command("pause", "Leave a goal alone until it is resumed.") { Id };
        pause.SetAction((parsed, stop) => WithGoalAsync(parsed, asksMarket: false, (desk, account, id, _) => desk.Change(account, id, new GoalChange(Status: "paused")), GoalView.WriteState, stop));

        var resume = new Command("resume", "Look after a paused goal again; what is left is planned anew.") { Id };
        resume.SetAction((parsed, stop) => WithGoalAsync(parsed, asksMarket: true, (desk, account, id, _) => desk.Change(account, id, new GoalChange(Status: "active")), GoalView.Write, stop));

        var cancel = new Command("cancel", "Give a goal up; it stays to be read, with its conversions.") { Id };
        cancel.SetAction((parsed, stop) => WithGoalAsync(parsed, asksMarket: false, (desk, account, id, _) => desk.Cancel(account, id), GoalView.WriteState, stop));

        var goals = new Command("goals", "Conversions that look after themselves: planned, advised on, and followed.") { list, show, dashboard, add, convert, pause, resume, cancel };
        OwnGoals.Email.Recursive = true;
        goals.Options.Add(OwnGoals.Email);
        return goals;
    }

    private static int List(ParseResult parsed, GoalDesk desk, string account)
    {
        var goals = new List<ConversionGoal>();
        string? cursor = null;
        do
        {
            var (page, problem) = desk.Page(account, parsed.GetValue(All) ? null : "active", cursor, limit: "100");
            if (page is null)
            {
                return Output.Fail(problem!, parsed.GetValue(CommonOptions.Json));
            }

            goals.AddRange(page.Goals);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        if (parsed.GetValue(CommonOptions.Json))
        {
            Output.WriteJson(new GoalPage(goals, NextCursor: null));
        }
        else
        {
            GoalsView.Write(goals, parsed.GetValue(All));
        }

        return ExitCode.Done;
    }

    private static async Task<int> DashboardAsync(ParseResult parsed, GoalDesk desk, string account, CancellationToken cancellationToken)
    {
        var dashboard = await desk.DashboardAsync(account, cancellationToken);
        if (parsed.GetValue(CommonOptions.Json))
        {
            Output.WriteJson(dashboard);
        }
        else
        {
            DashboardView.Write(dashboard);
        }

        return ExitCode.Done;
    }

    private static async Task<int> AddAsync(ParseResult parsed, GoalDesk desk, string account, CancellationToken cancellationToken)
    {
        var fields = new FieldReader();
        var request = parsed.Goal(fields);
        var told = fields.Problem is { } problem ? new GoalTold(null, problem) : await desk.CreateAsync(account, request, parsed.Key(), cancellationToken);
        return Tell(parsed, told, GoalView.Write);
    }

    private static GoalTold Convert(ParseResult parsed, GoalDesk desk, string account, string id, DateTimeOffset asked)
    {
        var fields = new FieldReader();
        var request = parsed.Conversion(fields);
        return fields.Problem is { } problem ? new GoalTold(null, problem) : desk.Record(account, id, request, parsed.Key(), asked);
    }

    private static Task<int> WithGoalAsync(
        ParseResult parsed, bool asksMarket, Func<GoalDesk, string, string, DateTimeOffset, GoalTold> run, Action<ConversionGoal> write, CancellationToken cancellationToken) =>
        OwnGoals.RunAsync(
            parsed,
            asksMarket,
            (desk, account, asked) =>
            {
                var (id, problem) = desk.Resolve(account, parsed.GetValue(Id)!);
                return Task.FromResult(Tell(parsed, id is null ? new GoalTold(null, problem) : run(desk, account, id, asked), write));
            },
            cancellationToken);

    private static int Tell(ParseResult parsed, GoalTold told, Action<ConversionGoal> write)
    {
        if (told.Goal is not { } goal)
        {
            return Output.Fail(told.Problem!, parsed.GetValue(CommonOptions.Json));
        }

        if (parsed.GetValue(CommonOptions.Json))
        {
            Output.WriteJson(goal);
        }
        else
        {
            write(goal);
        }

        return ExitCode.Done;
    }
}
