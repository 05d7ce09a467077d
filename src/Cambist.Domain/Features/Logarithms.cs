using System.Numerics;

namespace Cambist.Domain.Features;

/// <summary>Logarithms of many numbers at once, several to an instruction, in single precision as features are.</summary>
internal static class Logarithms
{
    /// <summary>Half the natural logarithm of each number: of a ratio of variances it is the logarithm of the ratio of volatilities.</summary>
    public static void Half(ReadOnlySpan<double> ratios, Span<float> halves)
    {
        halves = halves[..ratios.Length];
        for (var i = 0; i < ratios.Length; i++)
        {
            halves[i] = (float)ratios[i];
        }

        var width = Vector<float>.Count;
        var at = 0;
        for (; at + width <= halves.Length; at += width)
        {
            Half(halves[at..]);
        }

        if (at < halves.Length)
        {
            // The last numbers go the same way, so that a number's logarithm never depends on its place.
            Span<float> last = stackalloc float[width];
            last.Fill(1);
            halves[at..].CopyTo(last);
            Half(last);
            last[..(halves.Length - at)].CopyTo(halves[at..]);
        }
    }

    private static void Half(Span<float> numbers)
    {
        var vector = new Vector<float>(numbers);

        // Most hours have no announcement, and a ratio of 1.
        (Vector.EqualsAll(vector, Vector<float>.One) ? Vector<float>.Zero : Vector.Log(vector) * 0.5f).CopyTo(numbers);
    }
}
