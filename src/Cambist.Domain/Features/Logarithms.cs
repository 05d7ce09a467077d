using System.Numerics;

namespace Cambist.Domain.Features;

/// <summary>Logarithms of many numbers at once, several to an instruction.</summary>
internal static class Logarithms
{
    /// <summary>Half the natural logarithm of each number: of a ratio of variances it is the logarithm of the ratio of volatilities.</summary>
    public static float[] Half(ReadOnlySpan<double> ratios)
    {
        var halves = new float[ratios.Length];
        var half = new Vector<double>(0.5);
        Span<double> logs = stackalloc double[Vector<double>.Count];
        Span<double> tail = stackalloc double[Vector<double>.Count];
        for (var i = 0; i < ratios.Length; i += Vector<double>.Count)
        {
            // The last numbers go the same way, so that a number's logarithm never depends on its place.
            var count = Math.Min(Vector<double>.Count, ratios.Length - i);
            tail.Fill(1);
            ratios.Slice(i, count).CopyTo(tail);
            (Vector.Log(new Vector<double>(tail)) * half).CopyTo(logs);
            for (var j = 0; j < count; j++)
            {
                halves[i + j] = (float)logs[j];
            }
        }

        return halves;
    }
}
