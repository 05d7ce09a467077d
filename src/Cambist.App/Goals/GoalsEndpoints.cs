using System.ComponentModel;
using System.Globalization;
using Cambist.App.Edge;
using Cambist.App.Edge.Idempotency;
using Cambist.Client;
using Cambist.Domain.Goals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cambist.App.Goals;

/// <summary>Routes of one's goals.</summary>
internal static class GoalsEndpoints
{
    private const int UsualPage = 20;
    private const int LargestPage = 100;

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

    private static async Task<IResult> CreateAsync(GoalRequest request, HttpContext context, GoalBook book, TimeProvider clock)
    {
        var (goal, problem) = await book.CreateAsync(Account(context), request, context.RequestAborted);
        return goal is null ? new ProblemResult(problem!) : Created(context, goal, clock, []);
    }

    private static IResult PageOf(
        HttpContext context, GoalStore store, TimeProvider clock, [Description("active, paused, completed, expired or cancelled; absent: all.")] string? status = null,
        [Description("next_cursor of the page before.")] string? cursor = null, [Description("How many, 1 to 100; absent: 20.")] string? limit = null)
    {
        var fields = new FieldReader();
        var most = UsualPage;
        if (limit is not null && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out most) && most is >= 1 and <= LargestPage))
        {
            fields.Refuse(Problems.Invalid("invalid_limit", "limit", $"a whole number from 1 to {LargestPage}", limit));
        }

        if (cursor is not null && !Guid.TryParseExact(cursor, "D", out _))
        {
            fields.Refuse(Problems.Invalid("invalid_cursor", "cursor", "next_cursor of the page before", cursor));
        }

        var wanted = status is null ? (GoalStatus?)null : fields.Word("status", status, [.. Enum.GetValues<GoalStatus>().Select(known => (GoalRows.WordOf(known), known))]);
        if (fields.Problem is { } problem)
        {
            return new ProblemResult(problem);
        }

        var found = store.Page(Account(context), wanted, cursor?.ToLowerInvariant(), most + 1);
        return TypedResults.Json(
            new GoalPage([.. found.Take(most).Select(goal => GoalWire.Of(goal, clock.GetUtcNow(), conversions: null))], found.Count > most ? found[most - 1].Id : null), CambistJson.Wire.GoalPage);
    }

    private static IResult Find(string id, HttpContext context, GoalStore store, TimeProvider clock) =>
        store.Find(Account(context), id) is { } goal ? Told(context, goal, clock, store.ConversionsOf(goal.Id)) : new ProblemResult(GoalBook.NotFound);

    private static IResult Change(string id, GoalChange change, HttpContext context, GoalBook book, GoalStore store, TimeProvider clock)
    {
        var match = context.Request.GetTypedHeaders().IfMatch;
        var version = match is [{ IsWeak: false } tag] && long.TryParse(tag.Tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : match is [] or [{ Tag.Value: "*" }] ? (long?)null : 0;
        var (goal, problem) = book.Change(Account(context), id, change, version);
        return goal is null ? new ProblemResult(problem!) : Told(context, goal, clock, store.ConversionsOf(goal.Id));
    }

    private static IResult Cancel(string id, HttpContext context, GoalBook book) =>
        book.Cancel(Account(context), id) is { Problem: { } problem } ? new ProblemResult(problem) : TypedResults.NoContent();

    private static IResult Record(string id, ConversionRequest request, HttpContext context, GoalBook book, GoalStore store, TimeProvider clock)
    {
        var (goal, problem) = book.Record(Account(context), id, request);
        return goal is null ? new ProblemResult(problem!) : Created(context, goal, clock, store.ConversionsOf(goal.Id));
    }

    private static async Task<IResult> DashboardAsync(HttpContext context, GoalBoard board) =>
        TypedResults.Json((await board.TellAsync(Account(context), context.RequestAborted)).Dashboard, CambistJson.Wire.Dashboard);

    private static JsonHttpResult<ConversionGoal> Created(HttpContext context, StoredGoal goal, TimeProvider clock, IReadOnlyList<StoredConversion> conversions)
    {
        context.Response.Headers.Location = $"/api/v1/goals/{goal.Id}";
        context.Response.StatusCode = StatusCodes.Status201Created;
        return Told(context, goal, clock, conversions, StatusCodes.Status201Created);
    }

    private static JsonHttpResult<ConversionGoal> Told(HttpContext context, StoredGoal goal, TimeProvider clock, IReadOnlyList<StoredConversion> conversions, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{goal.Version}\"");
        return TypedResults.Json(GoalWire.Of(goal, clock.GetUtcNow(), conversions), CambistJson.Wire.ConversionGoal, statusCode: status);
    }

    // The routes are for those who are logged in alone.
    private static string Account(HttpContext context) => WhoAsks.AccountOf(context.User)!;
}
