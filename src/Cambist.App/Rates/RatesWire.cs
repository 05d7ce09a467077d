using System.Globalization;
using Cambist.App.Edge;
using Cambist.App.Rates.History;
using Cambist.Client;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates;

/// <summary>Tells rates as the wire has them; every face that shows rates reads them here.</summary>
public sealed class RatesWire(RateDesk rates, RateBook book, RateHistory history, MarketFacts market)
{
    private const int MostPairs = 50;

    /// <summary>The pairs that are asked for, null for every pair that is observed directly; or why they cannot be read.</summary>
    /// <param name="pairs">Pairs separated by commas.</param>
    public static (IReadOnlyList<CurrencyPair>? Pairs, Problem? Problem) Read(string? pairs)
    {
        if (string.IsNullOrWhiteSpace(pairs))
        {
            return (null, null);
        }

        var fields = new FieldReader();
        var wanted = pairs.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text => fields.Pair("pairs", text)).ToList();
        if (wanted.Count > MostPairs)
        {
            fields.Refuse(Problems.Invalid("too_many_pairs", "pairs", $"at most {MostPairs} pairs", wanted.Count.ToString(CultureInfo.InvariantCulture)));
        }

        return fields.Problem is { } wrong ? (null, wrong) : (wanted!, null);
    }

    /// <summary>The latest rates, or why not; exactly one is set.</summary>
    /// <param name="pairs">Pairs separated by commas; nothing: every pair that is observed directly.</param>
    public (LatestRates? Latest, Problem? Problem) Latest(string? pairs)
    {
        var (asked, wrong) = Read(pairs);
        if (wrong is not null)
        {
            return (null, wrong);
        }

        var now = rates.Now;
        var wanted = asked ?? [.. book.Pairs.OrderBy(pair => pair.Symbol, StringComparer.Ordinal)];
        var latest = new List<LatestRate>(wanted.Count);
        foreach (var pair in wanted)
        {
            if (rates.Find(pair, asOf: null) is not { } observation)
            {
                return (null, rates.NoFreshRate(pair, null, asOf: null, "pairs"));
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

        var found = query.Interval == "1d" ? history.Days(query.Pair!, query.Start, query.To) : history.Bars(query.Pair!, query.Start, query.To)?.Bars ?? [];
        return found.Count == 0 && history.LastClose(query.Pair!, rates.Now) is null
            ? (null, Problems.NotFound("history_not_found", $"No history of {query.Pair} is recorded.", "pair"))
            : (found, null);
    }

    /// <summary>A rate of now as the wire has it.</summary>
    internal LatestRate Wire(RateObservation observation) => Wire(observation, rates.Now);

    internal static string Word(RateKind kind) => kind == RateKind.Reference ? "reference" : "live";

    private LatestRate Wire(RateObservation observation, DateTimeOffset now) => new()
    {
        Pair = observation.Pair.ToString(),
        Rate = RateDigits.Round(observation.Rate.Mid),
        Bid = observation.SpreadKnown ? RateDigits.Round(observation.Rate.Bid) : null,
        Ask = observation.SpreadKnown ? RateDigits.Round(observation.Rate.Ask) : null,
        SpreadBps = observation.SpreadKnown ? (double)decimal.Round(observation.Rate.SpreadBps, 2) : null,
        Kind = Word(observation.Kind),
        Source = observation.Source,
        Sources = [.. observation.Source.Split([',', '+'], StringSplitOptions.RemoveEmptyEntries).Distinct()],
        EffectiveAt = observation.EffectiveAt,
        ObservedAt = observation.ObservedAt,
        AgeSeconds = Math.Round((now - observation.EffectiveAt).TotalSeconds, 1),
        Stale = observation.IsStale(now),
        Market = FxWeek.IsOpen(now) ? "open" : "closed",
        Simulated = market.IsSimulated,
    };
}
