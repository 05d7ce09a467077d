using Cambist.App.Edge;
using Cambist.App.Edge.Idempotency;
using Cambist.Client;

namespace Cambist.App.Goals.Pages;

/// <summary>All goals of a person, for a page.</summary>
/// <param name="Dashboard">What concerns the person now.</param>
/// <param name="Paused">The paused goals, newest first.</param>
/// <param name="Ended">Goals that are completed, expired or cancelled, newest first.</param>
/// <param name="Older">The id before which there are more of them; null: these are all.</param>
/// <param name="Zone">The clock of the person.</param>
/// <param name="Market">What kind of market the service shows: <c>live</c>, <c>simulated</c> or <c>replay</c>.</param>
public sealed record GoalsView(Dashboard Dashboard, IReadOnlyList<ConversionGoal> Paused, IReadOnlyList<ConversionGoal> Ended, string? Older, TimeZoneInfo Zone, string Market);

/// <summary>A goal, for a page.</summary>
/// <param name="Goal">The goal with its conversions.</param>
/// <param name="Version">Counts changes of it.</param>
/// <param name="Market">What kind of market the service shows.</param>
public sealed record GoalView(ConversionGoal Goal, long Version, string Market);

/// <summary>A form about goals.</summary>
public abstract record GoalForm
{
    private GoalForm()
    {
    }

    /// <summary>Makes a goal.</summary>
    public sealed record Make(FormFields Told) : GoalForm;

    /// <summary>Changes what is meant.</summary>
    public sealed record Change(string Id, FormFields Told) : GoalForm;

    /// <summary>Records a conversion.</summary>
    public sealed record Convert(string Id, FormFields Told) : GoalForm;

    /// <summary>Pauses or resumes.</summary>
    public sealed record Pause(string Id, bool Resumes) : GoalForm;

    /// <summary>Gives it up.</summary>
    public sealed record Cancel(string Id) : GoalForm;
}

/// <summary>A provider by its id and its name.</summary>
public sealed record NamedProvider(string Id, string Name);

/// <summary>The providers that publish their fees, by name.</summary>
public delegate IReadOnlyList<NamedProvider> NameProviders();

/// <summary>Tells a page all goals of an account.</summary>
/// <param name="account">Whose.</param>
/// <param name="before">Only ended goals that were made before the one of this id; null: from the newest on.</param>
/// <param name="cancellationToken">Ends the wait.</param>
public delegate Task<GoalsView> TellGoals(string account, string? before, CancellationToken cancellationToken);

/// <summary>Tells a page a goal; null where the account has no such one.</summary>
public delegate GoalView? TellGoal(string account, string id);

/// <summary>Does what a form says, once.</summary>
public delegate Task<FormAnswer> SendGoalForm(string account, GoalForm form);

/// <summary>What becomes of a page's form; exactly one is set.</summary>
/// <param name="Address">Where it leads when it is done.</param>
/// <param name="Problem">Why nothing was done.</param>
public readonly record struct FormAnswer(string? Address, Problem? Problem)
{
    /// <summary>Name of the hidden field with the key by which a form is done once, however often it is sent: by a double click, a reload, or the way back.</summary>
    public const string KeyField = "once";

    /// <summary>Code of the problem of a form that was done with other values before; the page then gives it another key.</summary>
    public const string SentBefore = "form_sent_before";
}
