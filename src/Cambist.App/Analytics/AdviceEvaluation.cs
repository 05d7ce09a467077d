using Cambist.App.Rates.History;
using Cambist.Domain.Currencies;
using Cambist.Domain.Evaluation.Advice;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Quotes;

namespace Cambist.App.Analytics;

/// <summary>How many goals a replay had, and what became of them.</summary>
/// <param name="Goals">All goals.</param>
/// <param name="NotAsked">Of them those left out because no fresh rate was known when they would have been asked.</param>
/// <param name="NoProvider">Those for which no provider has a price.</param>
/// <param name="Unfinished">Those that the recorded history ends before; where outcomes are judged, also those whose last safe day it does not reach.</param>
/// <param name="Decisions">Decisions, a row each.</param>
/// <param name="Waits">Of them those to wait.</param>
/// <param name="WithoutForecast">Decisions for which there was no forecast.</param>
public readonly record struct ReplayTally(int Goals, int NotAsked, int NoProvider, int Unfinished, int Decisions, int Waits, int WithoutForecast)
{
    /// <summary>Goals that were converted.</summary>
    public int Converted => Goals - NotAsked - NoProvider - Unfinished;

    /// <summary>Both together.</summary>
    public ReplayTally Plus(ReplayTally other) => new(
        Goals + other.Goals, NotAsked + other.NotAsked, NoProvider + other.NoProvider, Unfinished + other.Unfinished, Decisions + other.Decisions, Waits + other.Waits, WithoutForecast + other.WithoutForecast);
}

/// <summary>Replays the advice over history: writes its decisions, and tells what following them was worth.</summary>
/// <param name="history">Recorded history, for the forecasters.</param>
/// <param name="bars">Its hours.</param>
/// <param name="providers">The providers to choose from; live advice about the past has those with a shipped fee schedule.</param>
public sealed class AdviceEvaluation(RateHistory history, BarStore bars, ProviderPanel providers)
{
    private readonly AdviceReplay _replay = new(history, bars, providers);

    /// <summary>Whether anything of a pair is recorded for a plan.</summary>
    public bool HasHistory(AdviceReplayPlan plan, CurrencyPair pair)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return history.Closes(pair, plan.From - AdviceReplay.BeforeFirstLook, plan.To) is not null;
    }

    /// <summary>Runs a plan, and with scores tells what following the advice was worth; every pair of the plan must have history.</summary>
    /// <param name="plan">The goals.</param>
    /// <param name="familyOf">The forecaster of a pair, the question's way round.</param>
    /// <param name="csv">Where the rows go, the header first.</param>
    /// <param name="scores">Where the outcomes are counted; null: they are not judged.</param>
    /// <param name="progress">Is told how far it is; null: nobody is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public ReplayTally Run(
        AdviceReplayPlan plan,
        Func<CurrencyPair, IForecastFamily> familyOf,
        TextWriter csv,
        AdviceScores? scores,
        IProgress<ReplayProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(familyOf);
        ArgumentNullException.ThrowIfNull(csv);
        csv.Write(AdviceCsv.Header + "\n");
        var (tally, ended) = (default(ReplayTally), 0L);
        foreach (var (pair, side) in plan.Pairs.SelectMany(pair => plan.Sides, (pair, side) => (pair, side)))
        {
            var replayed = _replay.Run(plan, pair, side, familyOf(side.PairOf(pair)), Tell, cancellationToken)
                ?? throw new ArgumentException($"No history of {pair} is recorded.", nameof(plan));
            AdviceCsv.Write(csv, replayed, plan.NamesRisk);
            var outcomes = scores is null ? null : ReplayScoring.Outcomes(replayed, plan, cancellationToken);
            scores?.Add(outcomes!);
            tally = tally.Plus(TallyOf(replayed, outcomes?.Count));

            void Tell(int more) => progress?.Report(new ReplayProgress(pair, ended += more, plan.Goals));
        }

        return tally;
    }

    // What has no outcome yet is unfinished too: the history ends before what it is compared with.
    private static ReplayTally TallyOf(DirectionReplay replayed, int? outcomes)
    {
        var converted = replayed.Goals.Count(goal => goal.End == GoalEnd.Converted);
        var looks = replayed.Goals.SelectMany(goal => goal.Looks).ToList();
        return new ReplayTally(
            replayed.Goals.Count,
            replayed.Goals.Count(goal => goal.End == GoalEnd.NotAsked),
            replayed.Goals.Count(goal => goal.End == GoalEnd.NoProvider),
            replayed.Goals.Count(goal => goal.End == GoalEnd.Unfinished) + converted - (outcomes ?? converted),
            looks.Count,
            looks.Count(look => look.Executed is null),
            looks.Count(look => look.Claim is null));
    }
}
