using System.Text.Json.Serialization;

namespace Cambist.Client;

/// <summary>The answer of <c>GET /api/v1/record/forecasts</c>: how live forecasts fared.</summary>
/// <param name="From">First day, UTC, by the instant of the forecasts.</param>
/// <param name="To">Last day.</param>
/// <param name="Pair">The pair; null: all.</param>
/// <param name="Models">The models, the champion first.</param>
/// <param name="Simulated">True where the market is simulated.</param>
/// <param name="AsOf">The instant of the answer.</param>
public sealed record ForecastRecord(DateOnly From, DateOnly To, string? Pair, IReadOnlyList<RecordedModel> Models, bool Simulated, DateTimeOffset AsOf);

/// <summary>A model's record.</summary>
/// <param name="Model">Its id.</param>
/// <param name="Stage"><c>champion</c>, <c>challenger</c>, <c>retired</c>, <c>baseline</c>, or <c>gone</c> where it was deleted.</param>
/// <param name="Live">What was said at the time, and what came of it.</param>
/// <param name="WalkForward">What the model's own card says of data that it had not seen, measured before it served; null for the baseline and for models that are gone.</param>
public sealed record RecordedModel(string Model, string Stage, LiveRecord Live, WalkForwardRecord? WalkForward);

/// <summary>A live record.</summary>
/// <param name="Pairs">Symbols of the pairs.</param>
/// <param name="Since">First day with a score; null where there is none.</param>
/// <param name="Until">Last day with a score.</param>
/// <param name="Pooled">Over all recorded horizons.</param>
/// <param name="Horizons">Horizon by horizon.</param>
public sealed record LiveRecord(IReadOnlyList<string> Pairs, DateOnly? Since, DateOnly? Until, HorizonRecord Pooled, IReadOnlyList<HorizonRecord> Horizons);

/// <summary>Live scores at a horizon. What was not measured is null.</summary>
/// <param name="HorizonHours">Clock hours ahead; null: all recorded ones.</param>
/// <param name="Count">Outcomes that came.</param>
/// <param name="Missing">Outcomes that no bar told.</param>
/// <param name="Days">Days with an outcome.</param>
/// <param name="Crps">Mean CRPS of the nine published quantiles, in log return.</param>
/// <param name="Skill">1 − CRPS / the baseline's on the same outcomes: 0.01 is one per cent better.</param>
/// <param name="PValue">How likely as much would be by luck (Diebold–Mariano on means of days, one-sided).</param>
/// <param name="Coverage50">Share of outcomes inside the 50 % interval.</param>
/// <param name="Coverage80">Inside the 80 % interval.</param>
/// <param name="Coverage95">Inside the 95 % interval.</param>
/// <param name="Mape">Mean absolute percentage error of the median.</param>
/// <param name="MapeNoChange">The same of the spot.</param>
/// <param name="Direction">Calls of direction.</param>
public sealed record HorizonRecord(
    int? HorizonHours,
    long Count,
    long Missing,
    int Days,
    double? Crps,
    double? Skill,
    double? PValue,
    [property: JsonPropertyName("coverage_50")] double? Coverage50,
    [property: JsonPropertyName("coverage_80")] double? Coverage80,
    [property: JsonPropertyName("coverage_95")] double? Coverage95,
    double? Mape,
    double? MapeNoChange,
    DirectionRecord Direction);

/// <summary>How often the median lay on the side where the outcome came. A median at the spot calls nothing.</summary>
/// <param name="Calls">Calls that an outcome decided.</param>
/// <param name="Accuracy">Share of right ones; null where there are none.</param>
/// <param name="Low">Lower bound of its 95 % interval.</param>
/// <param name="High">Upper bound.</param>
public sealed record DirectionRecord(long Calls, double? Accuracy, double Low, double High);

/// <summary>What a model's card says of walk-forward.</summary>
/// <param name="TrainedUntil">Nothing later has touched its training.</param>
/// <param name="Gates">Verdicts against the baseline.</param>
/// <param name="Figures">Its other figures.</param>
public sealed record WalkForwardRecord(DateTimeOffset TrainedUntil, IReadOnlyList<ModelVerdict> Gates, IReadOnlyList<WalkForwardFigure> Figures);

/// <summary>A figure of a model's card.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="HorizonHours">At which horizon; null: over all.</param>
/// <param name="Value">The figure.</param>
public sealed record WalkForwardFigure(string Name, int? HorizonHours, double Value);
