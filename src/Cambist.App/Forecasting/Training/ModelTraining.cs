using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Rates.History;
using Cambist.Domain.Currencies;
using Cambist.Domain.Evaluation;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Forecasting.Models;
using Cambist.Trainer;

namespace Cambist.App.Forecasting.Training;

/// <summary>What a training brought.</summary>
/// <param name="Model">The model, a challenger.</param>
/// <param name="Gates">The verdicts on it; empty where too little was recorded after its span to prove it.</param>
/// <param name="IsNew">False where the same was trained before: then this is the model of that time, and nothing has changed.</param>
public sealed record TrainingResult(RegisteredModel Model, IReadOnlyList<ModelGate> Gates, bool IsNew = true);

/// <summary>
/// Trains a model on recorded history and registers it as a challenger: a regression and a network learn from the same hours, their mean is the model, and what was recorded after
/// them proves it. Where it is broken off, the same request goes on from the network's last epoch; where the same was trained before, nothing is trained.
/// </summary>
public sealed class ModelTraining(RateHistory history, BarStore bars, ModelRegistry registry, ModelLoader loader, ModelsOptions models, TrainerOptions trainer, TimeProvider clock)
{
    // Hours share most of their outcome with their neighbours: every third one tells the regression as much.
    private const int RegressionEvery = 3;

    // Half each was within a hair of the best weights on 2018 and 2019, and better than either alone on 2020.
    private const double NetworkShare = 0.5;

    /// <summary>Trains; blocks a thread or two for minutes.</summary>
    /// <exception cref="TrainingFailedException">It cannot be done: no trainer, too little history, a fault of the trainer.</exception>
    /// <exception cref="ModelFaultException">The model could not be registered.</exception>
    public async Task<TrainingResult> RunAsync(TrainingRequest request, ModelActor actor, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var executable = trainer.Require();
        var recorded = bars.Pairs();
        var pairs = Chosen(request, recorded);
        var span = TrainingSpan.Of(pairs.Min(pair => pair.FirstOpen), pairs.Max(pair => pair.LastClose), request.Until);
        using var work = TrainingWork.Take(Path.Combine(Path.GetDirectoryName(models.Folder)!, "training"), Key(request, pairs, span), clock.GetUtcNow());
        try
        {
            return await RunAsync(executable, request, pairs, span, work.Folder, actor, progress, cancellationToken);
        }
        catch (Exception fault) when (fault is OperationCanceledException or TrainingFailedException { Code: TrainingFailedException.OfTrainer })
        {
            work.Keep();
            throw;
        }
    }

