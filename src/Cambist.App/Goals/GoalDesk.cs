using System.Globalization;
using Cambist.App.Edge;
using Cambist.App.Edge.Idempotency;
using Cambist.Client;
using Cambist.Domain.Goals;

namespace Cambist.App.Goals;

/// <summary>A goal as every face tells it, or why there is none; exactly one is set.</summary>
/// <param name="Goal">The goal.</param>
/// <param name="Problem">Why not.</param>
public readonly record struct GoalTold(ConversionGoal? Goal, Problem? Problem)
{
    /// <summary>Counts changes of what is meant or planned.</summary>
    internal long Version { get; init; }
}

/// <summary>The goals of an account, as the wire tells them; every face that shows or changes goals asks here.</summary>
public sealed class GoalDesk
{
    private const int UsualPage = 20;
    private const int LargestPage = 100;
    private const int ShortestBeginning = 4;
    private const int MostNamed = 3;

    private readonly GoalBook _book;
    private readonly GoalStore _store;
    private readonly GoalBoard _board;
    private readonly TimeProvider _clock;

    internal GoalDesk(GoalBook book, GoalStore store, GoalBoard board, TimeProvider clock) => (_book, _store, _board, _clock) = (book, store, board, clock);

    /// <summary>Makes a goal.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="request">What is meant.</param>
    /// <param name="key">Asking again with the same key makes no second one; null: there is none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<GoalTold> CreateAsync(string account, GoalRequest request, string? key, CancellationToken cancellationToken) => FaultOf(key) ?? Told(await _book.CreateAsync(account, request, key, cancellationToken));

    /// <summary>A page of goals, newest first, or what is wrong with the question; exactly one is set.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="status">Only those that stand like this; null: all.</param>
    /// <param name="cursor">Where it begins; null: at the newest.</param>
    /// <param name="limit">How many, 1 to 100; null: 20.</param>
    public (GoalPage? Page, Problem? Problem) Page(string account, string? status, string? cursor, string? limit)
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

        var wanted = status is null ? (GoalStatus?)null : fields.Word("status", status, [.. GoalWords.Statuses]);
        if (fields.Problem is { } problem)
        {
            return (null, problem);
        }

        var found = _store.Page(account, wanted, cursor?.ToLowerInvariant(), most + 1);
        return (new GoalPage([.. found.Take(most).Select(goal => GoalWire.Of(goal, _clock.GetUtcNow(), conversions: null))], found.Count > most ? found[most - 1].Id : null), null);
    }

    /// <summary>The goal of an id, with its conversions.</summary>
    public GoalTold Find(string account, string id) => _store.Find(account, id) is { } goal ? Told(new GoalAnswer(goal, null)) : new GoalTold(null, GoalBook.NotFound);

    /// <summary>The id of an account's goal that begins like this, or why it is none or not one alone; exactly one is set.</summary>
    public (string? Id, Problem? Problem) Resolve(string account, string beginning)
    {
        if (beginning.Length < ShortestBeginning)
        {
            return (null, Problems.Invalid("ambiguous_goal", "id", $"a goal's id, or at least its first {ShortestBeginning} letters", beginning));
        }

        var found = _store.Ids(account).Where(id => id.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)).ToList();
        return found switch
        {
            [] => (null, GoalBook.NotFound),
            [var id] => (id, null),
            _ => (null, Problems.Invalid("ambiguous_goal", "id", $"the beginning of one goal's id; {found.Count} begin like this, among them {string.Join(", ", found.Take(MostNamed))}", beginning)),
        };
    }

    /// <summary>Changes a goal, pauses it or resumes it.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="id">Which.</param>
    /// <param name="change">What changes.</param>
    /// <param name="version">The version that is to be changed; null: whichever there is.</param>
    public GoalTold Change(string account, string id, GoalChange change, long? version = null) => Told(_book.Change(account, id, change, version));

    /// <summary>Gives a goal up; it stays to be read.</summary>
    public GoalTold Cancel(string account, string id) => Told(_book.Cancel(account, id));

    /// <summary>Records a conversion that was made.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="id">The goal.</param>
    /// <param name="request">The conversion.</param>
    /// <param name="key">Asking again with the same key records no second one; null: there is none.</param>
    /// <param name="orderedBy">When it was ordered at the latest, where the request does not say: what was advised since is nothing that it could be measured against. Null: now.</param>
    public GoalTold Record(string account, string id, ConversionRequest request, string? key, DateTimeOffset? orderedBy = null) => FaultOf(key) ?? Told(_book.Record(account, id, request, key, orderedBy));

    /// <summary>What concerns a person now: active goals, their advice, and what was saved.</summary>
    public async Task<Dashboard> DashboardAsync(string account, CancellationToken cancellationToken) => (await _board.TellAsync(account, cancellationToken)).Dashboard;

    private GoalTold Told(GoalAnswer answer) => answer.Goal is { } goal
        ? new GoalTold(GoalWire.Of(goal, _clock.GetUtcNow(), _store.ConversionsOf(goal.Id)), null) { Version = goal.Version }
        : new GoalTold(null, answer.Problem);

    private static GoalTold? FaultOf(string? key) => key is not null && IdempotencyKey.Fault(key) is { } fault ? new GoalTold(null, fault) : null;
}
