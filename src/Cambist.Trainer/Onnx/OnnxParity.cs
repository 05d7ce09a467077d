using Microsoft.ML.OnnxRuntime;
using TorchSharp;
using static TorchSharp.torch;

namespace Cambist.Trainer.Onnx;

/// <summary>Holds a written model against the network it was written from.</summary>
internal static class OnnxParity
{
    /// <summary>The largest difference of any output over random features, some of them missing or extreme, for one and for many rows.</summary>
    public static double LargestDifference(byte[] model, VolatilityNetwork network, FeatureScaling scaling, int window, int seed)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        using var session = new InferenceSession(model, options);
        var random = new Random(seed);
        (int Batch, int Hours, int Rows)[] shapes = [(1, window, 1), (2, window + 40, 41), (1, 5, 5), (3, 2 * window + 9, window + 10)];
        return shapes.Max(shape => Difference(session, network, scaling, random, shape));
    }

    private static double Difference(InferenceSession session, VolatilityNetwork network, FeatureScaling scaling, Random random, (int Batch, int Hours, int Rows) shape)
    {
        var width = scaling.Mean.Length;
        var raw = new float[shape.Batch * shape.Hours * width];
        for (var i = 0; i < raw.Length; i++)
        {
            var column = i % width;
            raw[i] = random.NextDouble() < 0.01 ? float.NaN : scaling.Mean[column] + scaling.Deviation[column] * 6 * (random.NextSingle() - 0.5f);
        }

        (raw[0], raw[^1]) = (float.PositiveInfinity, float.NegativeInfinity);
        using var features = OrtValue.CreateTensorValueFromMemory(raw, [shape.Batch, shape.Hours, width]);
        using var rows = OrtValue.CreateTensorValueFromMemory([(long)shape.Rows], []);
        using var run = new RunOptions();
        using var outputs = session.Run(run, ["features", "rows"], [features, rows], ["location", "log_scale"]);

        var scaled = new float[raw.Length];
        scaling.Scale(raw, scaled);
        network.eval();
        using var scope = NewDisposeScope();
        using var without = no_grad();
        var (location, logScale) = network.Outlook(tensor(scaled, [shape.Batch, shape.Hours, width]), shape.Rows);
        return Math.Max(
            Furthest(outputs[1].GetTensorDataAsSpan<float>(), logScale),
            Furthest(outputs[0].GetTensorDataAsSpan<float>(), location ?? zeros_like(logScale)));
    }

    private static double Furthest(ReadOnlySpan<float> written, Tensor network) =>
        Parity.Furthest(written, network.to_type(ScalarType.Float64).contiguous().data<double>().ToArray());
}
