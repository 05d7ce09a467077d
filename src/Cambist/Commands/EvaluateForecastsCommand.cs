using System.CommandLine;
using System.Globalization;
using Cambist.App.Edge;
using Cambist.App.Forecasting;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Rates.History;
using Cambist.Domain.Currencies;
using Cambist.Domain.Evaluation;
using Cambist.Domain.Forecasting.Baselines;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Forecasting.Models;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary><c>cambist evaluate forecasts</c>: walk-forward predictions over recorded history, as a file and as a score.</summary>
internal static class EvaluateForecastsCommand
{
    // What skill is told against: the bar of the literature first.
    private static readonly string[] References = ["random-walk", "baseline", "fhs"];

    private static readonly Option<string> Every = EvaluateOptions.Every("6h");
    private static readonly Option<bool> Summary = new("--summary") { Description = $"Score the forecasts against {string.Join(", ", References)}." };

    public static Command Create()
    {
        var forecasts = new Command("forecasts", "Walk-forward forecasts; nothing after each instant is read.");
        forecasts.Options.Add(EvaluateOptions.Pairs);
        forecasts.Options.Add(EvaluateOptions.From);
        forecasts.Options.Add(EvaluateOptions.To);
        forecasts.Options.Add(Every);
        forecasts.Options.Add(EvaluateOptions.Model);
        forecasts.Options.Add(EvaluateOptions.Out);
        forecasts.Options.Add(Summary);
        forecasts.SetAction((parsed, _) => Task.FromResult(Run(parsed)));
        return forecasts;
    }

    private static int Run(ParseResult parsed)
    {
        var json = parsed.GetValue(CommonOptions.Json);
        var summary = parsed.GetValue(Summary);
        var fields = new FieldReader();
        var (pairs, from, to) = EvaluateOptions.Read(parsed, fields);
        var every = EvaluateOptions.Step(fields, parsed.GetValue(Every));
        var named = parsed.GetValue(EvaluateOptions.Model)!;
        EvaluateOptions.CheckOut(parsed, fields, summary);
        if (fields.Problem is { } wrong)
        {
            return Output.Fail(wrong, json);
        }

        using var store = parsed.OpenStore();
        using var services = LocalAssistant.Create(parsed, store, knowsLiveSources: false).BuildServiceProvider();
        var (familyOf, learnedUntil) = FamilyOf(named, services.GetRequiredService<ServingModels>());
        if (learnedUntil > from)
        {
            Output.Errors.MarkupLineInterpolated($"[yellow]{named} learned from data up to {learnedUntil:yyyy-MM-dd}: what it says of the time before is no forecast, and its scores there prove nothing.[/]");
        }

        var evaluation = new ForecastEvaluation(new RateHistory(new BarStore(store)));
        var walk = new WalkForward(from, to, every);
        IForecastFamily[] references = summary ? [.. References.Where(id => id != named).Select(id => EvaluateOptions.Families.Find(id)!)] : [];
        var runs = new List<IEnumerable<PastForecast>>();
        foreach (var pair in pairs)
        {
            var family = familyOf(pair);
            if (evaluation.Run(pair, walk, family, references) is not { } forecasts)
            {
                return Output.Fail(EvaluateOptions.NoHistory(pair, from, to, $" and the {family.WeeksOfHistory} weeks before"), json);
            }

            runs.Add(forecasts);
        }

        var asOfs = 0;
        var scores = new ForecastScores(named, [.. references.Select(reference => reference.Id)]);
        using (var csv = EvaluateOptions.OpenCsv(parsed, summary))
        {
            csv.Write(ForecastCsv.Header + "\n");
            foreach (var past in runs.SelectMany(run => run))
            {
                asOfs++;
                scores.Add(past);
                if (csv != TextWriter.Null)
                {
                    ForecastCsv.Write(csv, past.Forecast);
                }
            }
        }

        Tell(scores.Report(), pairs, asOfs, learnedUntil, summary, json);
        return ExitCode.Done;
    }

    // What serves may differ from pair to pair: a model serves those for which it passed its gate.
    private static (Func<CurrencyPair, IForecastFamily> Of, DateTimeOffset? LearnedUntil) FamilyOf(string named, ServingModels models)
    {
        var (family, trained) = EvaluateOptions.Find(named, models);
        if ((family ?? trained?.Family()) is { } one)
        {
            return (_ => one, trained?.Row.TrainedUntil);
        }

        return (pair => models.For(pair).Model is { } serving ? new ServedInTime(serving.Family(), serving.Row.TrainedUntil) : SeasonalEwmaFamily.Baseline, null);
    }

    private static void Tell(ScoreReport report, IReadOnlyList<CurrencyPair> pairs, int asOfs, DateTimeOffset? learnedUntil, bool summary, bool json)
    {
        if (summary && json)
        {
            Output.WriteJson(ScoreDocument.Of(report, asOfs, learnedUntil));
        }
        else if (summary)
        {
            ScoreView.Write(report, pairs, asOfs);
        }
        else if (json)
        {
            var covered = report.Pooled?.Coverage;
            Output.WriteJson(new EvaluationReport(string.Join(", ", pairs), report.Model, asOfs, covered?.Count ?? 0, covered?.Of50 ?? 0, covered?.Of80 ?? 0, covered?.Of95 ?? 0));
        }
        else
        {
            TellCoverage(report, string.Join(", ", pairs), asOfs);
        }
    }

    private static void TellCoverage(ScoreReport report, string pairs, int asOfs)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Horizon", "Outcomes", "in 50 %", "in 80 %", "in 95 %");
        foreach (var row in report.Horizons.Where(row => ScoreView.ShownHorizons.Contains(row.HorizonHours!.Value)))
        {
            AddRow(table, $"{row.HorizonHours} h", row.Count, row.Coverage.Of50, row.Coverage.Of80, row.Coverage.Of95);
        }

        var covered = report.Pooled?.Coverage;
        AddRow(table, "all 24", covered?.Count ?? 0, covered?.Of50 ?? 0, covered?.Of80 ?? 0, covered?.Of95 ?? 0);
        Output.Errors.MarkupLineInterpolated($"{pairs}, {report.Model}: {asOfs} as-ofs, {asOfs * Forecast.LongestFittedHorizon} rows. Outcomes inside the central intervals:");
        Output.Errors.Write(table);
    }

    private static void AddRow(Table table, string name, int count, params ReadOnlySpan<double> shares)
    {
        var cells = new List<string> { name, count.ToString("#,0", CultureInfo.InvariantCulture) };
        foreach (var share in shares)
        {
            cells.Add(share.ToString("0.0 %", CultureInfo.InvariantCulture));
        }

        table.AddRow([.. cells]);
    }
}

/// <summary>The JSON document of <c>evaluate forecasts</c>: shares of outcomes inside the central intervals, pooled over all horizons.</summary>
internal sealed record EvaluationReport(string Pair, string Model, int AsOfs, int Outcomes, double Coverage50, double Coverage80, double Coverage95);
