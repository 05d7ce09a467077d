using System.Numerics;

namespace Cambist.Domain.Features;

/// <summary>Logarithms of many numbers at once, several to an instruction.</summary>
internal static class Logarithms
{
    /// <summary>Half the natural logarithm of each number: of a ratio of variances it is the logarithm of the ratio of volatilities.</summary>
    public static void Half(ReadOnlySpan<double> ratios, Span<float> halves)
    {
        var width = Vector<double>.Count;
        Span<double> logs = stackalloc double[width];
        var i = 0;
        for (; i + width <= ratios.Length; i += width)
        {
            Half(new Vector<double>(ratios[i..]), logs, halves[i..]);
        }

        if (i < ratios.Length)
        {
            // The last numbers go the same way, so that a number's logarithm never depends on its place.
            Span<double> last = stackalloc double[width];
            last.Fill(1);
            ratios[i..].CopyTo(last);
            Half(new Vector<double>(last), logs, halves.Slice(i, ratios.Length - i));
        }
    }

    private static void Half(Vector<double> ratios, Span<double> logs, Span<float> halves)
    {
        (Vector.Log(ratios) * 0.5).CopyTo(logs);
        for (var j = 0; j < Math.Min(logs.Length, halves.Length); j++)
        {
            halves[j] = (float)logs[j];
        }
    }
}
