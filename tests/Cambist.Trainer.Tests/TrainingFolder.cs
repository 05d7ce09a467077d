using System.Text.Json;
using Cambist.Domain.Forecasting.Models;
using Cambist.TestKit;

namespace Cambist.Trainer.Tests;

/// <summary>A folder in which jobs are done, in the test's own process; what was told meanwhile is kept.</summary>
internal sealed class TrainingFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _progress = new();
    private readonly StringWriter _log = new();

    public string Path => _folder.Path;

    /// <summary>What was said to a person.</summary>
    public string Log => _log.ToString();

    /// <summary>Lines of progress, of all jobs so far.</summary>
    public IReadOnlyList<ProgressLine> Progress =>
        [.. _progress.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize(line, ProgressJson.Default.ProgressLine)!)];

    public string File(string name) => _folder.File(name);

    public ModelManifest Train(TrainingJob job, string model)
    {
        TrainingRun.Do(TrainerProgram.Save(Path, job), File(model), new Progress(_progress), _log);
        return JsonSerializer.Deserialize(System.IO.File.ReadAllBytes(System.IO.Path.Combine(File(model), "model.json")), ModelJson.Default.ModelManifest)!;
    }

    public byte[] Onnx(string model) => System.IO.File.ReadAllBytes(System.IO.Path.Combine(File(model), "model.onnx"));

    public static double Metric(ModelManifest manifest, string name, int horizon) =>
        manifest.Metrics.Single(metric => metric.Name == name && metric.HorizonHours == horizon).Value;

    public void Dispose() => _folder.Dispose();
}
