using System.Buffers;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting.Models;
using Microsoft.ML.OnnxRuntime;

namespace Cambist.App.Forecasting.Models;

/// <summary>
/// A network that was trained elsewhere and written as ONNX (family <c>lstm</c>): raw features of consecutive hours go in, scaling is inside, and it says for how many of the
/// last hours an outlook is wanted. May be asked by many threads at once.
/// </summary>
public sealed class OnnxModel : IVolatilityModel, IDisposable
{
    /// <summary>The family's name.</summary>
    public const string Family = "lstm";

    /// <summary>The file of the network.</summary>
    public const string File = OnnxFile.Name;

    private const int Horizons = ReturnTargets.Horizons;

    // Hours of a stretch that are asked for at once. Longer stretches waste less on warming up, shorter ones need less memory; training used the same.
    private const int RowsAtOnce = 512;

    private const int Threads = 2;

    private static readonly string[] Inputs = ["features", "rows"];
    private static readonly string[] Outputs = ["location", "log_scale"];

    private readonly InferenceSession _session;
    private readonly IReadOnlyList<string> _features;
    private ColumnPlaces _columns;

    private OnnxModel(InferenceSession session, IReadOnlyList<string> features, int lookback)
    {
        (_session, _features, Lookback) = (session, features, lookback);
        _columns = new ColumnPlaces(features, null);
    }

    /// <inheritdoc/>
    public int Lookback { get; }

    /// <summary>Loads the model of a folder.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="manifest">Its <c>model.json</c>.</param>
    /// <param name="available">Names of the features that this program makes.</param>
    /// <exception cref="CorruptModelException">The network's file is missing, is not the one that was trained, or is no ONNX model.</exception>
    /// <exception cref="ForeignModelException">It is an ONNX model with other inputs or outputs.</exception>
    /// <exception cref="FeatureMismatchException">It reads features that are not made here, or another number than it says.</exception>
    public static OnnxModel Load(string folder, ModelManifest manifest, IReadOnlyList<string> available)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ColumnsOf(manifest.Features, available);
        var session = OnnxFile.Open(folder, manifest);
        try
        {
            OnnxContract.Check(session, manifest);
            return new OnnxModel(session, manifest.Features, manifest.Lookback);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Predict(FeatureTable table, int from, int to, Span<float> logScale, Span<float> location)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (to - from <= RowsAtOnce)
        {
            Run(table, from, to - from, logScale, location);
            return;
        }

        // Spans do not travel between threads.
        float[] scales = new float[logScale.Length], locations = new float[location.Length];
        Parallel.For(0, (to - from + RowsAtOnce - 1) / RowsAtOnce, new ParallelOptions { MaxDegreeOfParallelism = Threads }, part =>
        {
            var first = part * RowsAtOnce;
            var rows = Math.Min(RowsAtOnce, to - from - first);
            Run(table, from + first, rows, scales.AsSpan(first * Horizons, rows * Horizons), locations.AsSpan(first * Horizons, rows * Horizons));
        });
        scales.CopyTo(logScale);
        locations.CopyTo(location);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private void Run(FeatureTable table, int from, int rows, Span<float> logScale, Span<float> location)
    {
        int width = _features.Count, hours = Lookback + rows;
        var values = ArrayPool<float>.Shared.Rent(hours * width);
        try
        {
            Fill(table, from - Lookback, values.AsSpan(0, hours * width));
            using var features = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values.AsMemory(0, hours * width), [1, hours, width]);
            using var wanted = OrtValue.CreateTensorValueFromMemory([(long)rows], []);
            using var options = new RunOptions();
            using var outputs = _session.Run(options, Inputs, [features, wanted], Outputs);
            outputs[0].GetTensorDataAsSpan<float>().CopyTo(location);
            outputs[1].GetTensorDataAsSpan<float>().CopyTo(logScale);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(values);
        }
    }

    // Hours before the table's first are missing: not a number, which the network's scaling turns into the mean.
    private void Fill(FeatureTable table, int from, Span<float> values)
    {
        var width = _features.Count;
        var missing = Math.Min(Math.Max(0, -from), values.Length / width);
        values[..(missing * width)].Fill(float.NaN);
        var rows = table.Values(from + missing, from + values.Length / width);
        var known = values[(missing * width)..];
        if (Columns(table) is not { } columns)
        {
            rows.CopyTo(known);
            return;
        }

        for (var row = 0; row < known.Length / width; row++)
        {
            for (var i = 0; i < width; i++)
                known[row * width + i] = rows[row * table.Names.Count + columns[i]];
        }
    }

    // Tables of one program share one list of names, so the columns are looked up once.
    private int[]? Columns(FeatureTable table)
    {
        var known = _columns;
        if (ReferenceEquals(known.Names, table.Names))
            return known.Columns;

        var columns = ColumnsOf(_features, table.Names);
        _columns = new ColumnPlaces(table.Names, columns);
        return columns;
    }

    // Where each feature stands among the names; null: all at their own places.
    private static int[]? ColumnsOf(IReadOnlyList<string> features, IReadOnlyList<string> names)
    {
        if (features.SequenceEqual(names))
            return null;

        var places = names.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place);
        var missing = features.Where(feature => !places.ContainsKey(feature)).ToList();
        return missing.Count == 0
            ? [.. features.Select(feature => places[feature])]
            : throw new FeatureMismatchException($"The model reads {features.Count} features that are made here, found none of the name {string.Join(", ", missing)}.");
    }

    /// <summary>Where the features stand in tables with these names; replaced as a whole, since many threads read it.</summary>
    private sealed record ColumnPlaces(IReadOnlyList<string> Names, int[]? Columns);
}
