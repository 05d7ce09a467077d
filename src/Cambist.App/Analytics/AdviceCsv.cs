using System.Globalization;
using Cambist.Domain.Decisions;
using Cambist.Domain.Evaluation.Advice;
using Cambist.Domain.Rates;

namespace Cambist.App.Analytics;

/// <summary>The file of <c>evaluate advice</c>: one row per decision, an unknown figure an empty cell.</summary>
internal static class AdviceCsv
{
    /// <summary>The header.</summary>
    public const string Header = "goal_id,pair,side,amount,amount_currency,asked_at,deadline,decided_at,action,confidence,expected_saving_usd,executed_at,rate_used,provider,all_in_cost_bps,reason_code";

    /// <summary>Writes the decisions of a pair and side, goal by goal.</summary>
    public static void Write(TextWriter csv, DirectionReplay replayed, bool namesRisk)
    {
        foreach (var replay in replayed.Goals)
        {
            var goal = replay.Goal;
            var asked = string.Create(
                CultureInfo.InvariantCulture,
                $"{goal.Id(namesRisk)},{goal.Pair.Symbol},{goal.Side.Word()},{goal.Amount.Amount:0.####},{goal.Amount.Currency},{Time(goal.AskedAt)},{Time(goal.Deadline)}");
            foreach (var look in replay.Looks)
            {
                csv.Write(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{asked},{Time(look.DecidedAt)},{look.Action.Word()},{look.Confidence},{look.ExpectedSavingUsd},{Execution(look.Executed, replayed.Market.Named)},{look.ReasonCode}\n"));
            }
        }
    }

    private static string Execution(Conversion? executed, RatePath named) => executed is null
        ? ",,,"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Time(executed.At)},{RateDigits.Round(named.At(executed.At)!.Rate.Mid)},{executed.Provider},{executed.CostBps:0.0000}");

    // To the tick: the last safe instant of a day is one before midnight, and a second earlier the advice may be another.
    private static string Time(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
