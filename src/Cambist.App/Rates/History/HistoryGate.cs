using Cambist.App.Rates.Ticks;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Cambist.Domain.Rates.Checks;

namespace Cambist.App.Rates.History;

/// <summary>Lets into the history only what could be true, and records what is turned away. What a source tells of the past is checked like what it tells of now: it is what later rates are compared with.</summary>
public sealed class HistoryGate(RateBook book, RateHistory history, TickStore record, TimeProvider clock)
{
    /// <summary>A gate for one pair, whose pages are shown to it from the newest to the oldest.</summary>
    public PairGate Open(CurrencyPair pair, string source) => new(pair, source, Level(pair), record, clock.GetUtcNow());

    private Level? Level(CurrencyPair pair) =>
        (book.Find(pair) ?? history.LastClose(pair, clock.GetUtcNow())) is { } known ? new Level(known.Rate.Mid, known.EffectiveAt) : null;

    /// <summary>The gate of one pair and source.</summary>
    public sealed class PairGate(CurrencyPair pair, string source, Level? level, TickStore record, DateTimeOffset now)
    {
        private readonly PastPrices _prices = new(pair, level);

        /// <summary>The page without what could not be true.</summary>
        public HistoryPage Sound(HistoryPage page)
        {
            var refused = new List<RefusedRate>();
            var hours = page.Hours.Where(bar => bar.CloseTime <= now).OrderByDescending(bar => bar.OpenTime)
                .Where(bar => Passes(FaultOf(bar), bar.CloseTime, bar.Close, refused)).Reverse().ToList();
            var days = page.Days.Where(day => day.EffectiveAt <= now).OrderByDescending(day => day.EffectiveAt)
                .Where(day => Passes(FaultOf(day), day.EffectiveAt, day.Rate, refused)).Reverse().ToList();
            record.Append([], refused);
            return page with { Hours = hours, Days = days };
        }

        private Finding? FaultOf(HourlyBar bar) => bar.Fault() is { } fault
            ? new Finding(Verdict.Rejected, "not_a_bar", fault)
            : _prices.Fault(bar.Close, bar.Low, bar.High, bar.CloseTime);

        private Finding? FaultOf(DailyRate day) => day.Rate <= 0m
            ? new Finding(Verdict.Rejected, "not_positive", FormattableString.Invariant($"A rate is above zero, was {day.Rate}."))
            : _prices.Fault(day.Rate, day.Rate, day.Rate, day.EffectiveAt);

        private bool Passes(Finding? finding, DateTimeOffset at, decimal price, List<RefusedRate> refused)
        {
            if (finding is not null)
            {
                refused.Add(new RefusedRate(pair.Symbol, source, at, now, price, price, "rejected", finding.Code, finding.Detail));
            }

            return finding is null;
        }
    }
}
