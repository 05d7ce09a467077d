using System.Globalization;
using Cambist.Domain.Currencies;
using Cambist.Domain.Evaluation;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary>The scoreboard of a forecaster on a terminal.</summary>
internal static class ScoreView
{
    /// <summary>The horizons that tables show; the documents have all 24.</summary>
    public static readonly int[] ShownHorizons = [1, 4, 12, 24];

    /// <param name="report">The scores.</param>
    /// <param name="pairs">The pairs that were asked for.</param>
    /// <param name="asOfs">Instants that were forecast from, of all pairs.</param>
    public static void Write(ScoreReport report, IReadOnlyList<CurrencyPair> pairs, int asOfs)
    {
        AnsiConsole.MarkupLineInterpolated($"{string.Join(", ", pairs)}: [bold]{report.Model}[/], {asOfs} as-ofs, {report.Pooled?.Count ?? 0} outcomes.");
        foreach (var pair in pairs.Where(pair => !report.Pairs.Contains(pair.Symbol)))
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]{pair} has no part in it: too little history in the span or before it.[/]");
        }

        if (report.Pooled is not { } pooled)
        {
            return;
        }

        IReadOnlyList<ScoreRow> rows = [.. report.Horizons.Where(row => ShownHorizons.Contains(row.HorizonHours!.Value)), pooled];
        AnsiConsole.MarkupLine("\nCRPS in basis points, its skill against each reference, and in brackets how likely luck alone gives as much (Diebold and Mariano):");
        AnsiConsole.Write(Skill(report, rows));
        AnsiConsole.MarkupLine("Outcomes inside the central intervals, how uneven they fall (PIT), calibration error of P(up):");
        AnsiConsole.Write(Calibration(rows));
        AnsiConsole.MarkupLine("The median as a point forecast, errors as multiples of no change, and the direction that it called:");
        AnsiConsole.Write(Points(rows));
        if (report.Pairs.Count > 1)
        {
            AnsiConsole.MarkupLine("By pair, all 24 horizons:");
            AnsiConsole.Write(ByPair(report));
            WriteWorst(report);
        }
    }

    private static Table Skill(ScoreReport report, IReadOnlyList<ScoreRow> rows)
    {
        var table = Titled(["Horizon", "Outcomes", "CRPS", .. report.References.Select(reference => $"against {reference}")]);
        foreach (var row in rows)
        {
            table.AddRow([Horizon(row), Whole(row.Count), Number(row.Crps * 1e4), .. row.Skills.Select(Skill)]);
        }

        return table;
    }

    private static Table Calibration(IReadOnlyList<ScoreRow> rows)
    {
        var table = Titled("Horizon", "in 50 %", "in 80 %", "in 95 %", "PIT", "P(up)", "Brier");
        foreach (var row in rows)
        {
            table.AddRow(Horizon(row), Share(row.Coverage.Of50), Share(row.Coverage.Of80), Share(row.Coverage.Of95), Share(row.Pit.Distance), Share(row.Up.Error), Number(row.Up.Brier, "0.0000"));
        }

        return table;
    }

    private static Table Points(IReadOnlyList<ScoreRow> rows)
    {
        var table = Titled("Horizon", "MAPE", "× MAPE", "× MAE", "× RMSE", "p of the mean", "Calls", "right", "95 % interval");
        foreach (var row in rows)
        {
            var (median, same, direction) = (row.Median, row.NoChange, row.Direction);
            table.AddRow(
                Horizon(row), Number(median.Mape, "0.000 '%'"), Number(median.Mape / same.Mape, "0.0000"), Number(median.Mae / same.Mae, "0.0000"), Number(median.Rmse / same.Rmse, "0.0000"), Number(row.MeanEdge.PValue, "0.000"),
                Whole(direction.Calls), Share(direction.Share), direction.Calls == 0 ? "–" : $"{Share(direction.Interval.Low)} to {Share(direction.Interval.High)}");
        }

        return table;
    }

    private static Table ByPair(ScoreReport report)
    {
        var table = Titled(["Pair", "CRPS", "in 50 %", "in 80 %", "in 95 %", .. report.References.Select(reference => $"against {reference}")]);
        foreach (var row in report.ByPair)
        {
            table.AddRow([row.Pair!, Number(row.Crps * 1e4), Share(row.Coverage.Of50), Share(row.Coverage.Of80), Share(row.Coverage.Of95), .. row.Skills.Select(Skill)]);
        }

        return table;
    }

    // The intervals of one pair at one horizon may be off while the pool is right.
    private static void WriteWorst(ScoreReport report)
    {
        foreach (var (name, promised, share) in new (string, double, Func<Coverage, double>)[] { ("50", 0.5, c => c.Of50), ("80", 0.8, c => c.Of80), ("95", 0.95, c => c.Of95) })
        {
            var worst = report.ByPairAndHorizon.MaxBy(row => Math.Abs(share(row.Coverage) - promised))!;
            AnsiConsole.MarkupLineInterpolated($"Farthest from {name} %: {worst.Pair} at {worst.HorizonHours} h, {Share(share(worst.Coverage))}.");
        }
    }

    private static Table Titled(params ReadOnlySpan<string> titles)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var title in titles)
        {
            table.AddColumn(new TableColumn(title).RightAligned().Padding(0, 0, 1, 0));
        }

        return table;
    }

    private static string Horizon(ScoreRow row) => row.HorizonHours is { } hours ? $"{hours} h" : "all 24";

    private static string Skill(SkillScore skill) => double.IsNaN(skill.Skill)
        ? "–"
        : $"{Rounded(skill.Skill).ToString("+0.00 %;-0.00 %", CultureInfo.InvariantCulture)} ({(double.IsNaN(skill.Test.PValue) ? "–" : skill.Test.PValue < 0.001 ? "< .001" : skill.Test.PValue.ToString("0.000", CultureInfo.InvariantCulture))})";

    // To what is shown, so that a skill of nothing has one sign: a small negative number would be told as -+0.00.
    private static double Rounded(double skill) => Math.Round(skill, 4) + 0.0;

    private static string Whole(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Share(double share) => Number(share, "0.0 %");

    private static string Number(double number, string format = "0.00") => double.IsNaN(number) ? "–" : number.ToString(format, CultureInfo.InvariantCulture);
}
