using System.ComponentModel;
using System.Security.Claims;
using Cambist.App.Edge;
using Cambist.App.Goals;
using Cambist.Client;
using ModelContextProtocol.Server;

namespace Cambist.App.Assistant;

/// <summary>Says whose goals a tool shows and changes, and has them looked at before where nothing else does.</summary>
/// <param name="user">Who asked; null: whoever runs the program.</param>
/// <param name="cancellationToken">Ends the look.</param>
public delegate ValueTask<string> WhoseGoals(ClaimsPrincipal? user, CancellationToken cancellationToken);

/// <summary>A person's goals as tools of the Model Context Protocol, with the answers and the problems of the REST routes.</summary>
[McpServerToolType]
public sealed class GoalTools(GoalDesk desk, WhoseGoals whose, TimeProvider clock)
{
    private const string OnceKey = "A key of your own, such as a UUID: asked again with it, the same request has its effect once. Leave out if none is needed.";

    /// <summary>The goals.</summary>
    [McpServerTool(Name = "list_goals", Title = "One's goals", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    [Description("The person's conversion goals, newest first: how far each has come, its schedule, and the advice for the part that is due.")]
    public async Task<string> ListAsync(
        [Description("active, paused, completed, expired or cancelled. Leave out for all.")] string? status = null,
        [Description("next_cursor of the page before. Leave out for the first page.")] string? cursor = null,
        ClaimsPrincipal? user = null,
        CancellationToken cancellationToken = default)
    {
        var (page, problem) = desk.Page(await whose(user, cancellationToken), status, cursor, limit: null);
        return page is null ? throw AssistantTools.Refusal(problem!) : AssistantTools.Json(page, CambistJson.Wire.GoalPage);
    }

    /// <summary>A goal.</summary>
    [McpServerTool(Name = "goal", Title = "A goal", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    [Description("One goal with its schedule, progress, advice and recorded conversions.")]
    public async Task<string> GoalAsync([Description("The goal's id, as list_goals tells it.")] string id, ClaimsPrincipal? user = null, CancellationToken cancellationToken = default)
    {
        return Told(desk.Find(await whose(user, cancellationToken), id));
    }

    /// <summary>A new goal.</summary>
    [McpServerTool(Name = "add_goal", Title = "Make a goal", ReadOnly = false, Destructive = false, Idempotent = false, OpenWorld = true)]
    [Description("Makes a goal: an amount to be converted by a deadline, by a calendar, at a target rate, or in equal parts over time. It is planned and followed; nothing is converted by it.")]
    public async Task<string> AddAsync(
        [Description("The amount, as in 5000 or 2500.50; of a recurring goal each time.")] string amount,
        [Description("ISO 4217 code of the currency one has, as in USD.")] string from_currency,
        [Description("ISO 4217 code of the currency one needs, as in EUR.")] string to_currency,
        [Description("one_time (if left out), recurring, threshold or dollar_cost_average.")] string? type = null,
        [Description("What the person calls it.")] string? name = null,
        [Description("send: the amount is what leaves in total; receive: the amount is what must arrive.")] string? amount_side = null,
        [Description("When all must have arrived: a date such as 2027-03-15 (to its end) or an ISO 8601 instant. A recurring goal has none, a threshold goal may have none.")] string? deadline = null,
        [Description("When nothing is to be converted before: a date or an instant. Leave out for now.")] string? starts = null,
        [Description("Of a threshold goal: the rate that is waited for, in units of to_currency per unit of from_currency.")] string? target_rate = null,
        [Description("Of a recurring or averaging goal: days, weeks, months or years.")] string? recurrence_unit = null,
        [Description("How many of the unit lie between two occurrences; 1 if left out.")] int? recurrence_every = null,
        [Description("1 to 31, of months and years; a month without the day has its last one.")] int? recurrence_day_of_month = null,
        [Description("monday to sunday, of weeks.")] string? recurrence_weekday = null,
        [Description("Local time of day, as in 09:00.")] string? recurrence_time = null,
        [Description("The first local day that may have an occurrence.")] string? recurrence_start = null,
        [Description("The last local day that may have one.")] string? recurrence_until = null,
        [Description("How many occurrences there are.")] int? recurrence_count = null,
        [Description("IANA time zone of its days; the account's if left out.")] string? time_zone = null,
        [Description("conservative, moderate or aggressive; the account's if left out.")] string? risk_tolerance = null,
        [Description("Id of the provider that the person would use otherwise, as compare_providers names it; savings count against it. The account's if left out.")] string? usual_provider = null,
        [Description(OnceKey)] string? key = null,
        ClaimsPrincipal? user = null,
        CancellationToken cancellationToken = default)
    {
        var fields = new FieldReader();
        var (much, side) = (fields.Number("amount", amount), fields.Word("amount_side", amount_side, ("send", false), ("receive", true)));
        var rule = new RecurrenceRule(recurrence_unit, recurrence_every, recurrence_day_of_month, recurrence_weekday, recurrence_time, recurrence_start, recurrence_until, recurrence_count);
        var request = new GoalRequest
        {
            Type = type,
            Name = name,
            FromCurrency = from_currency,
            ToCurrency = to_currency,
            Amount = side ? null : much,
            ReceiveAmount = side ? much : null,
            Deadline = deadline,
            Starts = starts,
            TargetRate = fields.NumberIfTold("target_rate", target_rate, "invalid_target_rate"),
            Recurrence = rule == new RecurrenceRule(Unit: null) ? null : rule,
            TimeZone = time_zone,
            RiskTolerance = risk_tolerance,
            UsualProvider = usual_provider,
        };
        if (fields.Problem is { } problem)
        {
            throw AssistantTools.Refusal(problem);
        }

        return Told(await desk.CreateAsync(await whose(user, cancellationToken), request, key, cancellationToken));
    }

    /// <summary>A conversion that was made.</summary>
    [McpServerTool(Name = "record_conversion", Title = "Record a conversion", ReadOnly = false, Destructive = false, Idempotent = false, OpenWorld = true)]
    [Description("Records a conversion that the person has made towards a goal, with whomever: what was paid, and what arrived or else the rate. Only what the person says was done; this moves no money.")]
    public async Task<string> RecordAsync(
        [Description("The goal's id, as list_goals tells it.")] string id,
        [Description("All that was paid, fees included, in the goal's from_currency.")] string send_amount,
        [Description("With whom: an id as compare_providers names it, or any name.")] string provider,
        [Description("What arrived, in the goal's to_currency. Leave out where the rate is told.")] string? receive_amount = null,
        [Description("The provider's rate, where what arrived is not told.")] string? rate = null,
        [Description("The fee with that rate, in the goal's from_currency.")] string? fee = null,
        [Description("When it was ordered: an ISO 8601 instant, not in the future. Leave out for now.")] string? executed_at = null,
        [Description(OnceKey)] string? key = null,
        ClaimsPrincipal? user = null,
        CancellationToken cancellationToken = default)
    {
        var asked = clock.GetUtcNow();
        var fields = new FieldReader();
        var request = new ConversionRequest(
            fields.Number("send_amount", send_amount), fields.NumberIfTold("receive_amount", receive_amount), fields.NumberIfTold("rate", rate, "invalid_rate"), fields.NumberIfTold("fee", fee, "invalid_fee"), provider, executed_at);
        if (fields.Problem is { } problem)
        {
            throw AssistantTools.Refusal(problem);
        }

        return Told(desk.Record(await whose(user, cancellationToken), id, request, key, asked));
    }

    private static string Told(GoalTold told) => told.Goal is { } goal ? AssistantTools.Json(goal, CambistJson.Wire.ConversionGoal) : throw AssistantTools.Refusal(told.Problem!);
}
