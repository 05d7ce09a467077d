using System.Security.Claims;
using Cambist.Client;

namespace Cambist.App.Assistant;

/// <summary>The ask form as it came, each field as text or absent: checking it is the assistant's work, so that every face says the same of a wrong field.</summary>
public sealed record AskForm
{
    public string? Amount { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    public string? By { get; init; }

    public string? Risk { get; init; }

    public string? Side { get; init; }

    public string? Country { get; init; }

    public string? UsualProvider { get; init; }

    public IReadOnlyList<string> ExcludedProviders { get; init; } = [];

    public IReadOnlyList<string> Plans { get; init; } = [];

    public string? PayIn { get; init; }

    public string? PayOut { get; init; }

    public string? TargetRate { get; init; }

    public string? FloorRate { get; init; }

    public string? TimeZone { get; init; }

    public string? AsOf { get; init; }
}

/// <summary>What a page shows for a question: the advice or the problem, and where there is history, the chart behind it.</summary>
/// <param name="Advice">The advice; null where there is a problem.</param>
/// <param name="Problem">Why there is no advice; null where there is one.</param>
/// <param name="History">The last seven days of hourly bars of the pair, rising; empty where none is recorded.</param>
/// <param name="Forecast">The forecast of the pair; null where there is none.</param>
/// <param name="Market">What kind of market the service shows: <c>live</c>, <c>simulated</c> or <c>replay</c>.</param>
public sealed record PageAnswer(
    AnalyzeResponse? Advice, Problem? Problem, IReadOnlyList<RateBar> History, ForecastResponse? Forecast, string Market)
{
    /// <summary>The sources of quotes that have not answered yet, by id.</summary>
    public IReadOnlyList<string> Pending { get; init; } = [];
}

/// <summary>Answers the ask form for a page.</summary>
/// <param name="form">The question.</param>
/// <param name="user">Who asks; null: a stranger.</param>
/// <param name="cancellationToken">Ends the wait.</param>
public delegate Task<PageAnswer> AnswerQuestion(AskForm form, ClaimsPrincipal? user, CancellationToken cancellationToken);
