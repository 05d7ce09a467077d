using System.Globalization;
using Cambist.App.Forecasting.Registry;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Forecasting.Record;

/// <summary>
/// Promotes a challenger that has proven itself beside the champion on live data: better than the baseline and than the champion, each by more than luck (Diebold–Mariano on means of days,
/// one-sided). The verdict is recorded before, with its figures, and the champion that goes is kept to roll back to.
/// </summary>
internal sealed class LivePromotion(ForecastRecordStore store, ModelRegistry registry, RecordOptions record, ModelsOptions options, ILogger<LivePromotion> log)
{
    // Twenty market days are a month: fewer are one mood of the market.
    private const int LeastDays = 20;
    private const int LeastForecasts = 2000;
    private const double Level = 0.05;

    /// <summary>Looks at the challengers as of an instant; promotes one at most.</summary>
    public void Turn(DateTimeOffset now)
    {
        var book = registry.Store.Read();
        var challengers = book.Models.Where(model => model.Stage == ModelStage.Challenger).ToList();
        if (!options.AutoPromote || challengers.Count == 0)
        {
            return;
        }

        var today = (int)(now - DateTimeOffset.UnixEpoch).TotalDays;
        var champion = book.Champion is { } reigning ? store.Scores(reigning.Id, pair: null, today - record.KeepDays, today) : null;
        foreach (var challenger in challengers)
        {
            var days = store.Scores(challenger.Id, pair: null, today - record.KeepDays, today);
            var scores = LiveScores.Of(days);
            if (scores.Sum.AgainstCount >= LeastForecasts && scores.Days >= LeastDays && scores.AgainstBaseline?.PValue < Level && Beats(days, champion) is { } reason)
            {
                Promote(challenger, scores, days, reason);
                return;
            }
        }
    }

    // Why it is better than the champion; null where it is not.
    private static string? Beats(IReadOnlyList<ScoredDay> days, IReadOnlyList<ScoredDay>? champion)
    {
        if (champion is null)
        {
            return "there was no champion";
        }

        var (test, count, skill) = LiveScores.Compare(days, champion);
        return count >= LeastForecasts && test is { Count: >= LeastDays, PValue: < Level }
            ? string.Create(CultureInfo.InvariantCulture, $"its live CRPS was {100 * skill:0.00} % better than the champion's on {count:#,0} forecasts, p = {test.PValue:0.####}")
            : null;
    }

    private void Promote(RegisteredModel challenger, LiveScores scores, IReadOnlyList<ScoredDay> days, string reason)
    {
        try
        {
            registry.RecordGates(challenger.Id, [Verdict(ModelGate.AllPairs, scores, days)], "the live record of a challenger");
            registry.Promote(challenger.Id, ModelActor.Gate, reason: reason);
        }
        catch (ModelFaultException fault)
        {
            // Its files may be broken, or somebody promoted another one meanwhile. The champion stays, and the next hour looks again.
            log.LogWarning("The challenger {Model} passed its live gate and cannot be promoted: {Fault}", challenger.Id, fault.Message);
        }
    }

    private static ModelGate Verdict(string pair, LiveScores scores, IReadOnlyList<ScoredDay> days) => new(
        "",
        pair,
        Passed: true,
        MeanHorizons: [],
        scores.Skill ?? 0,
        scores.AgainstBaseline?.PValue,
        scores.Sum.AgainstCount,
        DateTimeOffset.UnixEpoch.AddDays(days.Min(day => day.Day)),
        DateTimeOffset.UnixEpoch.AddDays(days.Max(day => day.Day) + 1));
}
