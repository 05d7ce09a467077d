using System.Globalization;
using Cambist.App.Edge;
using Cambist.App.Rates.History;
using Cambist.Client;
using Cambist.Domain.Calendars;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates;

/// <summary>Tells rates as the wire has them; every face that shows rates reads them here.</summary>
public sealed class RatesWire(RateDesk rates, RateBook book, RateHistory history, MarketFacts market)
{
    private const int MostPairs = 50;

    /// <summary>The latest rates, or why not; exactly one is set.</summary>
    /// <param name="pairs">Pairs separated by commas; nothing: every pair that is observed directly.</param>
    public (LatestRates? Latest, Problem? Problem) Latest(string? pairs)
    {
        var fields = new FieldReader();
        var wanted = string.IsNullOrWhiteSpace(pairs)
            ? [.. book.Pairs.OrderBy(pair => pair.Symbol, StringComparer.Ordinal)]
            : pairs.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text => fields.Pair("pairs", text)).ToList();
        if (pairs is not null && wanted.Count > MostPairs)
        {
            fields.Refuse(Problems.Invalid("too_many_pairs", "pairs", $"at most {MostPairs} pairs", wanted.Count.ToString(CultureInfo.InvariantCulture)));
        }

        if (fields.Problem is { } wrong)
        {
            return (null, wrong);
        }

        var now = rates.Now;
        var latest = new List<LatestRate>(wanted.Count);
        foreach (var pair in wanted)
        {
            if (rates.Find(pair!, asOf: null) is not { } observation)
            {
                return (null, RateProblems.NoFreshRate(pair!, null, now, "pairs"));
            }

            latest.Add(Wire(observation, now));
        }

        return (new LatestRates(latest, now), null);
    }

    /// <summary>The bars of a query from its cursor on, or why not; exactly one is set.</summary>
    public (IReadOnlyList<RateBar>? Bars, Problem? Problem) History(HistoryQuery query)
    {
        if (query.Problem is { } wrong)
        {
            return (null, wrong);
        }

        if (history.Bars(query.Pair!, query.Start, query.To) is not { } found)
        {
            return history.LastClose(query.Pair!, rates.Now) is null
                ? (null, Problems.NotFound("history_not_found", $"No history of {query.Pair} is recorded.", "pair"))
                : ([], null);
        }

        return (query.Interval == "1d" ? DailyBars.Of(found.Bars) : found.Bars, null);
    }

    private LatestRate Wire(RateObservation observation, DateTimeOffset now) => new()
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
        Simulated = market.IsSimulated,
    };
}
