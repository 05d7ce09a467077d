using Cambist.Domain.Forecasting.Models;
using Cambist.Trainer.Trees;
using Microsoft.ML.OnnxRuntime;

namespace Cambist.Trainer.Onnx;

/// <summary>Holds written trees against what LightGBM says with them.</summary>
internal static class TreeParity
{
    private const int Blocks = 8;

    /// <summary>The largest difference over true examples spread over the span, some of them with unknown or extreme inputs.</summary>
    public static double LargestDifference(byte[] model, GrownTrees trees, TreeExamples examples, int count, int seed)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        using var session = new InferenceSession(model, options);
        var random = new Random(seed);
        double furthest = 0;
        foreach (var block in examples.Inputs(Math.Max(1, count / (Blocks * 1024))))
        {
            var whole = block.Length / (TreeExamples.Width * ReturnTargets.Horizons) * TreeExamples.Width * ReturnTargets.Horizons;
            var rows = block.Span[..whole].ToArray();
            for (var i = 0; i < rows.Length; i++)
            {
                // One in a hundred is something else.
                rows[i] = random.Next(400) switch { 0 => float.NaN, 1 => float.PositiveInfinity, 2 => float.NegativeInfinity, 3 => 0, _ => rows[i] };
            }

            if (rows.Length > 0)
                furthest = Math.Max(furthest, Difference(session, rows, trees.Predict(rows)));
        }

        return furthest;
    }

    private static double Difference(InferenceSession session, float[] rows, double[] expected)
    {
        using var inputs = OrtValue.CreateTensorValueFromMemory(rows, [rows.Length / TreeExamples.Width, TreeExamples.Width]);
        using var run = new RunOptions();
        using var outputs = session.Run(run, ["inputs"], [inputs], ["log_scale"]);
        return Parity.Furthest(outputs[0].GetTensorDataAsSpan<float>(), expected);
    }
}
