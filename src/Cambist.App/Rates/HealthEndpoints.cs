using System.Globalization;
using Cambist.App.Edge.Limits;
using Cambist.App.Storage;
using Cambist.Client;
using Cambist.Domain.Calendars;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cambist.App.Rates;

/// <summary>Whether the process lives, and whether it can answer: storage, and a fresh rate from at least one source.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Json(new HealthReport("ok", []), CambistJson.Wire.HealthReport))
            .WithName("Live").WithSummary("The process lives.").WithTags("Health").Produces<HealthReport>();
        routes.MapGet("/readyz", Ready)
            .WithName("Ready").WithSummary("What the service depends on, and whether it can answer.").WithTags("Health")
            .Produces<HealthReport>().Produces<HealthReport>(StatusCodes.Status503ServiceUnavailable);
    }

    private static JsonHttpResult<HealthReport> Ready(Database store, RateBook book, RateDesk rates, RateCauses causes, SourcesWire wire, MarketFacts market, RequestCounter counter)
    {
        var now = rates.Now;
        var storageFault = store.Fault();
        var fresh = book.Pairs.Count(pair => book.Find(pair) is { } rate && !rate.IsStale(now));
        List<HealthCheck> checks =
        [
            new("storage", storageFault is null ? "ok" : "failed", storageFault ?? $"{store.Name} answers"),
            new("rates", fresh > 0 ? "ok" : "failed", $"{fresh} of {book.Pairs.Count} pairs have a fresh rate{(fresh > 0 ? "" : "." + causes.Of(now.AddDays(-1), now, isNow: true))}"),
            new("market", "ok", market.Mode switch
            {
                MarketMode.Simulated => "SIMULATED market",
                MarketMode.Replay => $"replay of recorded history, now {now.UtcDateTime:yyyy-MM-dd HH:mm} UTC",
                _ => FxWeek.IsOpen(now) ? "live, open" : $"live, closed for the weekend until {RateProblems.At(FxWeek.NextOpen(now))}",
            }),
        ];
        // Without it the service is ready all the same.
        if (counter.Redis is { } redis)
        {
            checks.Add(redis);
        }

        // Where the storage fails, so does what it counts of the sources, and that is told already.
        if (storageFault is null)
        {
            var told = wire.All(withLastDay: false);
            checks.AddRange(told.Sources.Where(source => source.Status is not ("off" or "waiting")).Select(source => Check(source, told.MarketOpensAt)));
            checks.AddRange(told.Feeds.Where(feed => feed.Status is not ("off" or "waiting")).Select(feed => Check(feed, told.MarketOpensAt)));
        }

        var ready = checks.Take(2).All(check => check.Status == "ok");
        return TypedResults.Json(
            new HealthReport(ready ? "ready" : "not_ready", checks),
            CambistJson.Wire.HealthReport,
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static HealthCheck Check(RateSource source, DateTimeOffset? opensAt) => new($"source:{source.Id}", source.LastFault is null || source.Status == "closed" ? "ok" : "failed", source switch
    {
        { Status: "closed" } => $"has nothing to tell before the market opens at {opensAt:u}; last answered well {Told(source.LastSuccessAt)}",
        { LastFault: { } fault } => $"cannot be reached or read: {fault}; last answered well {Told(source.LastSuccessAt)}{(source.NotBefore is { } until ? $", asked again from {until:u}" : "")}",
        { Status: "resting" } => $"left alone until {(source.NotBefore ?? source.QuotaResetsAt):u}; last answered well {Told(source.LastSuccessAt)}",
        _ => $"answered at {source.LastSuccessAt:u}",
    });

    private static HealthCheck Check(RateFeed feed, DateTimeOffset? opensAt) => new($"feed:{feed.Id}", feed.Status == "failing" ? "failed" : "ok", feed.Status switch
    {
        "failing" => $"not connected since {feed.Since:u}: {feed.LastFault}; last rate {Told(feed.LastRateAt)}",
        "resting" => $"connected, and does not trade: {feed.Maintenance}",
        "closed" => $"silent until the market opens at {opensAt:u}; last rate {Told(feed.LastRateAt)}",
        _ => $"connected since {feed.Since:u}; last rate {Told(feed.LastRateAt)}",
    });

    private static string Told(DateTimeOffset? at) => at?.ToString("u", CultureInfo.InvariantCulture) ?? "never";
}
