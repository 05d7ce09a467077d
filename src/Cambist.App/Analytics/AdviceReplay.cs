using Cambist.App.Rates.History;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Evaluation.Advice;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Quotes;

namespace Cambist.App.Analytics;

/// <summary>How far a replay is.</summary>
/// <param name="Pair">The pair that is being replayed.</param>
/// <param name="Ended">Goals that have ended.</param>
/// <param name="Goals">All goals.</param>
public readonly record struct ReplayProgress(CurrencyPair Pair, long Ended, long Goals);

/// <summary>
/// Asks the live decision engine, cost calculator and forecasters what they would have said to a stream of goals, each look with what was known at its instant. All looks of a pair and side that are due
/// go together: the instants are forecast in one batch, then decided on all cores, and who is told to wait is in the next round.
/// </summary>
/// <param name="history">Recorded history, for the forecasters.</param>
/// <param name="bars">Its hours.</param>
/// <param name="providers">The providers to choose from.</param>
internal sealed class AdviceReplay(RateHistory history, BarStore bars, ProviderPanel providers)
{
    // A fresh rate at the first look may be the close before a long holiday.
    public static readonly TimeSpan BeforeFirstLook = TimeSpan.FromDays(7);

    // Who looks again after a holiday may convert a little late.
    private static readonly TimeSpan AfterLastDeadline = TimeSpan.FromDays(7);

    /// <summary>The goals of one pair and side; null where no history of the pair is recorded in the span.</summary>
    public DirectionReplay? Run(AdviceReplayPlan plan, CurrencyPair pair, GoalSide side, IForecastFamily family, Action<int>? ended, CancellationToken cancellationToken)
    {
        if (Market(plan, pair, side, family) is not { } market)
        {
            return null;
        }

        var goals = plan.GoalsOf(pair, side).Select(goal => new GoalReplay(goal)).ToList();
        var parallel = new ParallelOptions { CancellationToken = cancellationToken };
        for (var open = goals; open.Count > 0;)
        {
            var due = open.Where(goal => goal.TryReachRate(market.Asked)).ToList();
            market.Forecasts.Add(due.Select(goal => goal.NextLook));
            Parallel.ForEach(due, parallel, goal => goal.Look(market));
            var waiting = due.Where(goal => goal.End == GoalEnd.Open).ToList();
            ended?.Invoke(open.Count - waiting.Count);
            open = waiting;
        }

        return new DirectionReplay(pair, side, market, goals);
    }

    private ReplayMarket? Market(AdviceReplayPlan plan, CurrencyPair pair, GoalSide side, IForecastFamily family)
    {
        var (asked, end) = (side.PairOf(pair), plan.LastDeadline + AfterLastDeadline);
        var rates = new RecordedRates(bars, plan.From - BeforeFirstLook, end);
        var start = FxWeek.OpenOf(plan.From).AddDays(-7 * family.WeeksOfHistory);
        if (rates.Of(asked) is not { } path || rates.Of(pair) is not { } named || history.Closes(asked, start, end) is not { } closes)
        {
            return null;
        }

        var read = new Dictionary<CurrencyPair, HourlySeries?> { [asked] = closes };
        var known = new MarketHistory(closes, other =>
        {
            lock (read)
            {
                return read.TryGetValue(other, out var series) ? series : read[other] = history.Closes(other, start, end);
            }
        });
        var usd = Currency.Usd;
        return new ReplayMarket(
            path, named, asked.Base == usd ? null : rates.Of(new CurrencyPair(asked.Base, usd)), providers, new ForecastBook(known, family, path));
    }
}

/// <summary>The replayed goals of one pair and side.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Side">The side.</param>
/// <param name="Market">What they were decided from.</param>
/// <param name="Goals">The goals, in the order of the file.</param>
internal sealed record DirectionReplay(CurrencyPair Pair, GoalSide Side, ReplayMarket Market, IReadOnlyList<GoalReplay> Goals);
