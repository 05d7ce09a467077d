using System.CommandLine;
using System.Globalization;
using Cambist.App.Edge;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Forecasting.Training;
using Cambist.App.Rates.History;
using Cambist.Domain.Currencies;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary><c>cambist train</c>: trains a model on the recorded history and registers it as a challenger.</summary>
internal static class TrainCommand
{
    private const int MostEpochs = 1000;

    private static readonly TrainingRequest Usual = new([]);

    private static readonly Option<string[]> Pairs = new("--pairs")
    {
        Description = "The pairs to learn from, as in EURUSD (default: all that are recorded).", HelpName = "PAIR", AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> Until = new("--until")
    {
        Description = "Learn from nothing later (a date: its end). What was recorded after it proves the model (default: half a year before the last hour).", HelpName = "TIME",
    };

    private static readonly Option<int> Epochs = new("--epochs") { Description = "Passes of the network over the data at most.", HelpName = "N", DefaultValueFactory = _ => Usual.Epochs };
    private static readonly Option<int> Seed = new("--seed") { Description = "Seed of everything random: the same seed on the same history gives the same model.", HelpName = "N", DefaultValueFactory = _ => Usual.Seed };
    private static readonly Option<int> Threads = new("--threads") { Description = "Threads of the network's arithmetic; another number gives other last digits.", HelpName = "N", DefaultValueFactory = _ => Usual.Threads };

    public static Command Create()
    {
        var command = new Command("train", "Train a forecasting model on the recorded history and register it as a challenger. A stopped training goes on where it was.") { Pairs, Until, Epochs, Seed, Threads };
        Within(Epochs, MostEpochs);
        Within(Threads, Environment.ProcessorCount);
        command.SetAction(RunAsync);
        return command;
    }

    private static void Within(Option<int> option, int most) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < 1 || result.GetValueOrDefault<int>() > most)
        {
            result.AddError($"{option.Name} is from 1 to {most.ToString(CultureInfo.InvariantCulture)}.");
        }
    });

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var json = parsed.GetValue(CommonOptions.Json);
        var fields = new FieldReader();
        IReadOnlyList<CurrencyPair> pairs = [.. (parsed.GetValue(Pairs) ?? []).SelectMany(text => text.Split(',')).Select(text => fields.Pair("--pairs", text)).OfType<CurrencyPair>().Distinct()];
        DateTimeOffset? until = parsed.GetValue(Until) is { } told ? fields.LastInstant("--until", told) : null;
        if (fields.Problem is { } wrong)
        {
            return Output.Fail(wrong, json);
        }

        using var store = parsed.OpenStore();
        await using var services = LocalAssistant.Create(parsed, store, knowsLiveSources: false).BuildServiceProvider();
        services.GetRequiredService<ModelStart>().Once();
        var training = services.GetRequiredService<ModelTraining>();
        var request = new TrainingRequest(pairs, until, parsed.GetValue(Epochs), parsed.GetValue(Seed), parsed.GetValue(Threads));
        var result = json || Console.IsErrorRedirected
            ? await training.RunAsync(request, ModelActor.Operator, new Progress<TrainingProgress>(), cancellationToken)
            : await WithProgressBar(progress => training.RunAsync(request, ModelActor.Operator, progress, cancellationToken));
        if (!result.IsNew)
        {
            await Console.Error.WriteLineAsync($"Nothing new: {result.Model.Id} was trained on the same hours in the same way before, so nothing was trained.");
        }

        var model = services.GetRequiredService<ModelsWire>().Find(result.Model.Id)!;
        if (json)
        {
            Output.WriteJson(model);
        }
        else
        {
            ModelsView.WriteTrained(model, result.IsNew);
        }

        return ExitCode.Done;
    }

    private static Task<TrainingResult> WithProgressBar(Func<IProgress<TrainingProgress>, Task<TrainingResult>> run) => Output.Errors.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
        .StartAsync(context =>
        {
            var bar = context.AddTask("training", maxValue: 1);
            return run(new Progress<TrainingProgress>(told => (bar.Description, bar.Value) = (told.Step, told.Done)));
        });
}
