using Cambist.Domain.Evaluation;

namespace Cambist.App.Forecasting.Record;

/// <summary>Live scores of a model over days, pairs and horizons.</summary>
/// <param name="Sum">The sums.</param>
/// <param name="Days">Days that have an outcome.</param>
/// <param name="AgainstBaseline">Whether its CRPS is lower than the baseline's by more than luck; null where there are fewer than <see cref="LeastDays"/> days.</param>
internal sealed record LiveScores(DayScore Sum, int Days, DieboldMariano? AgainstBaseline)
{
    /// <summary>A test on fewer days says nothing.</summary>
    public const int LeastDays = 10;

    // A forecast of the evening reaches into the next day: neighbouring days share hours.
    private const int Overlap = 1;

    /// <summary>1 − its CRPS / the baseline's; null where the baseline spoke of none of its outcomes.</summary>
    public double? Skill => Sum.BaselineCrps > 0 ? 1 - Sum.AgainstCrps / Sum.BaselineCrps : null;

    /// <summary>Share inside the 80 % interval.</summary>
    public double Coverage80 => Mean(Sum.Inside80);

    /// <summary>A sum per outcome.</summary>
    public double Mean(double sum) => sum / Sum.Count;

    /// <summary>The scores of one model.</summary>
    public static LiveScores Of(IEnumerable<ScoredDay> days)
    {
        var byDay = days.GroupBy(day => day.Day).OrderBy(day => day.Key).Select(day => day.Aggregate(new DayScore(), (sum, one) => sum + one.Score)).ToList();
        var differences = byDay.Where(day => day.AgainstCount > 0).Select(day => (day.BaselineCrps - day.AgainstCrps) / day.AgainstCount).ToList();
        return new LiveScores(byDay.Aggregate(new DayScore(), (sum, day) => sum + day), byDay.Count(day => day.Count > 0), Test(differences));
    }

    /// <summary>Whether a model's CRPS is lower than another's, on the days, pairs and horizons of which both have every outcome; null where those are fewer than <see cref="LeastDays"/> days.</summary>
    public static (DieboldMariano? Test, long Count, double Skill) Compare(IEnumerable<ScoredDay> model, IEnumerable<ScoredDay> other)
    {
        var others = other.ToDictionary(day => (day.Pair, day.Hours, day.Day), day => day.Score);
        var shared = model.Select(day => (day.Day, Own: day.Score, Other: others.GetValueOrDefault((day.Pair, day.Hours, day.Day))))
            .Where(both => both.Other is not null && both.Other.Count == both.Own.Count && both.Own.Count > 0)
            .ToList();
        var differences = shared.GroupBy(both => both.Day).OrderBy(day => day.Key).Select(day => day.Sum(both => both.Other!.Crps - both.Own.Crps) / day.Sum(both => both.Own.Count)).ToList();
        return (Test(differences), shared.Sum(both => both.Own.Count), 1 - shared.Sum(both => both.Own.Crps) / shared.Sum(both => both.Other!.Crps));
    }

    private static DieboldMariano? Test(List<double> differences) =>
        differences.Count >= LeastDays && DieboldMariano.Test(differences, Overlap) is { } test && double.IsFinite(test.PValue) ? test : null;
}
