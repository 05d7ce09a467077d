using System.Collections.Concurrent;
using Cambist.App.Rates.History;
using Cambist.App.Rates.Sources;
using Cambist.App.Rates.Ticks;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Rates.Checks;
using Cambist.Domain.Rates;

namespace Cambist.App.Rates;

/// <summary>What became of an answer.</summary>
/// <param name="Accepted">Reports that count.</param>
/// <param name="Unchanged">Reports that say nothing new.</param>
/// <param name="Quarantined">Reports that wait for another source to confirm them.</param>
/// <param name="Rejected">Reports that cannot be true.</param>
/// <param name="FirstFault">What was found first; null where nothing was.</param>
public readonly record struct IntakeCounts(int Accepted, int Unchanged, int Quarantined, int Rejected, Finding? FirstFault)
{
    internal IntakeCounts With(in Judgement judgement) => judgement.Verdict switch
    {
        Verdict.Accepted => this with { Accepted = Accepted + 1 },
        Verdict.Unchanged => this with { Unchanged = Unchanged + 1 },
        Verdict.Quarantined => this with { Quarantined = Quarantined + 1, FirstFault = FirstFault ?? judgement.Finding },
        _ => this with { Rejected = Rejected + 1, FirstFault = FirstFault ?? judgement.Finding },
    };
}

/// <summary>
/// Where every reported rate comes in, from whichever source or feed: brought to the pairs that are kept, checked, weighed with what the others say, published in the book, and
/// recorded with what became of it. Safe to use from any thread.
/// </summary>
public sealed class RateIntake(RateBook book, RateHistory history, TickRecorder recorder, PanelPairs panels, RatesOptions options)
{
    // Three weeks of hours say how much a pair moves.
    private static readonly TimeSpan Measured = TimeSpan.FromDays(30);
    private const int LeastCloses = 100;

    private readonly ConcurrentDictionary<CurrencyPair, PairConsensus> _pairs = new();
    private readonly ConcurrentDictionary<string, VerdictTally> _tallies = new(StringComparer.Ordinal);

    /// <summary>What became of each source's reports since the start, by source id.</summary>
    public VerdictTally TallyOf(string source) => _tallies.GetOrAdd(source, static _ => new VerdictTally());

    /// <summary>Takes answers that arrived together: where nothing is known of a pair yet, they find its level among themselves.</summary>
    /// <returns>What became of each source's reports, by source id.</returns>
    public IReadOnlyDictionary<string, IntakeCounts> Take(params IReadOnlyList<RateSheet> sheets)
    {
        foreach (var sheet in sheets)
        {
            NoteUnreadable(sheet);
        }

        var now = sheets.Max(sheet => sheet.ObservedAt);
        var outcomes = new Dictionary<string, IntakeCounts>(StringComparer.Ordinal);
        foreach (var pair in sheets.SelectMany(sheet => panels.Of(sheet.Rates)).GroupBy(report => report.Pair))
        {
            Take([.. pair], now, (in judgement) =>
                outcomes[judgement.Report.Source.Id] = outcomes.GetValueOrDefault(judgement.Report.Source.Id).With(judgement));
        }

        return outcomes;
    }

    /// <summary>Takes a report that arrived by itself, at the instant at which it was observed.</summary>
    public IntakeCounts Take(ReportedRate report)
    {
        var counts = default(IntakeCounts);
        Take([report], report.ObservedAt, (in judgement) => counts = counts.With(judgement));
        return counts;
    }

    private void Take(ReadOnlySpan<ReportedRate> reports, DateTimeOffset now, Judged tell)
    {
        var pair = _pairs.TryGetValue(reports[0].Pair, out var known) ? known : _pairs.GetOrAdd(reports[0].Pair, Begin(reports[0].Pair, now));
        lock (pair)
        {
            var before = pair.Latest;
            var judged = pair.Submit(reports, now);
            if (pair.Latest is { } after && !ReferenceEquals(before, after))
            {
                book.Publish(after);
            }

            foreach (var judgement in judged)
            {
                TallyOf(judgement.Report.Source.Id).Count(judgement.Verdict, judgement.Report);
                Record(judgement, pair.Latest);
                tell(judgement);
            }
        }
    }

    private delegate void Judged(in Judgement judgement);

    private void Record(in Judgement judgement, RateObservation? consensus)
    {
        var report = judgement.Report;
        switch (judgement.Verdict)
        {
            case Verdict.Accepted:
                recorder.Add(new Tick(report.Pair, report.EffectiveAt, report.ObservedAt, report.Bid, report.Ask, report.Source.Id, RateDigits.Exact(consensus!.Rate.Mid)));
                break;
            case Verdict.Quarantined or Verdict.Rejected:
                recorder.Add(new RefusedRate(
                    report.Pair.Symbol, report.Source.Id, report.EffectiveAt, report.ObservedAt, report.Bid, report.Ask,
                    judgement.Verdict == Verdict.Quarantined ? "quarantined" : "rejected", judgement.Finding!.Code, judgement.Finding.Detail));
                break;
        }
    }

    private void NoteUnreadable(RateSheet sheet)
    {
        foreach (var rate in sheet.Unreadable)
        {
            TallyOf(sheet.Source.Id).CountUnreadable();
            recorder.Add(new RefusedRate(
                rate.Pair.Symbol, sheet.Source.Id, EffectiveAt: null, sheet.ObservedAt, Bid: null, Ask: null, "rejected", "unreadable", $"A number was expected, was '{Plain(rate.Told)}'."));
        }
    }

    // What comes from outside may hold what a database refuses: a zero byte, or half of a character.
    private static string Plain(string told) => string.Concat(told.Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter));

    private PairConsensus Begin(CurrencyPair pair, DateTimeOffset now)
    {
        var consensus = new PairConsensus(pair, options.MajorInterval);
        if (history.LastClose(pair, now) is { } last)
        {
            var closes = history.Closes(pair, now - Measured, now);
            consensus.Start(last.Rate.Mid, last.EffectiveAt, closes is { Count: >= LeastCloses } ? VolatilityOf(closes) : null);
        }

        return consensus;
    }

    private static double VolatilityOf(HourlySeries closes)
    {
        var squares = 0.0;
        for (var index = 1; index < closes.Count; index++)
        {
            squares += Math.Pow(Math.Log(closes.Closes[index] / closes.Closes[index - 1]), 2);
        }

        return Math.Sqrt(squares / (closes.Count - 1));
    }
}
