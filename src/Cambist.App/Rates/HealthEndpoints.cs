using Cambist.App.Rates.Sources;
using Cambist.App.Storage;
using Cambist.Client;
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

    private static JsonHttpResult<HealthReport> Ready(Database store, RateBook book, RateDesk rates, SourceHealth sources, MarketFacts market)
    {
        var now = rates.Now;
        var storageFault = store.Fault();
        var fresh = book.Pairs.Count(pair => book.Find(pair) is { } rate && !rate.IsStale(now));
        List<HealthCheck> checks =
        [
            new("storage", storageFault is null ? "ok" : "failed", storageFault ?? $"{store.Name} answers"),
            new("rates", fresh > 0 ? "ok" : "failed", $"{fresh} of {book.Pairs.Count} pairs have a fresh rate"),
            new("market", "ok", market.Mode switch
            {
                MarketMode.Simulated => "SIMULATED market",
                MarketMode.Replay => $"replay of recorded history, now {now.UtcDateTime:yyyy-MM-dd HH:mm} UTC",
                _ => "live",
            }),
        ];
        checks.AddRange(sources.States.Select(state => new HealthCheck(
            $"source:{state.Source}",
            state.LastFault is null ? "ok" : "failed",
            state.LastFault is null ? $"answered at {state.LastSuccessAt:u}" : $"cannot be reached or read: {state.LastFault}; last answered well {state.LastSuccessAt?.ToString("u") ?? "never"}")));

        var ready = checks.Take(2).All(check => check.Status == "ok");
        return TypedResults.Json(
            new HealthReport(ready ? "ready" : "not_ready", checks),
            CambistJson.Wire.HealthReport,
            statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
