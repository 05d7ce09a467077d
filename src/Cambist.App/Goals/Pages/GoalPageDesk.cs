using System.Globalization;
using Cambist.App.Edge;
using Cambist.App.Edge.Idempotency;
using Cambist.App.Rates;
using Cambist.Client;
using Cambist.Domain.Goals;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Goals.Pages;

/// <summary>Answers the pages of goals, by what answers the routes.</summary>
internal sealed class GoalPageDesk(GoalDesk desk, GoalBook book, GoalStore store, GoalBoard board, MarketFacts market)
{
    private const int EndedOnAPage = 20;

    public async Task<GoalsView> TellAsync(string account, string? before, CancellationToken cancellationToken)
    {
        var (dashboard, zone) = await board.TellAsync(account, cancellationToken);
        var known = Guid.TryParseExact(before, "D", out _) ? before!.ToLowerInvariant() : null;
        var ended = new[] { GoalStatus.Completed, GoalStatus.Expired, GoalStatus.Cancelled }
            .SelectMany(status => store.Page(account, status, known, EndedOnAPage + 1)).OrderByDescending(goal => goal.Id, StringComparer.Ordinal).Take(EndedOnAPage + 1).ToList();
        return new GoalsView(
            dashboard,
            [.. store.Page(account, GoalStatus.Paused, before: null, GoalStore.Most).Select(goal => GoalWire.Of(goal, dashboard.AsOf, conversions: null))],
            [.. ended.Take(EndedOnAPage).Select(goal => GoalWire.Of(goal, dashboard.AsOf, conversions: null))],
            ended.Count > EndedOnAPage ? ended[EndedOnAPage - 1].Id : null,
            zone,
            market.Word);
    }

    public GoalView? Tell(string account, string id) =>
        desk.Find(account, id) is { Goal: { } goal } told ? new GoalView(goal, told.Version, market.Word) : null;

    public async Task<FormAnswer> SendAsync(string account, GoalForm form) => form switch
    {
        GoalForm.Make(var told) => await MakeAsync(account, told),
        GoalForm.Convert(var id, var told) => Convert(account, id, told),
        GoalForm.Change(var id, var told) => Change(account, id, told),
        GoalForm.Pause(var id, var resumes) => Answer(book.Change(account, id, new GoalChange(Status: resumes ? "active" : "paused"), version: null), resumes ? "goal-resumed" : "goal-paused"),
        GoalForm.Cancel(var id) => Answer(book.Cancel(account, id), "goal-cancelled"),
        _ => throw new ArgumentOutOfRangeException(nameof(form)),
    };

    // Not given up with the request: who clicks twice breaks the first one off.
    private async Task<FormAnswer> MakeAsync(string account, FormFields told)
    {
        var (request, problem) = GoalForms.Goal(told);
        return request is null ? new FormAnswer(null, problem) : Answer(await book.CreateAsync(account, request, KeyOf(told), CancellationToken.None), "goal-made");
    }

    private FormAnswer Convert(string account, string id, FormFields told)
    {
        if (store.Find(account, id) is not { } goal)
        {
            return new FormAnswer(null, GoalBook.NotFound);
        }

        var (request, problem) = GoalForms.Conversion(told, goal.Details.Zone);
        return request is null ? new FormAnswer(null, problem) : Answer(book.Record(account, id, request, KeyOf(told)), "converted");
    }

    private FormAnswer Change(string account, string id, FormFields told)
    {
        if (Tell(account, id) is not { } view)
        {
            return new FormAnswer(null, GoalBook.NotFound);
        }

        var (change, problem) = GoalForms.Change(told, GoalForms.Shown(view.Goal));
        if (change is null)
        {
            return new FormAnswer(null, problem);
        }

        // A second click of what is done already changes nothing, and is not refused for the first one's sake.
        var version = long.TryParse(told["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : 0;
        return change == new GoalChange() ? new FormAnswer($"{AddressOf(id)}?note=saved", null) : Answer(book.Change(account, id, change, version), "saved");
    }

    // The form's own key, so that it is done once however often it is sent. A key that no form has is none.
    private static string? KeyOf(FormFields told) => told[FormAnswer.KeyField] is { } key && IdempotencyKey.Fault(key) is null ? key : null;

    private static FormAnswer Answer(GoalAnswer answer, string note) =>
        answer.Goal is { } goal ? new FormAnswer($"{AddressOf(goal.Id)}?note={note}", null)
        : answer.Problem is { Code: IdempotencyKey.MismatchCode } ? new FormAnswer(null, SentBefore)
        : new FormAnswer(null, answer.Problem);

    private static Problem SentBefore => Problems.Of(
        StatusCodes.Status409Conflict, FormAnswer.SentBefore, "The form was sent before", "This form was sent before with other values, and done. See whether what you mean is there already; if it is not, send the form once more.");

    private static string AddressOf(string id) => $"/goals/{Uri.EscapeDataString(id)}";
}
