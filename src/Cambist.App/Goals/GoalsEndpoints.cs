using System.ComponentModel;
using System.Globalization;
using Cambist.App.Edge;
using Cambist.App.Edge.Idempotency;
using Cambist.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cambist.App.Goals;

/// <summary>Routes of one's goals.</summary>
internal static class GoalsEndpoints
{
    public static void MapGoals(this IEndpointRouteBuilder api)
    {
        var goals = api.MapGroup("/goals").WithTags("Goals").RequireAuthorization().ProducesProblem(StatusCodes.Status401Unauthorized);
        goals.MapPost("", CreateAsync).WithName("CreateGoal").WithSummary("A conversion that looks after itself: planned, advised on, and followed.")
            .WithDescription("One amount only: 'amount' leaves, or 'receive_amount' arrives. More than 10,000 USD are split. With an Idempotency-Key the same request makes one goal, however often it is sent.")
            .Produces<ConversionGoal>(StatusCodes.Status201Created).Produces<Problem>(StatusCodes.Status409Conflict, "application/problem+json").ProducesProblems().WithIdempotency();
        goals.MapGet("", PageOf).WithName("Goals").WithSummary("One's goals, newest first.").Produces<GoalPage>().ProducesProblems();
        goals.MapGet("/{id}", Find).WithName("Goal").WithSummary("A goal with its schedule, progress, advice and conversions.")
            .WithDescription("The ETag is of what is meant and planned; advice comes and goes under it.").Produces<ConversionGoal>().ProducesProblems();
        goals.MapPatch("/{id}", Change).WithName("ChangeGoal").WithSummary("Changes name, amount, deadline, risk, target or usual provider; pauses and resumes.")
            .WithDescription("With If-Match, the ETag of the goal as it was read, a goal that was changed meanwhile is left alone: 412 changed_meanwhile. Without, changes of different fields at once are all made.")
            .Produces<ConversionGoal>().Produces<Problem>(StatusCodes.Status409Conflict, "application/problem+json").Produces<Problem>(StatusCodes.Status412PreconditionFailed, "application/problem+json").ProducesProblems();
        goals.MapDelete("/{id}", Cancel).WithName("CancelGoal").WithSummary("Gives a goal up. It stays to be read, with its conversions.").Produces(StatusCodes.Status204NoContent).ProducesProblems();
        goals.MapPost("/{id}/conversions", Record).WithName("RecordConversion").WithSummary("Records a conversion that was made, with whomever.")
            .WithDescription("What is larger than what is left, by more than one minor unit, is refused. Savings are counted against the usual provider where one was named with the advice before.")
            .Produces<ConversionGoal>(StatusCodes.Status201Created).Produces<Problem>(StatusCodes.Status409Conflict, "application/problem+json").ProducesProblems().WithIdempotency();
        api.MapGet("/dashboard", DashboardAsync).WithName("Dashboard").WithSummary("Active goals, their advice, and what was saved.").WithTags("Goals").RequireAuthorization()
            .Produces<Dashboard>().Produces<Problem>(StatusCodes.Status401Unauthorized, "application/problem+json");
    }

    private static async Task<IResult> CreateAsync(GoalRequest request, HttpContext context, GoalDesk desk) => Created(context, await desk.CreateAsync(Account(context), request, IdempotencyKey.Of(context), context.RequestAborted));

    private static IResult PageOf(
        HttpContext context, GoalDesk desk, [Description("active, paused, completed, expired or cancelled; absent: all.")] string? status = null,
        [Description("next_cursor of the page before.")] string? cursor = null, [Description("How many, 1 to 100; absent: 20.")] string? limit = null)
    {
        var (page, problem) = desk.Page(Account(context), status, cursor, limit);
        return page is null ? new ProblemResult(problem!) : TypedResults.Json(page, CambistJson.Wire.GoalPage);
    }

    private static IResult Find(string id, HttpContext context, GoalDesk desk) => Told(context, desk.Find(Account(context), id));

    private static IResult Change(string id, GoalChange change, HttpContext context, GoalDesk desk)
    {
        var match = context.Request.GetTypedHeaders().IfMatch;
        var version = match is [{ IsWeak: false } tag] && long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : match is [] or [{ Tag.Value: "*" }] ? (long?)null : 0;
        return Told(context, desk.Change(Account(context), id, change, version));
    }

    private static IResult Cancel(string id, HttpContext context, GoalDesk desk) =>
        desk.Cancel(Account(context), id) is { Problem: { } problem } ? new ProblemResult(problem) : TypedResults.NoContent();

    private static IResult Record(string id, ConversionRequest request, HttpContext context, GoalDesk desk) => Created(context, desk.Record(Account(context), id, request, IdempotencyKey.Of(context)));

    private static async Task<IResult> DashboardAsync(HttpContext context, GoalDesk desk) => TypedResults.Json(await desk.DashboardAsync(Account(context), context.RequestAborted), CambistJson.Wire.Dashboard);

    private static IResult Created(HttpContext context, GoalTold told)
    {
        if (told.Goal is { } goal)
        {
            context.Response.Headers.Location = $"/api/v1/goals/{goal.Id}";
        }

        return Told(context, told, StatusCodes.Status201Created);
    }

    private static IResult Told(HttpContext context, GoalTold told, int status = StatusCodes.Status200OK)
    {
        if (told.Goal is not { } goal)
        {
            return new ProblemResult(told.Problem!);
        }

        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{told.Version}\"");
        return TypedResults.Json(goal, CambistJson.Wire.ConversionGoal, statusCode: status);
    }

    // The routes are for those who are logged in alone.
    private static string Account(HttpContext context) => WhoAsks.AccountOf(context.User)!;
}
