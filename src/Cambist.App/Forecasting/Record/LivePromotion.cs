using System.Globalization;
using Cambist.App.Forecasting.Registry;
using Microsoft.Extensions.Logging;

namespace Cambist.App.Forecasting.Record;

/// <summary>
/// Promotes a challenger that has proven itself beside the champion on live data: better than the baseline and than the champion, each by more than luck (Diebold–Mariano on means of days,
/// one-sided). The verdict is recorded before, with its figures, and the champion that goes is kept to roll back to. One that has had its time without that is retired, and so are those of
/// the program's own that wait for their turn while a newer one waits too: what was learned last week is not worth a month of trial.
/// </summary>
internal sealed class LivePromotion(ForecastRecordStore store, ModelRegistry registry, RecordOptions record, ModelsOptions options, ILogger<LivePromotion> log)
{
    // Twenty market days are a month: fewer are one mood of the market.
    private const int LeastDays = 20;
    private const int LeastForecasts = 2000;

    // What has not shown in three months is not there, or not worth waiting for; and where little is asked for there never are forecasts enough.
    private const int MostDays = 60;
    private static readonly TimeSpan LongestTrial = TimeSpan.FromDays(180);

    private const double Level = 0.05;

    /// <summary>Looks at the challengers as of an instant; promotes one at most, and retires those whose trial is over.</summary>
    public void Turn(DateTimeOffset now)
    {
        var book = registry.Store.Read();
        var challengers = book.Challengers.ToList();
        if (!options.AutoPromote || challengers.Count == 0)
        {
            return;
        }

        var today = (int)(now - DateTimeOffset.UnixEpoch).TotalDays;
        var champion = book.Champion is { } reigning ? store.Scores(reigning.Id, pair: null, today - record.KeepDays, today) : null;
        foreach (var challenger in challengers.Take(record.MostChallengers))
        {
            var days = store.Scores(challenger.Id, pair: null, today - record.KeepDays, today);
            var scores = LiveScores.Of(days);
            if (scores.Sum.AgainstCount >= LeastForecasts && scores.Days >= LeastDays && scores.AgainstBaseline?.PValue < Level && Beats(days, champion) is { } reason)
            {
                Promote(challenger, scores, days, reason);
                return;
            }

            if (scores.Days >= MostDays || now - challenger.RegisteredAt > LongestTrial)
            {
                Retire(challenger, string.Create(
                    CultureInfo.InvariantCulture, $"after {scores.Days} days of trial it was not better than luck: {scores.Sum.Count:#,0} outcomes{(scores.Skill is { } skill ? $", CRPS {100 * skill:+0.00;-0.00} % against the baseline" : "")}"));
            }
        }

        // Those of an operator wait as long as it takes.
        var waiting = challengers.Skip(record.MostChallengers).Where(IsOurs).ToList();
        foreach (var passedOver in waiting.SkipLast(1))
        {
            Retire(passedOver, $"{waiting[^1].Id} was trained before its turn came");
        }
    }

    private bool IsOurs(RegisteredModel model) => registry.Store.Events(model.Id).Any(happened => happened is { What: ModelHappening.Registered, Actor: ModelActor.Gate });

    private void Retire(RegisteredModel challenger, string reason)
    {
        try
        {
            registry.Retire(challenger.Id, ModelActor.Gate, reason);
        }
        catch (ModelFaultException)
        {
            // Another node did it, or somebody promoted it meanwhile.
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
