using System.Text.Json;

namespace Cambist.Client;

/// <summary>The answer of <c>GET /api/v1/models</c>: the forecasting models that the service has.</summary>
/// <param name="Serving">Id of the model that serves the pairs for which it passed its gate: the champion's, or <c>baseline</c> where there is none or it is not whole.</param>
/// <param name="Note">Why the baseline serves everybody; null where the champion serves.</param>
/// <param name="Models">All models, the champion first, then the newest.</param>
/// <param name="AsOf">The instant of the answer.</param>
public sealed record ModelList(string Serving, string? Note, IReadOnlyList<ModelSummary> Models, DateTimeOffset AsOf);

/// <summary>A forecasting model.</summary>
public sealed record ModelSummary
{
    /// <summary>Stable id: <c>lstm-20200101-3fa94c</c>.</summary>
    public required string Id { get; init; }

    /// <summary>How it forecasts: <c>har</c>, <c>lstm</c>, <c>gbm</c> or <c>ensemble</c>.</summary>
    public required string Family { get; init; }

    /// <summary><c>champion</c> (serves), <c>challenger</c> (forecasts beside it for the record) or <c>retired</c>.</summary>
    public required string Stage { get; init; }

    /// <summary><c>shipped</c> (came with the program), <c>trained</c> or <c>imported</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>Nothing later than this has touched its training.</summary>
    public required DateTimeOffset TrainedUntil { get; init; }

    /// <summary>When it was trained.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it came to this service.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>When it last became champion; null where it never was.</summary>
    public required DateTimeOffset? PromotedAt { get; init; }

    /// <summary>What keeps it from forecasting; null where nothing does, or it is retired and was not looked at.</summary>
    public required string? Fault { get; init; }

    /// <summary>The verdicts on it against the baseline: over all pairs (<c>pair</c> is null) and pair by pair.</summary>
    public required IReadOnlyList<ModelVerdict> Gates { get; init; }

    /// <summary>The pairs that it does not serve for the time being, each with the reason.</summary>
    public required IReadOnlyList<ModelOutage> OutOfService { get; init; }
}

/// <summary>What walk-forward on unseen data said of a model against the baseline.</summary>
/// <param name="Pair">The pair's symbol, <c>EURUSD</c>; null: over all pairs.</param>
/// <param name="Passed">Whether its CRPS beat the baseline's (Diebold–Mariano, one-sided p &lt; 0.05).</param>
/// <param name="MeanHorizons">Hours ahead at which its mean also beat no-change on squared error.</param>
/// <param name="CrpsSkill">1 − its CRPS / the baseline's.</param>
/// <param name="PValue">Of that test; null where it could not be computed.</param>
/// <param name="Forecasts">How many forecasts were compared.</param>
/// <param name="MeasuredFrom">First instant of a forecast.</param>
/// <param name="MeasuredUntil">Last instant of a forecast.</param>
public sealed record ModelVerdict(
    string? Pair, bool Passed, IReadOnlyList<int> MeanHorizons, double CrpsSkill, double? PValue, long Forecasts, DateTimeOffset MeasuredFrom, DateTimeOffset MeasuredUntil);

/// <summary>A model does not serve for the time being.</summary>
/// <param name="Pair">The pair's symbol; null: no pair.</param>
/// <param name="Since">Since when.</param>
/// <param name="Reason">Why.</param>
public sealed record ModelOutage(string? Pair, DateTimeOffset Since, string Reason);

/// <summary>Something that happened to a model.</summary>
/// <param name="At">When.</param>
/// <param name="What"><c>registered</c>, <c>gated</c>, <c>promoted</c>, <c>retired</c>, <c>rolled-back</c>, <c>fell-back</c>, <c>recovered</c> or <c>deleted</c>.</param>
/// <param name="Actor"><c>gate</c> (the program), <c>admin</c> (the API) or <c>operator</c> (the command line).</param>
/// <param name="Reason">Why.</param>
/// <param name="Figures">What it was decided from; null where there are none.</param>
public sealed record ModelHistoryEntry(DateTimeOffset At, string What, string Actor, string Reason, JsonElement? Figures);

/// <summary>The question of <c>POST /api/v1/models/{id}/promote</c>.</summary>
/// <param name="Force">Whether a model may be promoted that is retired or has not passed its gate.</param>
/// <param name="Reason">Why; kept with the promotion.</param>
public sealed record PromoteModelRequest(bool? Force = null, string? Reason = null);
