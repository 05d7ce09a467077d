using System.ComponentModel;
using System.Globalization;
using Cambist.App.Edge;
using Cambist.App.Rates.History;
using Cambist.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cambist.App.Rates;

/// <summary>Routes of rates: the latest, and recorded history.</summary>
internal static class RatesEndpoints
{
    public static void MapRates(this IEndpointRouteBuilder api)
    {
        api.MapGet("/rates/latest", Latest)
            .WithName("LatestRates")
            .WithSummary("The latest mid-market rate of each pair, with source and age.")
            .WithTags("Rates")
            .Produces<LatestRates>()
            .ProducesProblems();

        api.MapGet("/rates/history", History)
            .WithName("RateHistory")
            .WithSummary("Recorded bars of a pair: JSON by page, CSV or NDJSON whole (by Accept).")
            .WithTags("Rates")
            .Produces<RateHistoryPage>(StatusCodes.Status200OK, "application/json", "text/csv", "application/x-ndjson")
            .ProducesProblems();
    }

    private static IResult Latest(RatesWire rates, [Description("Pairs such as USD/EUR, separated by commas. Absent: every pair that is observed directly.")] string? pairs = null)
    {
        var answer = rates.Latest(pairs);
        return answer.Problem is { } problem
            ? new ProblemResult(problem)
            : TypedResults.Json(answer.Latest!, CambistJson.Wire.LatestRates);
    }

    private static IResult History(
        HttpRequest request, RatesWire rates, RateDesk desk, MarketFacts market,
        [Description("A pair such as EUR/USD.")] string? pair = null,
        [Description("Start: a date or an instant. Absent: seven days before the end.")] string? from = null,
        [Description("End: a date or an instant. Absent: now.")] string? to = null,
        [Description("1h (default) or 1d.")] string? interval = null,
        [Description("next_cursor of the page before.")] string? cursor = null,
        [Description("Bars a page, 1 to 10000; 1000 by default.")] string? limit = null)
    {
        var query = HistoryQuery.Read(pair, from, to, interval, cursor, limit, desk.Now);
        var answer = rates.History(query);
        if (answer.Problem is { } problem)
        {
            return new ProblemResult(problem);
        }

        return Wanted(request) switch
        {
            "text/csv" => new BarStream("text/csv", writer => BarsText.WriteCsv(writer, answer.Bars!)),
            "application/x-ndjson" => new BarStream("application/x-ndjson", writer => BarsText.WriteNdJson(writer, answer.Bars!)),
            _ => Page(query, answer.Bars!, market),
        };
    }

    private static JsonHttpResult<RateHistoryPage> Page(HistoryQuery query, IReadOnlyList<RateBar> bars, MarketFacts market)
    {
        var items = bars.Count > query.Limit ? [.. bars.Take(query.Limit)] : bars;
        var next = bars.Count > query.Limit ? bars[query.Limit].Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : null;
        return TypedResults.Json(
            new RateHistoryPage(query.Pair!.ToString(), query.Interval, items, next, market.IsSimulated), CambistJson.Wire.RateHistoryPage);
    }

    private static string? Wanted(HttpRequest request) => request.GetTypedHeaders().Accept
        .OrderByDescending(type => type.Quality ?? 1)
        .Select(type => type.MediaType.Value)
        .FirstOrDefault(type => type is "text/csv" or "application/x-ndjson" or "application/json");
}
