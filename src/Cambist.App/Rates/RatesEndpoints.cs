using System.Globalization;
using System.Text;
using System.Text.Json;
using Cambist.App.Edge;
using Cambist.Client;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cambist.App.Rates;

/// <summary>Routes of rates: the latest, and recorded history.</summary>
internal static class RatesEndpoints
{
    private const int MostPairs = 50;

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

    private static IResult Latest(RateDesk rates, RateBook book, MarketFacts market, string? pairs = null)
    {
        var fields = new FieldReader();
        var wanted = string.IsNullOrWhiteSpace(pairs)
            ? [.. book.Pairs.OrderBy(pair => pair.Symbol, StringComparer.Ordinal)]
            : pairs.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text => fields.Pair("pairs", text)).ToList();
        if (wanted.Count > MostPairs)
        {
            fields.Refuse(Problems.Invalid("too_many_pairs", "pairs", $"at most {MostPairs} pairs", wanted.Count.ToString(CultureInfo.InvariantCulture)));
        }

        if (fields.Problem is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        var now = rates.Now;
        var latest = new List<LatestRate>(wanted.Count);
        foreach (var pair in wanted)
        {
            if (rates.Find(pair!, asOf: null) is not { } observation)
            {
                return new ProblemResult(RateProblems.NoFreshRate(pair!, null, now));
            }

            latest.Add(Wire(observation, now, market.IsSimulated));
        }

        return TypedResults.Json(new LatestRates(latest, now), CambistJsonContext.Default.LatestRates);
    }

    private static IResult History(
        HttpContext context, RateDesk rates, RateHistory history, MarketFacts market,
        string? pair = null, string? from = null, string? to = null, string? interval = null, string? cursor = null, string? limit = null)
    {
        var query = HistoryQuery.Read(pair, from, to, interval, cursor, limit, rates.Now);
        if (query.Problem is { } wrong)
        {
            return new ProblemResult(wrong);
        }

        var bars = history.Bars(query.Pair!, query.Start, query.To)?.Bars;
        if (bars is null)
        {
            return query.Cursor is null && history.LastClose(query.Pair!, rates.Now) is null
                ? new ProblemResult(Problems.NotFound("history_not_found", $"No history of {query.Pair} is recorded.", "pair"))
                : Page(query, [], market);
        }

        var told = query.Interval == "1d" ? DailyBars.Of(bars) : bars;
        return Wanted(context.Request) switch
        {
            "text/csv" => TypedResults.Text(Csv(told), "text/csv", Encoding.UTF8),
            "application/x-ndjson" => TypedResults.Text(NdJson(told), "application/x-ndjson", Encoding.UTF8),
            _ => Page(query, told, market),
        };
    }

    private static JsonHttpResult<RateHistoryPage> Page(HistoryQuery query, IReadOnlyList<RateBar> bars, MarketFacts market)
    {
        var items = bars.Count > query.Limit ? [.. bars.Take(query.Limit)] : bars;
        var next = bars.Count > query.Limit ? bars[query.Limit].Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : null;
        return TypedResults.Json(
            new RateHistoryPage(query.Pair!.ToString(), query.Interval, items, next, market.IsSimulated), CambistJsonContext.Default.RateHistoryPage);
    }

    private static LatestRate Wire(RateObservation observation, DateTimeOffset now, bool simulated) => new()
    {
        Pair = observation.Pair.ToString(),
        Rate = RateDigits.Round(observation.Rate.Mid),
        Bid = observation.SpreadKnown ? RateDigits.Round(observation.Rate.Bid) : null,
        Ask = observation.SpreadKnown ? RateDigits.Round(observation.Rate.Ask) : null,
        SpreadBps = observation.SpreadKnown ? (double)decimal.Round(observation.Rate.SpreadBps, 2) : null,
        Source = observation.Source,
        EffectiveAt = observation.EffectiveAt,
        ObservedAt = observation.ObservedAt,
        AgeSeconds = Math.Round((now - observation.EffectiveAt).TotalSeconds, 1),
        Stale = observation.IsStale(now),
        Market = FxWeek.IsOpen(now) ? "open" : "closed",
        Simulated = simulated,
    };

    private static string? Wanted(HttpRequest request) => request.GetTypedHeaders().Accept
        .OrderByDescending(type => type.Quality ?? 1)
        .Select(type => type.MediaType.Value)
        .FirstOrDefault(type => type is "text/csv" or "application/x-ndjson" or "application/json");

    private static string Csv(IReadOnlyList<RateBar> bars)
    {
        var text = new StringBuilder("time,open,high,low,close,source\n");
        foreach (var bar in bars)
        {
            text.Append(CultureInfo.InvariantCulture, $"{bar.Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'},{bar.Open},{bar.High},{bar.Low},{bar.Close},{bar.Source}\n");
        }

        return text.ToString();
    }

    private static string NdJson(IReadOnlyList<RateBar> bars)
    {
        var text = new StringBuilder();
        foreach (var bar in bars)
        {
            text.Append(JsonSerializer.Serialize(bar, CambistJsonContext.Default.RateBar)).Append('\n');
        }

        return text.ToString();
    }
}
