using System.Text.Json.Serialization;

namespace Cambist.Domain.Forecasting.Models;

/// <summary>What a model's folder says of it, the file <c>model.json</c>. It is written once, when the model was trained, and never changed.</summary>
/// <param name="Id">The model's id: its family, the end of its training span, and the first digits of the fingerprint of its weights, <c>lstm-20200101-3fa94c</c>.</param>
/// <param name="Family">How it forecasts: <c>har</c>, <c>lstm</c>, <c>gbm</c> or <c>ensemble</c>.</param>
/// <param name="CreatedAt">When it was trained.</param>
/// <param name="TrainedFrom">Close of the first hour that its weights were fitted on.</param>
/// <param name="TrainedUntil">Close of the last hour whose outcome its weights or its choice were fitted on, validation included: nothing later has touched it.</param>
/// <param name="Pairs">The pairs it learned from, by symbol.</param>
/// <param name="Features">Names of the features it reads, in order.</param>
/// <param name="Scaler">How features are brought to one scale, from the training span alone.</param>
/// <param name="Lookback">Hours of features before the hour of a forecast that it reads.</param>
/// <param name="DataFingerprint">SHA-256 of the bars it was trained on, in hexadecimal.</param>
/// <param name="Seed">Seed of everything random in its training.</param>
/// <param name="CodeVersion">Version of the program that trained it.</param>
/// <param name="Settings">Sizes, rates and counts of its training, by name.</param>
/// <param name="Metrics">What it scored on its validation span.</param>
/// <param name="Files">SHA-256 of each other file of the folder by name, in hexadecimal.</param>
/// <param name="Members">Of an ensemble: its members and their weights.</param>
/// <param name="Coefficients">Of a regression: per horizon its coefficients, in the order of <see cref="HarModel.Regressors"/>, the constant last.</param>
public sealed record ModelManifest(
    string Id,
    string Family,
    DateTimeOffset CreatedAt,
    DateTimeOffset TrainedFrom,
    DateTimeOffset TrainedUntil,
    IReadOnlyList<string> Pairs,
    IReadOnlyList<string> Features,
    FeatureScaler Scaler,
    int Lookback,
    string DataFingerprint,
    int Seed,
    string CodeVersion,
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyList<ModelMetric> Metrics,
    IReadOnlyDictionary<string, string> Files,
    IReadOnlyList<EnsembleMember>? Members = null,
    IReadOnlyList<IReadOnlyList<double>>? Coefficients = null);

/// <summary>Mean and standard deviation of each feature over the training span.</summary>
/// <param name="Mean">Means, in the order of the features.</param>
/// <param name="Std">Standard deviations, above zero.</param>
public sealed record FeatureScaler(IReadOnlyList<double> Mean, IReadOnlyList<double> Std);

/// <summary>A figure of a model's own validation.</summary>
/// <param name="Name">What was measured, <c>crps_skill</c>.</param>
/// <param name="HorizonHours">At which horizon; null: over all.</param>
/// <param name="Value">The figure.</param>
public sealed record ModelMetric(string Name, int? HorizonHours, double Value);

/// <summary>A member of an ensemble.</summary>
/// <param name="Id">The member's id; its folder lies inside the ensemble's.</param>
/// <param name="Weight">Its share in the logarithm of the volatility; the shares of all members sum to 1.</param>
public sealed record EnsembleMember(string Id, double Weight);

/// <summary>Reads and writes <c>model.json</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ModelManifest))]
public sealed partial class ModelJson : JsonSerializerContext;