    private async Task<TrainingResult> RunAsync(
        string executable, TrainingRequest request, List<PairHistory> pairs, TrainingSpan span, string work, ModelActor actor, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var data = new TrainingData(history, work, span);
        data.Write([.. pairs.Select(pair => pair.Pair)], progress, cancellationToken);
        var job = Job(request, span, data);
        if (TrainedBefore(job) is { } before)
        {
            return before;
        }

        progress.Report(new TrainingProgress("regression", 0.1));
        var regression = Regression(data, span, request.Threads, cancellationToken);

        var folder = Path.Combine(work, $"network-{data.Fingerprint[..16]}");
        if (!Directory.Exists(folder))
        {
            progress.Report(new TrainingProgress("network", 0.15));
            await File.WriteAllTextAsync(Path.Combine(work, "job.json"), JsonSerializer.Serialize(job, JobJson.Default.TrainingJob), cancellationToken);
            var network = new Progress<double>(done => progress.Report(new TrainingProgress("network", 0.15 + 0.65 * done)));
            await TrainerProcess.RunAsync(executable, Path.Combine(work, "job.json"), folder, request.Epochs, network, cancellationToken);
        }

        var made = Assemble(work, folder, regression, span);
        if (Registered(made.Manifest.Id) is { } same)
        {
            return same; // Another version of the program, or another number of threads, came to the same weights.
        }

        var (path, gates) = Prove(made, pairs, span, progress, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return new TrainingResult(registry.Register(path, ModelOrigin.Trained, actor, $"trained until {span.Until:yyyy-MM-dd HH:mm} UTC"), gates);
    }

    // The same program learned the same from the same bars. Where training ends is a date: three nights around a weekend have the same hours to learn from.
    private TrainingResult? TrainedBefore(TrainingJob job) => registry.Store.Read().Models
        .Where(model => model.Family == EnsembleModel.Family && model.TrainedUntil == job.Spans.ValidationUntil)
        .FirstOrDefault(model => Manifest(model) is { } manifest && TrainedSettings.AreOf(job, manifest)) is { } model
        ? Registered(model.Id)
        : null;

    private TrainingResult? Registered(string id)
    {
        var book = registry.Store.Read();
        return book.Find(id) is { } model ? new TrainingResult(model, [.. book.Gates.Where(gate => gate.Model == id)], IsNew: false) : null;
    }

    // Null where its files are not whole: then it serves nobody, and is worth training again.
    private ModelManifest? Manifest(RegisteredModel model)
    {
        try
        {
            return registry.Folder(model).Manifest;
        }
        catch (ModelFaultException)
        {
            return null;
        }
    }

    private static HarModel Regression(TrainingData data, TrainingSpan span, int threads, CancellationToken cancellationToken)
    {
        try
        {
            return HarFit.Fit(data.Rows(), RegressionEvery, threads, cancellationToken);
        }
        catch (TooFewHoursException fault)
        {
            throw new TrainingFailedException(
                "history_too_short",
                $"{string.Join(", ", data.Files.Select(file => file.Pair))} until {span.Until:yyyy-MM-dd}: {fault.Found} examples to learn from, every third hour after the first half year, expected at least {fault.Needed}. "
                + $"That takes about {TrainingData.WeeksNeeded(data.Files.Count, RegressionEvery)} weeks of hourly history of {(data.Files.Count == 1 ? "one pair" : $"{data.Files.Count} pairs")}; more pairs need less of each.");
        }
    }

    private static List<PairHistory> Chosen(TrainingRequest request, IReadOnlyList<PairHistory> recorded)
    {
        var chosen = request.Pairs.Count == 0 ? [.. recorded] : recorded.Where(pair => request.Pairs.Contains(pair.Pair)).ToList();
        var missing = request.Pairs.Where(pair => chosen.All(found => found.Pair != pair)).ToList();
        return missing.Count == 0 && chosen.Count > 0
            ? chosen
            : throw new TrainingFailedException("history_not_found", $"No hourly history of {(missing.Count > 0 ? string.Join(", ", missing) : "any pair")} is recorded: import or backfill it first.");
    }

    // The same request is the same run, and goes on where it was; on another history the network begins anew.
    private string Key(TrainingRequest request, IEnumerable<PairHistory> pairs, TrainingSpan span)
    {
        var text = $"{string.Join(',', pairs.Select(pair => pair.Pair.Symbol))} {span.Until:O} {request.Epochs} {request.Seed} {request.Threads} {trainer.Layers} {trainer.Hidden} {trainer.Heads} {trainer.Mean} {Version}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }

    private static string Version => typeof(ModelTraining).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private TrainingJob Job(TrainingRequest request, TrainingSpan span, TrainingData data) => new(
        [.. data.Files.Select(file => new PairFile(file.Pair.ToString(), Path.GetFileName(file.Path)))],
        FeatureSet.Names,
        request.Seed,
        new TrainingSpans(span.From, span.LearnUntil, span.LearnUntil, span.Until),
        new NetworkSettings(trainer.Layers, trainer.Hidden, trainer.Heads, Dropout: 0.3, InputDropout: 0.1, Location: trainer.Mean),
        new FitSettings(request.Epochs, LearningRate: 1e-3, WeightDecay: 0.05, Threads: request.Threads),
        data.Fingerprint,
        Version,
        clock.GetUtcNow());

    private static (string Work, ModelManifest Manifest, string[] Members) Assemble(string work, string networkFolder, HarModel regression, TrainingSpan span)
    {
        var network = ModelFolder.Read(networkFolder).Manifest;
        var har = ModelWriter.WriteRegression(work, regression, network, span.From);
        var named = Path.Combine(work, network.Id);
        if (Directory.Exists(named))
        {
            Directory.Delete(named, recursive: true);
        }

        Directory.CreateDirectory(named);
        foreach (var file in Directory.EnumerateFiles(networkFolder))
        {
            File.Copy(file, Path.Combine(named, Path.GetFileName(file)));
        }

        var manifest = ModelWriter.Ensemble(network, [new EnsembleMember(har.Id, 1 - NetworkShare), new EnsembleMember(network.Id, NetworkShare)]);
        return (work, manifest, [Path.Combine(work, har.Id), named]);
    }

    private (string Path, IReadOnlyList<ModelGate> Gates) Prove(
        (string Work, ModelManifest Manifest, string[] Members) made, IReadOnlyList<PairHistory> pairs, TrainingSpan span, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        progress.Report(new TrainingProgress("proof", 0.8));
        var members = made.Members.Zip(made.Manifest.Members!, (folder, member) => (loader.Load(folder, ModelFolder.Read(folder).Manifest), member.Weight)).ToList();
        using var model = new EnsembleModel(members);
        var walked = new Progress<double>(done => progress.Report(new TrainingProgress("proof", 0.8 + 0.2 * done)));
        ScoreReport? Walk(IReadOnlyList<int> meanHours) => GateMeasurement.Walk(
            history, new LearnedFamily(made.Manifest.Id, model, made.Manifest.TrainedUntil, _ => meanHours), [.. pairs.Select(pair => pair.Pair)], span.ProveFrom, span.ProveUntil, walked, cancellationToken);

        // Its volatility is proven without a mean, for that is how it serves unless the mean is proven too.
        var report = Walk([]);
        var withMean = trainer.Mean && report is not null ? Walk([.. Enumerable.Range(1, Forecast.LongestFittedHorizon)]) : report;
        IReadOnlyList<ModelGate> gates = report is null ? [] : GateMeasurement.Verdicts(made.Manifest.Id, report, withMean!, span.ProveFrom, span.ProveUntil);
        var manifest = made.Manifest with { Metrics = [.. report is null ? [] : GateMeasurement.Figures(report), .. gates.SelectMany(GateMeasurement.Metrics)] };
        return (ModelWriter.Write(made.Work, manifest, made.Members), gates);
    }
}
