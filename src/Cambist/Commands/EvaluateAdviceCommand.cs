using System.CommandLine;
using System.Globalization;
using Cambist.App.Analytics;
using Cambist.App.Edge;
using Cambist.App.Forecasting;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Quotes;
using Cambist.App.Rates.History;
using Cambist.Domain.Currencies;
using Cambist.Domain.Evaluation.Advice;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Forecasting.Baselines;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary><c>cambist evaluate advice</c>: what the advice would have said to a stream of goals, and what following it was worth.</summary>
internal static class EvaluateAdviceCommand
{
    private static readonly Option<string> Every = EvaluateOptions.Every("24h");
    private static readonly Option<bool> Summary = new("--summary") { Description = "Score the advice against converting at once, the last safe day, equal parts, one-way trading and hindsight." };
    private static readonly Option<bool> Keep = new("--keep") { Description = "Keep the scores in the store, for the record of the advice. Means --summary." };

    public static Command Create()
    {
        var advice = new Command("advice", "Replay the advice over history for a stream of goals; each decision reads nothing of its future.");
        advice.Options.Add(EvaluateOptions.Pairs);
        advice.Options.Add(EvaluateOptions.From);
        advice.Options.Add(EvaluateOptions.To);
        AdviceGoalOptions.AddTo(advice);
        advice.Options.Add(Every);
        advice.Options.Add(EvaluateOptions.Model);
        advice.Options.Add(EvaluateOptions.Out);
        advice.Options.Add(Summary);
        advice.Options.Add(Keep);
        advice.SetAction((parsed, cancellationToken) => Task.FromResult(Run(parsed, cancellationToken)));
        return advice;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var json = parsed.GetValue(CommonOptions.Json);
        var keep = parsed.GetValue(Keep);
        var summary = parsed.GetValue(Summary) || keep;
        var fields = new FieldReader();
        var (pairs, from, to) = EvaluateOptions.Read(parsed, fields);
        var plan = AdviceGoalOptions.Read(parsed, fields, pairs, from, to, EvaluateOptions.Step(fields, parsed.GetValue(Every)));
        EvaluateOptions.CheckOut(parsed, fields, summary);
        if (fields.Problem is { } wrong)
        {
            return Output.Fail(wrong, json);
        }

        using var store = parsed.OpenStore();
        using var services = LocalAssistant.Create(parsed, store, knowsLiveSources: false).BuildServiceProvider();
        var bars = new BarStore(store);
        var evaluation = new AdviceEvaluation(new RateHistory(bars), bars, FeeSchedules.Panel);
        if (plan.Pairs.FirstOrDefault(pair => !evaluation.HasHistory(plan, pair)) is { } unrecorded)
        {
            return Output.Fail(EvaluateOptions.NoHistory(unrecorded, from, to), json);
        }

        var model = parsed.GetValue(EvaluateOptions.Model)!;
        var familyOf = FamilyOf(model, services.GetRequiredService<ServingModels>());
        using var csv = EvaluateOptions.OpenCsv(parsed, summary);
        var scores = summary ? new AdviceScores(plan.From, plan.Every) : null;
        var tally = WithProgressBar(json, progress => evaluation.Run(plan, familyOf, csv, scores, progress, cancellationToken));
        if (scores is null)
        {
            Tell(tally, json);
            return ExitCode.Done;
        }

        var told = AdviceRecordWire.Of(plan, model, TimeProvider.System.GetUtcNow(), tally, scores);
        if (keep)
        {
            new AdviceReplayStore(store).Keep(told);
        }

        if (json)
        {
            Output.WriteJson(told);
        }
        else
        {
            Tell(tally, json);
            AdviceScoreView.Write(told);
        }

        return ExitCode.Done;
    }

    // Asked once for each pair and side, whose looks come in rounds. A model speaks only of what came after its training, whichever way it is named.
    private static Func<CurrencyPair, IForecastFamily> FamilyOf(string named, ServingModels models)
    {
        var (family, trained) = EvaluateOptions.Find(named, models);
        if (family is not null)
        {
            var fitted = OncePerMarket(family as SeasonalEwmaFamily ?? SeasonalEwmaFamily.Baseline);
            return pair => family is SeasonalEwmaFamily ? fitted(pair) : family;
        }

        var baseline = OncePerMarket(SeasonalEwmaFamily.Baseline);
        return pair => (trained ?? models.For(pair).Model) is { } model ? new ServedInTime(model.Family(), model.Row.TrainedUntil, baseline(pair)) : baseline(pair);
    }

    // Both sides of a pair share the fits of its weeks, which are most of a replay's work.
    private static Func<CurrencyPair, SeasonalEwmaFamily> OncePerMarket(SeasonalEwmaFamily family)
    {
        var markets = new Dictionary<CurrencyPair, SeasonalEwmaFamily>();
        return pair => markets.TryGetValue(pair, out var known) || markets.TryGetValue(pair.Inverse, out known) ? known : markets[pair] = family.OfOneHistory();
    }

    private static T WithProgressBar<T>(bool json, Func<IProgress<ReplayProgress>?, T> run) => json || Console.IsErrorRedirected
        ? run(null)
        : Output.Errors.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => run(new Meter(context.AddTask("goals"))));

    private static void Tell(ReplayTally tally, bool json)
    {
        if (json)
        {
            Output.WriteJson(new AdviceTallyReport(tally.Goals, tally.Converted, tally.NotAsked, tally.NoProvider, tally.Unfinished, tally.Decisions, tally.Waits, tally.WithoutForecast));
            return;
        }

        Output.Errors.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{tally.Goals:#,0} goals, {tally.Converted:#,0} converted after {tally.Decisions:#,0} decisions, {tally.Waits:#,0} of them to wait.");
        Told(tally.NotAsked, "goals were not asked: no fresh rate was known then.");
        Told(tally.NoProvider, "goals have no provider with a price.");
        Told(tally.Unfinished, "goals are unfinished: the recorded history ends before.");
        Told(tally.WithoutForecast, "decisions had no forecast: too little history is recorded before them.");
    }

    private static void Told(int count, string what)
    {
        if (count > 0)
        {
            Output.Errors.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[yellow]{count:#,0} {what}[/]");
        }
    }

    private sealed class Meter(ProgressTask bar) : IProgress<ReplayProgress>
    {
        public void Report(ReplayProgress value)
        {
            bar.Description = Markup.Escape(value.Pair.ToString());
            bar.MaxValue = Math.Max(1, value.Goals);
            bar.Value = value.Ended;
        }
    }
}

/// <summary>The JSON document of <c>evaluate advice</c> without <c>--summary</c>: how many goals there were, and what became of them.</summary>
internal sealed record AdviceTallyReport(int Goals, int Converted, int NotAsked, int NoProvider, int Unfinished, int Decisions, int Waits, int WithoutForecast);
