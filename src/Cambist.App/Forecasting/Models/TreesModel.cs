using System.Buffers;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Cambist.App.Forecasting.Models;

/// <summary>
/// Boosted trees that were grown elsewhere and written as ONNX (family <c>gbm</c>): the inputs of an hour at each of its 24 horizons go in (<see cref="TreeInputs"/>), the logarithm of the
/// scale comes out; the middle is zero. May be asked by many threads at once.
/// </summary>
public sealed class TreesModel : IVolatilityModel, IDisposable
{
    /// <summary>The family's name.</summary>
    public const string Family = "gbm";

    private const int Horizons = ReturnTargets.Horizons;

    // 600 kB of inputs: enough for the runtime to go through them tree by tree.
    private const int RowsAtOnce = 128;

    private static readonly string[] Inputs = ["inputs"];
    private static readonly string[] Outputs = ["log_scale"];
    private static readonly int Width = TreeInputs.Names.Count;

    private readonly InferenceSession _session;

    private TreesModel(InferenceSession session) => _session = session;

    /// <inheritdoc/>
    public int Lookback => TreeInputs.Lookback;

    /// <summary>Loads the model of a folder.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="manifest">Its <c>model.json</c>.</param>
    /// <exception cref="CorruptModelException">The file is missing, is not the one that was trained, or is no ONNX model.</exception>
    /// <exception cref="ForeignModelException">It is an ONNX model with other inputs or outputs.</exception>
    /// <exception cref="FeatureMismatchException">It reads other features than are made here, or another number of inputs.</exception>
    public static TreesModel Load(string folder, ModelManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        if (!manifest.Features.SequenceEqual(FeatureSet.Names))
            throw new FeatureMismatchException($"Trees read the {FeatureSet.Names.Count} features of this program in their order, {manifest.Id} names {manifest.Features.Count} others.");

        var session = OnnxFile.Open(folder, manifest);
        try
        {
            Check(session, manifest);
            return new TreesModel(session);
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
        var values = ArrayPool<float>.Shared.Rent(Math.Min(RowsAtOnce, Math.Max(0, to - from)) * Horizons * Width);
        try
        {
            for (var row = from; row < to; row += RowsAtOnce)
            {
                var rows = Math.Min(RowsAtOnce, to - row);
                TreeInputs.Fill(table, row, row + rows, values);
                using var inputs = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values.AsMemory(0, rows * Horizons * Width), [rows * Horizons, Width]);
                using var options = new RunOptions();
                using var outputs = _session.Run(options, Inputs, [inputs], Outputs);
                outputs[0].GetTensorDataAsSpan<float>().CopyTo(logScale[((row - from) * Horizons)..]);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(values);
        }

        location.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static void Check(InferenceSession session, ModelManifest manifest)
    {
        var (inputs, outputs) = (session.InputMetadata, session.OutputMetadata);
        if (inputs.Count != 1 || outputs.Count != 1 || !Is(inputs, Inputs[0]) || !Is(outputs, Outputs[0]) || outputs[Outputs[0]].Dimensions[1] != Horizons)
        {
            throw new ForeignModelException(
                $"Trees have the input {Inputs[0]} and the output {Outputs[0]}, tables of floats, the latter {Horizons} wide; found {string.Join(", ", inputs.Keys)} and {string.Join(", ", outputs.Keys)}.");
        }

        if (inputs[Inputs[0]].Dimensions[1] != Width)
            throw new FeatureMismatchException($"Trees read {Width} inputs, those of {manifest.Id} read {inputs[Inputs[0]].Dimensions[1]}.");
    }

    private static bool Is(IReadOnlyDictionary<string, NodeMetadata> nodes, string name) =>
        nodes.TryGetValue(name, out var node) && node.IsTensor && node.ElementDataType == TensorElementType.Float && node.Dimensions.Length == 2;
}
