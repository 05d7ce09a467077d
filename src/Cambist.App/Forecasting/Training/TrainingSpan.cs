namespace Cambist.App.Forecasting.Training;

/// <summary>Which hours are learned from, which decide when the network has learned enough, and which prove what it is worth.</summary>
/// <param name="From">Close of the first hour learned from.</param>
/// <param name="LearnUntil">Close of the last hour whose outcome the network learns from.</param>
/// <param name="Until">Close of the last hour that anything was chosen by.</param>
/// <param name="ProveUntil">Close of the last recorded hour: those after <paramref name="Until"/> prove the model.</param>
public sealed record TrainingSpan(DateTimeOffset From, DateTimeOffset LearnUntil, DateTimeOffset Until, DateTimeOffset ProveUntil)
{
    private static readonly TimeSpan LongestJudging = TimeSpan.FromDays(365);
    private static readonly TimeSpan UsualProof = TimeSpan.FromDays(182);

    // The features of an hour need a week of history and some months to settle; less than that is nothing to learn from.
    private static readonly TimeSpan Shortest = TimeSpan.FromDays(365);

    /// <summary>The first midnight (UTC) after <see cref="Until"/>: from here forecasts prove the model every six hours.</summary>
    public DateTimeOffset ProveFrom => new(Until.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);

    /// <summary>The spans of a history. A fifth of it, a year at most, judges; what follows the last learned hour by less than the longest outcome and window is left out there.</summary>
    /// <param name="first">Close of the first recorded hour.</param>
    /// <param name="last">Close of the last one.</param>
    /// <param name="until">The end that was asked for; null: half a year before the last hour.</param>
    /// <exception cref="TrainingFailedException">The history is too short.</exception>
    public static TrainingSpan Of(DateTimeOffset first, DateTimeOffset last, DateTimeOffset? until)
    {
        var end = until is { } asked && asked < last ? asked : until is null ? new DateTimeOffset((last - UsualProof).UtcDateTime.Date, TimeSpan.Zero) : last;
        if (end - first < Shortest)
        {
            throw new TrainingFailedException(
                "history_too_short", $"A training needs {Shortest.TotalDays:0} days of hourly history, found {Math.Max(0, (end - first).TotalDays):0} until {end:yyyy-MM-dd}. Import or backfill more history.");
        }

        var judging = TimeSpan.FromTicks(Math.Min(LongestJudging.Ticks, (end - first).Ticks / 5));
        return new TrainingSpan(first, end - judging, end, last);
    }
}
