using Cambist.Domain.Currencies;
using Cambist.Domain.Decisions;
using Cambist.Domain.Evaluation.Advice;
using Xunit;

namespace Cambist.Domain.Tests.Evaluation.Advice;

public sealed class AdviceScoresTests
{
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void There_is_a_row_for_all_goals_and_for_each_thing_in_which_they_differ()
    {
        var scores = Scores(day => 1, GoalSide.SellBase, GoalSide.BuyBase);

        Assert.Equal([null, GoalSide.SellBase, GoalSide.BuyBase], scores.Rows().Select(row => row.Key.Side));
        Assert.All(scores.Rows(), row => Assert.Equal(("EURUSD", 7, RiskTolerance.Moderate), (row.Key.Pair, row.Key.DeadlineDays, row.Key.Risk)));
        Assert.Equal([(new DateOnly(2026, 1, 1), 62), (new DateOnly(2026, 2, 1), 56), (new DateOnly(2026, 3, 1), 2)], scores.Months().Select(row => (row.Key.Month!.Value, row.Goals)));
    }

    [Fact]
    public void Goals_asked_at_one_instant_count_as_one()
    {
        // One side gains what the other loses.
        var scores = new AdviceScores(From, TimeSpan.FromDays(1));
        var random = new Random(5);
        foreach (var day in Enumerable.Range(0, 60))
        {
            var moved = 100 * (random.NextDouble() - 0.5);
            scores.Add([Outcome(day, GoalSide.SellBase, moved), Outcome(day, GoalSide.BuyBase, -moved)]);
        }

        var rows = scores.Rows();
        var pooled = rows[0].Against[0];
        Assert.Equal((120, 60, 0.0, 0.0, 0.0), (pooled.Goals, pooled.Bps.Count, pooled.Bps.Mean, pooled.Bps.Low, pooled.Bps.High));
        Assert.Equal((0.5, 0.5), (pooled.Won, pooled.Lost));
        Assert.True(rows[1].Against[0].Bps.High - rows[1].Against[0].Bps.Low > 1);
    }

    [Theory]
    [InlineData(0.5, 0.5, ConfidenceVerdict.Calibrated)]
    [InlineData(0.9, 0.5, ConfidenceVerdict.TooHigh)]
    [InlineData(0.2, 0.5, ConfidenceVerdict.TooLow)]
    public void A_confidence_is_judged_by_what_came(double said, double came, ConfidenceVerdict verdict)
    {
        var random = new Random(11);
        var scores = new AdviceScores(From, TimeSpan.FromDays(1));
        scores.Add(Enumerable.Range(0, 400).Select(day => Outcome(day, GoalSide.SellBase, 0) with { Claims = [new JudgedClaim(said, random.NextDouble() < came)] }));

        var confidence = scores.Rows()[0].Confidence;
        Assert.Equal(verdict, confidence.Verdict);
        Assert.Equal(said, confidence.Mean, 1e-9);
        Assert.InRange(confidence.Frequency, came - 0.1, came + 0.1);
    }

    [Fact]
    public void Without_claims_there_is_no_verdict() => Assert.Equal(ConfidenceVerdict.TooFew, Scores(_ => 0, GoalSide.SellBase).Rows()[0].Confidence.Verdict);

    [Fact]
    public void A_row_is_what_its_goals_alone_come_to()
    {
        var random = new Random(3);
        var outcomes = Enumerable.Range(0, 300).Select(number => Outcome(number / 4, (GoalSide)(number % 2), random.NextDouble() - 0.5) with { Waited = number % 3 == 0 }).ToList();
        var all = new AdviceScores(From, TimeSpan.FromDays(1));
        all.Add(outcomes);

        Assert.Equal(3, all.Rows().Count);
        foreach (var row in all.Rows().Concat(all.Months()))
        {
            var alone = new AdviceScores(From, TimeSpan.FromDays(1));
            alone.Add(outcomes.Where(outcome => row.Key.Side is null || outcome.Goal.Side == row.Key.Side).Where(outcome => row.Key.Month is null || AdviceScoreKey.MonthOf(outcome.Goal.AskedAt) == row.Key.Month));
            var expected = alone.Rows()[0];
            Assert.Equal((expected.Goals, expected.Waited, expected.CostBps), (row.Goals, row.Waited, row.CostBps));
            Assert.Equal(expected.Against, row.Against);
        }
    }

    private static AdviceScores Scores(Func<int, double> gain, params GoalSide[] sides)
    {
        var scores = new AdviceScores(From, TimeSpan.FromDays(1));
        scores.Add(from side in sides from day in Enumerable.Range(0, 60) select Outcome(day, side, gain(day)));
        return scores;
    }

    private static AdviceOutcome Outcome(int day, GoalSide side, double bps)
    {
        var pair = CurrencyPair.Parse("EURUSD");
        var goal = new AdviceGoal(pair, side, new Money(1000m, pair.Quote), From.AddDays(day), 7, RiskTolerance.Moderate);
        return new AdviceOutcome(goal, Waited: false, Advised: 0, [.. AdviceStrategies.All.Select(_ => (AdviceGain?)new AdviceGain(bps, bps / 10))], []);
    }
}
