using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Cambist.App.Edge;
using Cambist.App.Forecasting;
using Cambist.App.Rates.History;
using Cambist.App.Rates;
using Cambist.Client;
using Cambist.Domain.Evaluation;
using Cambist.Domain.Forecasting.Baselines;
using Cambist.Domain.Forecasting;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary><c>cambist evaluate forecasts</c>: walk-forward predictions over recorded history, as a file and as a score.</summary>
internal static partial class EvaluateCommand
{
    private static readonly Option<string> Pair = new("--pair") { Description = "The pair, as in EURUSD.", HelpName = "PAIR", Required = true };
    private static readonly Option<string> From = new("--from") { Description = "First instant (a date: its start).", HelpName = "TIME", Required = true };
    private static readonly Option<string> To = new("--to") { Description = "Last instant (a date: its end).", HelpName = "TIME", Required = true };
    private static readonly Option<string> Every = new("--every") { Description = "Step between instants, as in 6h or 30m.", HelpName = "STEP", DefaultValueFactory = _ => "6h" };
    private static readonly Option<string> Model = new("--model") { Description = "baseline, or champion (at present the same).", HelpName = "ID", DefaultValueFactory = _ => "champion" };
    private static readonly Option<string?> Out = new("--out") { Description = "The CSV file (default: standard output).", HelpName = "FILE.csv" };

    private static readonly int[] ShownHorizons = [1, 4, 12, 24];

    public static Command Create()
    {
        var forecasts = new Command("forecasts", "Walk-forward forecasts; nothing after each instant is read.");
        forecasts.Options.Add(Pair);
        forecasts.Options.Add(From);
        forecasts.Options.Add(To);
        forecasts.Options.Add(Every);
        forecasts.Options.Add(Model);
        forecasts.Options.Add(Out);
        forecasts.SetAction((parsed, _) => Task.FromResult(Run(parsed)));
        return new Command("evaluate", "Score what would have been said in the past.") { forecasts };
    }

    private static int Run(ParseResult parsed)
    {
        var json = parsed.GetValue(CommonOptions.Json);
        var out_ = parsed.GetValue(Out);
        var fields = new FieldReader();
        var pair = fields.Pair("--pair", parsed.GetValue(Pair));
        var from = fields.Instant("--from", parsed.GetValue(From));
        var to = fields.LastInstant("--to", parsed.GetValue(To));
        var every = Step(fields, parsed.GetValue(Every));
        _ = fields.Word("--model", parsed.GetValue(Model), ("champion", SeasonalEwma.Id), (SeasonalEwma.Id, SeasonalEwma.Id));
        if (json && out_ is null)
        {
            fields.Refuse(Problems.Missing("--out", "with --json the rows need a file of their own"));
        }

        if (fields.Problem is null && from >= to)
        {
            fields.Refuse(Problems.Invalid("invalid_span", "--from", "before --to", parsed.GetValue(From)));
        }

        if (fields.Problem is { } wrong)
        {
            return Output.Fail(wrong, json);
        }

        using var store = parsed.OpenStore();
        var forecasts = new ForecastEvaluation(new RateHistory(new BarStore(store))).Run(pair!, from!.Value, to!.Value, every);
        if (forecasts is null)
        {
            return Output.Fail(Problems.NotFound("history_not_found", $"No history of {pair} is recorded from {from:yyyy-MM-dd} to {to:yyyy-MM-dd} and the {SeasonalEwma.FitWeeks} weeks before.", "--pair"), json);
        }

        var score = Enumerable.Range(1, Forecast.LongestFittedHorizon).ToDictionary(hours => hours, _ => new Coverage());
        var asOfs = 0;
        using (var csv = out_ is null ? Console.Out : new StreamWriter(out_))
        {
            csv.Write(ForecastCsv.Header + "\n");
            foreach (var past in forecasts)
            {
                asOfs++;
                ForecastCsv.Write(csv, past.Forecast);
                Score(past, score);
            }
        }

        Tell(pair!.ToString(), asOfs, score, json);
        return ExitCode.Done;
    }

    private static void Score(PastForecast past, Dictionary<int, Coverage> score)
    {
        foreach (var (hours, coverage) in score)
        {
            if (past.Outcome(hours) is { } outcome)
            {
                coverage.Add(past.Forecast.AfterHours(hours), outcome);
            }
        }
    }

    private static void Tell(string pair, int asOfs, Dictionary<int, Coverage> score, bool json)
    {
        var outcomes = score.Values.Sum(coverage => coverage.Count);
        double Pooled(Func<Coverage, double> share) => outcomes == 0 ? 0 : score.Values.Where(coverage => coverage.Count > 0).Sum(coverage => share(coverage) * coverage.Count) / outcomes;
        if (json)
        {
            Output.WriteJson(new EvaluationReport(pair, SeasonalEwma.Id, asOfs, outcomes, Pooled(c => c.Of50), Pooled(c => c.Of80), Pooled(c => c.Of95)));
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Horizon", "Outcomes", "in 50 %", "in 80 %", "in 95 %");
        foreach (var hours in ShownHorizons.Where(hours => score[hours].Count > 0))
        {
            AddRow(table, $"{hours} h", score[hours].Count, score[hours].Of50, score[hours].Of80, score[hours].Of95);
        }

        AddRow(table, "all 24", outcomes, Pooled(c => c.Of50), Pooled(c => c.Of80), Pooled(c => c.Of95));
        Output.Errors.MarkupLineInterpolated($"{pair}, {SeasonalEwma.Id}: {asOfs} as-ofs, {asOfs * Forecast.LongestFittedHorizon} rows. Outcomes inside the central intervals:");
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

    private static TimeSpan Step(FieldReader fields, string? text)
    {
        if (text is not null && StepPattern().Match(text.Trim()) is { Success: true } match)
        {
            var count = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            var step = match.Groups[2].Value switch
            {
                "m" => TimeSpan.FromMinutes(count),
                "h" => TimeSpan.FromHours(count),
                _ => TimeSpan.FromDays(count),
            };
            if (step > TimeSpan.Zero)
            {
                return step;
            }
        }

        fields.Refuse(Problems.Invalid("invalid_step", "--every", "a step above zero such as 30m, 6h or 1d", text));
        return TimeSpan.FromHours(6);
    }

    [GeneratedRegex(@"^(\d{1,5})(m|h|d)$", RegexOptions.CultureInvariant)]
    private static partial Regex StepPattern();
}

/// <summary>The JSON document of <c>evaluate forecasts</c>: shares of outcomes inside the central intervals, pooled over all horizons.</summary>
internal sealed record EvaluationReport(string Pair, string Model, int AsOfs, int Outcomes, double Coverage50, double Coverage80, double Coverage95);
