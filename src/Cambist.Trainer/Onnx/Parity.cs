namespace Cambist.Trainer.Onnx;

/// <summary>The written model does not say what the trained one says.</summary>
internal sealed class ParityException(double difference)
    : Exception($"The ONNX model says what was trained within {Parity.Tolerance}, differs by {difference:g3}. No model was written.");

/// <summary>How far a written model may be from what was trained.</summary>
internal static class Parity
{
    public const double Tolerance = 1e-5;

    /// <exception cref="ParityException">The difference is larger than the tolerance, or no number.</exception>
    public static void Require(double difference)
    {
        if (!(difference <= Tolerance))
            throw new ParityException(difference);
    }

    /// <summary>The largest difference between two lists of answers; infinite where one of them is no number, or where one list is longer.</summary>
    public static double Furthest(ReadOnlySpan<float> written, ReadOnlySpan<double> expected)
    {
        if (written.Length != expected.Length)
            return double.PositiveInfinity;

        double furthest = 0;
        for (var i = 0; i < written.Length; i++)
        {
            var difference = Math.Abs(written[i] - expected[i]);
            // NaN compares as no difference: it is the largest.
            furthest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(furthest, difference);
        }

        return furthest;
    }
}
