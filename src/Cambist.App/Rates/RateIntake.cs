using System.Collections.Concurrent;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Rates;
using Cambist.Domain.Rates.Checks;

namespace Cambist.App.Rates;

/// <summary>How many reports of an answer were accepted and how many were not.</summary>
/// <param name="Accepted">They count.</param>
/// <param name="Quarantined">They wait for another source to confirm them.</param>
/// <param name="Rejected">They cannot be true, or could not be read.</param>
public readonly record struct IntakeCounts(int Accepted, int Quarantined, int Rejected);

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
    public void Take(params IReadOnlyList<RateSheet> sheets)
    {
        foreach (var sheet in sheets)
        {
            NoteUnreadable(sheet);
        }

        var now = sheets.Max(sheet => sheet.ObservedAt);
        foreach (var pair in sheets.SelectMany(sheet => panels.Of(sheet.Rates)).GroupBy(report => report.Pair))
        {
            Take([.. pair], now);
        }
    }

    /// <summary>Takes reports of one pair that arrived together at an instant.</summary>
    public IntakeCounts Take(ReadOnlySpan<ReportedRate> reports, DateTimeOffset now)
    {
        var pair = _pairs.TryGetValue(reports[0].Pair, out var known) ? known : _pairs.GetOrAdd(reports[0].Pair, Begin(reports[0].Pair, now));
        var counts = default(IntakeCounts);
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
                counts = Counted(counts, judgement.Verdict);
                Record(judgement, pair.Latest);
            }
        }

        return counts;
    }

    private static IntakeCounts Counted(IntakeCounts counts, Verdict verdict) => verdict switch
    {
        Verdict.Accepted => counts with { Accepted = counts.Accepted + 1 },
        Verdict.Quarantined => counts with { Quarantined = counts.Quarantined + 1 },
        Verdict.Rejected => counts with { Rejected = counts.Rejected + 1 },
        _ => counts,
    };

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
                rate.Pair.Symbol, sheet.Source.Id, EffectiveAt: null, sheet.ObservedAt, Bid: null, Ask: null, "rejected", "unreadable", $"A number was expected, was '{rate.Told}'."));
        }
    }

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

    private static double VolatilityOf(CloseSeries closes)
    {
        var squares = 0.0;
        for (var index = 1; index < closes.Count; index++)
        {
            squares += Math.Pow(Math.Log(closes.Closes[index] / closes.Closes[index - 1]), 2);
        }

        return Math.Sqrt(squares / (closes.Count - 1));
    }
}
