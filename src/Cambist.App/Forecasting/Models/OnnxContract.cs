using Cambist.Domain.Forecasting.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Cambist.App.Forecasting.Models;

/// <summary>What goes into a volatility network and comes out of it.</summary>
internal static class OnnxContract
{
    /// <summary>Refuses networks with other inputs and outputs than <c>features</c> [batch, hours, features], <c>rows</c>, <c>location</c> and <c>log_scale</c> [batch, rows, 24].</summary>
    public static void Check(InferenceSession session, ModelManifest manifest)
    {
        Check("input", session.InputMetadata, ("features", TensorElementType.Float, 3), ("rows", TensorElementType.Int64, 0));
        Check("output", session.OutputMetadata, ("location", TensorElementType.Float, 3), ("log_scale", TensorElementType.Float, 3));
        foreach (var output in session.OutputMetadata.Where(output => output.Value.Dimensions[2] != ReturnTargets.Horizons))
            throw new ForeignModelException($"The output {output.Key} has {ReturnTargets.Horizons} horizons, found {output.Value.Dimensions[2]}.");

        var width = session.InputMetadata["features"].Dimensions[2];
        if (width != manifest.Features.Count)
            throw new FeatureMismatchException($"{manifest.Id} names {manifest.Features.Count} features, its network reads {width}.");
        if (manifest.Lookback < 0)
            throw new ForeignModelException($"{manifest.Id} looks back 0 hours or more, found {manifest.Lookback}.");
    }

    private static void Check(string what, IReadOnlyDictionary<string, NodeMetadata> found, params (string Name, TensorElementType Type, int Rank)[] expected)
    {
        if (expected.All(one => found.TryGetValue(one.Name, out var node) && node.IsTensor && node.ElementDataType == one.Type && node.Dimensions.Length == one.Rank) && found.Count == expected.Length)
            return;

        throw new ForeignModelException(
            $"A volatility network has the {what}s {string.Join(", ", expected.Select(one => $"{one.Name} ({one.Type}, {one.Rank} axes)"))}, " +
            $"found {string.Join(", ", found.Select(node => node.Value.IsTensor ? $"{node.Key} ({node.Value.ElementDataType}, {node.Value.Dimensions.Length} axes)" : node.Key))}.");
    }
}
