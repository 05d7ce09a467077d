using System.ComponentModel;
using System.Globalization;
using Cambist.App.Edge;
using Cambist.App.Rates.History;
using Cambist.App.Rates.Ticks;
using Cambist.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Cambist.App.Rates;

/// <summary>Routes of rates: the latest, at once or as they change; recorded history; where they come from; and what was not accepted.</summary>
internal static class RatesEndpoints
{
    public static void MapRates(this IEndpointRouteBuilder api)
    {
        api.MapGet("/rates/latest", Latest)
            .WithName("LatestRates")
            .WithSummary("The latest mid-market rate of each pair, with sources and age: JSON, CSV or NDJSON (by Accept).")
            .WithTags("Rates")
            .Produces<LatestRates>(StatusCodes.Status200OK, "application/json", "text/csv", "application/x-ndjson")
            .ProducesProblems()
            .WithEntityTags();

        api.MapGet("/rates/stream", Stream)
            .WithName("RateStream")
            .WithSummary("Rates as they change, as server-sent events.")
            .WithDescription(
                "The first event is 'snapshot' (as of /rates/latest, without the pairs that have no rate yet), then comes 'rate' with one rate each time that it changes, crosses included. "
                + "Where nothing changes for 15 seconds there is a 'heartbeat'. A slow reader gets the newest rate and not each one between. After a lost connection, connect again: it begins with a snapshot.")
            .WithTags("Rates")
            .Produces<LatestRates>(StatusCodes.Status200OK, "text/event-stream")
            .ProducesProblems();

        api.MapGet("/rates/sources", Sources)
            .WithName("RateSources")
            .WithSummary("Where rates come from: every source and live feed with its health, cadence, quota and verdicts, those that are off with the reason.")
            .WithTags("Rates")
            .Produces<RateSources>()
            .WithEntityTags();

        api.MapGet("/rates/refusals", Refusals)
            .WithName("RateRefusals")
            .WithSummary("What sources told and what does not count, newest first, with the check that each failed.")
            .WithTags("Rates")
            .Produces<RateRefusals>()
            .ProducesProblems();

        api.MapGet("/rates/history", History)
            .WithName("RateHistory")
            .WithSummary("Recorded bars of a pair: JSON by page, CSV or NDJSON whole (by Accept).")
            .WithTags("Rates")
            .Produces<RateHistoryPage>(StatusCodes.Status200OK, "application/json", "text/csv", "application/x-ndjson")
            .ProducesProblems()
            .WithEntityTags();
    }

    private static IResult Latest(HttpRequest request, RatesWire rates, [Description("Pairs such as USD/EUR, separated by commas. Absent: every pair that is observed directly.")] string? pairs = null)
    {
        var answer = rates.Latest(pairs);
        if (answer.Problem is { } problem)
        {
            return new ProblemResult(problem);
        }

        return Wanted(request) switch
        {
            "text/csv" => new BarStream("text/csv", writer => RatesText.WriteCsv(writer, answer.Latest!.Rates)),
            "application/x-ndjson" => new BarStream("application/x-ndjson", writer => RatesText.WriteNdJson(writer, answer.Latest!.Rates)),
            _ => TypedResults.Json(answer.Latest!, CambistJson.Wire.LatestRates),
        };
    }

    private static IResult Stream(
        HttpContext context, RateStream stream, IHostApplicationLifetime lifetime,
        [Description("Pairs such as USD/EUR, separated by commas. Absent: every pair that is observed directly.")] string? pairs = null)
    {
        var (asked, problem) = RatesWire.Read(pairs);
        if (problem is not null)
        {
            return new ProblemResult(problem);
        }

        // A stream has no end of its own, and a service that stops does not wait for its readers.
        var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        context.Response.RegisterForDispose(end);
        return TypedResults.ServerSentEvents(stream.EventsAsync(asked, end.Token));
    }

    private static JsonHttpResult<RateSources> Sources(SourcesWire sources) => TypedResults.Json(sources.All(), CambistJson.Wire.RateSources);

    private static IResult Refusals(
        TickStore ticks, RateDesk desk,
        [Description("A date or an instant: nothing that was observed earlier. Absent: 24 hours ago.")] string? since = null,
        [Description("Items a page, 1 to 1000; 100 by default.")] string? limit = null,
        [Description("Id of a source. Absent: of all.")] string? source = null,
        [Description("next_cursor of the page before.")] string? cursor = null)
    {
        var query = RefusalQuery.Read(since, limit, source, cursor, desk.Now);
        return query.Problem is { } problem ? new ProblemResult(problem) : TypedResults.Json(query.Page(ticks), CambistJson.Wire.RateRefusals);
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
