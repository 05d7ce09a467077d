using Cambist.App.Edge;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Rates;
using Cambist.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cambist.App.Forecasting.Record;

/// <summary>Routes of the track record of forecasts.</summary>
internal static class RecordEndpoints
{
    private const int UsualDays = 90;

    public static void MapForecastRecord(this IEndpointRouteBuilder api) =>
        api.MapGet("/record/forecasts", Record)
            .WithName("ForecastRecord")
            .WithSummary("How live forecasts fared, model by model and horizon by horizon, beside what each model's card says of walk-forward.")
            .WithDescription($"Whole days, UTC, by the instant of the forecast. Without 'from' the {UsualDays} days up to 'to'; without 'to' until today.")
            .WithTags("Record")
            .Produces<ForecastRecord>()
            .ProducesProblems()
            .WithEntityTags();

    private static IResult Record(string? model, string? pair, string? from, string? to, RecordWire record, RateDesk rates)
    {
        var fields = new FieldReader();
        var of = string.IsNullOrWhiteSpace(pair) ? null : fields.Pair("pair", pair);
        var last = Date(fields.Instant("to", to) ?? rates.Now);
        var first = fields.Instant("from", from) is { } told ? Date(told) : last.AddDays(-UsualDays);
        if (fields.Problem is null && first > last)
        {
            fields.Refuse(Problems.Invalid("invalid_span", "from", $"at or before 'to', {last:yyyy-MM-dd}", from));
        }

        if (fields.Problem is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        var id = string.IsNullOrWhiteSpace(model) ? null : model.Trim();
        return id is null || (ManifestRules.IsSafe(id) && record.Knows(id, first, last))
            ? TypedResults.Json(record.Of(id, of, first, last), CambistJson.Wire.ForecastRecord)
            : new ProblemResult(Problems.NotFound("model_not_found", $"No model '{(id.Length > 100 ? id[..100] + "…" : id)}' is registered or on record.", "model"));
    }

    private static DateOnly Date(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);
}
