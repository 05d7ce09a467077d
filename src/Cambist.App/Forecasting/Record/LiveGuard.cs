using System.Globalization;
using System.Text.Json.Nodes;
using Cambist.App.Forecasting.Registry;

namespace Cambist.App.Forecasting.Record;

/// <summary>
/// Takes the champion out of service, for a pair or for all, where its live record breaks a bound, and puts it back where it is well within: by half of each bound, so that it does not
/// come and go.
/// </summary>
internal sealed class LiveGuard(ForecastRecordStore store, ModelRegistry registry, RecordOptions record, FallbackOptions bounds)
{
    private const double Nominal = 0.8;
    private const double Hysteresis = 0.5;

    // By this word it knows the reasons that are its own; what somebody else decided is not its to undo.
    private const string Ours = "live record: ";

    /// <summary>Looks at the live record as of an instant.</summary>
    public void Turn(DateTimeOffset now)
    {
        var book = registry.Store.Read();
        if (book.Champion is not { } champion)
        {
            return;
        }

        var today = (int)(now - DateTimeOffset.UnixEpoch).TotalDays;
        var days = store.Scores(champion.Id, pair: null, today - record.KeepDays, today);
        Judge(champion.Id, ModelGate.AllPairs, days, book);
        foreach (var pair in days.GroupBy(day => day.Pair))
        {
            Judge(champion.Id, pair.Key, [.. pair], book);
        }
    }

    private void Judge(string model, string pair, IReadOnlyList<ScoredDay> days, ModelBook book)
    {
        var (scores, forecasts) = Window(days);
        if (forecasts < bounds.MinForecasts)
        {
            return;
        }

        var (off, skill) = (scores.Coverage80 - Nominal, scores.Skill);
        var isOff = Math.Abs(off) > bounds.CoverageError;
        var fallback = book.Fallbacks.FirstOrDefault(one => one.Model == model && one.Pair == pair);
        if (fallback is null && (isOff || skill < bounds.SkillFloor))
        {
            registry.FallBack(model, pair, Ours + Told(scores, forecasts, isOff), Figures(scores, forecasts));
        }
        else if (fallback?.Reason.StartsWith(Ours, StringComparison.Ordinal) == true && Math.Abs(off) <= Hysteresis * bounds.CoverageError && (skill is null || skill >= Hysteresis * bounds.SkillFloor))
        {
            registry.Recover(model, pair, Ours + Told(scores, forecasts, isOff: true), Figures(scores, forecasts));
        }
    }

    // The newest whole days that hold enough hours of forecasts. An hour counts once, however many horizons were recorded and pairs pooled.
    private (LiveScores Scores, long Forecasts) Window(IReadOnlyList<ScoredDay> days)
    {
        var (taken, hours) = (new List<ScoredDay>(), 0.0);
        foreach (var day in days.GroupBy(day => day.Day).OrderByDescending(day => day.Key))
        {
            if (hours >= bounds.Window)
            {
                break;
            }

            taken.AddRange(day);
            hours += (double)day.Sum(one => one.Score.Count) / day.Select(one => (one.Pair, one.Hours)).Distinct().Count();
        }

        return (LiveScores.Of(taken), (long)hours);
    }

    private static string Told(LiveScores scores, long forecasts, bool isOff) => string.Create(
        CultureInfo.InvariantCulture,
        $"over the last {forecasts:#,0} hours of forecasts {(isOff ? $"{scores.Coverage80:0.0%} of outcomes lay inside the 80 % interval, and " : "")}the CRPS was {Math.Abs(scores.Skill ?? 0) * 100:0.00} % {(scores.Skill >= 0 ? "better" : "worse")} than the baseline's");

    private static JsonObject Figures(LiveScores scores, long forecasts) => new()
    {
        ["forecasts"] = forecasts,
        ["days"] = scores.Days,
        ["coverage_80"] = scores.Coverage80,
        ["crps_skill"] = scores.Skill,
    };
}
