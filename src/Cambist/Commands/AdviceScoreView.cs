using System.Globalization;
using Cambist.Client;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary>The scoreboard of the advice on a terminal.</summary>
internal static class AdviceScoreView
{
    // Wide enough for a row on one line where nobody says how wide a line is.
    private const int LineOfAPipe = 160;

    /// <summary>All goals, and the same by one or two things in which they differ; every combination and the months are in the document.</summary>
    public static void Write(ReplayedAdvice replayed)
    {
        if (replayed.Rows.Count == 0)
        {
            return;
        }

        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, LineOfAPipe);
        }

        AnsiConsole.MarkupLineInterpolated($"A replay of {replayed.From:yyyy-MM-dd} to {replayed.To:yyyy-MM-dd} with {replayed.Model}; fees as they are published today. What the advice gained over each strategy, with the 95 % interval.");
        AnsiConsole.MarkupLine("In basis points of the amount:");
        AnsiConsole.Write(Gains(replayed.Rows, comparison => (comparison.MeanBps, comparison.LowBps, comparison.HighBps)));
        AnsiConsole.MarkupLine("In USD a goal:");
        AnsiConsole.Write(Gains(replayed.Rows, comparison => (comparison.MeanUsd, comparison.LowUsd, comparison.HighUsd)));
        AnsiConsole.MarkupLine("Was waiting to the horizon cheaper as often as the confidence said?");
        AnsiConsole.Write(Reliability(replayed.Rows[0].Confidence));
        AnsiConsole.MarkupLineInterpolated($"{Verdict(replayed.Rows[0].Confidence)}");
    }

    private static Table Gains(IReadOnlyList<AdviceScore> rows, Func<AdviceComparison, (double? Mean, double? Low, double? High)> figures)
    {
        var table = Titled(["Goals", "Count", "Waited", .. rows[0].Against.Select(comparison => comparison.Strategy.Replace('_', ' '))]);
        var fixedWords = Named(rows[0]).Count;
        foreach (var row in rows.Where(row => Named(row).Count - fixedWords <= 2))
        {
            table.AddRow([string.Join(", ", Named(row).DefaultIfEmpty("all")), Whole(row.Goals), Share(row.WaitedShare), .. row.Against.Select(comparison => Interval(figures(comparison)))]);
        }

        return table;
    }

    private static List<string> Named(AdviceScore row)
    {
        string?[] words =
        [
            row.Pair,
            row.Side,
            row.Amount is { } amount ? string.Create(CultureInfo.InvariantCulture, $"{amount.Amount:#,0.####} {amount.Currency}") : null,
            row.DeadlineDays is { } days ? string.Create(CultureInfo.InvariantCulture, $"{days} d") : null,
            row.Risk,
        ];
        return [.. words.OfType<string>()];
    }

    private static Table Reliability(ConfidenceRecord confidence)
    {
        var table = Titled(["Said", "Came", "Decisions"]);
        foreach (var bin in confidence.Bins)
        {
            table.AddRow(Share(bin.Confidence), Share(bin.Frequency), Whole(bin.Count));
        }

        table.AddRow(Share(confidence.Mean), Share(confidence.Frequency), $"{Whole(confidence.Count)} in all");
        return table;
    }

    /// <summary>The verdict in a sentence.</summary>
    internal static string Verdict(ConfidenceRecord confidence) => confidence.Verdict switch
    {
        "calibrated" => string.Create(CultureInfo.InvariantCulture, $"Calibrated: what came lies within the interval of what was said. {Separation(confidence)}"),
        "too_high" => string.Create(CultureInfo.InvariantCulture, $"Too high: waiting was cheaper less often than was said. {Separation(confidence)}"),
        "too_low" => string.Create(CultureInfo.InvariantCulture, $"Too low: waiting was cheaper more often than was said. {Separation(confidence)}"),
        _ => "Too few outcomes for a verdict.",
    };

    private static string Separation(ConfidenceRecord confidence) => string.Create(
        CultureInfo.InvariantCulture,
        $"Brier score {confidence.Brier:0.0000}; always saying the frequency, which only hindsight knows, has {confidence.BrierOfFrequency:0.0000}.");

    private static Table Titled(IReadOnlyList<string> titles)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var title in titles)
        {
            table.AddColumn(new TableColumn(title).RightAligned().Padding(0, 0, 1, 0));
        }

        return table;
    }

    private static string Interval((double? Mean, double? Low, double? High) of) => of switch
    {
        { Mean: { } mean, Low: not null, High: { } high } => string.Create(CultureInfo.InvariantCulture, $"{mean:0.00} ± {high - mean:0.00}"),
        { Mean: { } mean } => mean.ToString("0.00", CultureInfo.InvariantCulture),
        _ => "–",
    };

    private static string Whole(int? count) => count?.ToString("#,0", CultureInfo.InvariantCulture) ?? "all";

    private static string Share(double? share) => share?.ToString("0.0 %", CultureInfo.InvariantCulture) ?? "–";
}
