using System.Numerics;

namespace Cambist.App.Rates.Demo;

/// <summary>
/// The random numbers of the simulated market: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
/// A seed gives the same numbers on every machine and runtime because the algorithm is written here; a seeded <see cref="Random"/> keeps
/// its sequence between .NET versions by custom only.
/// </summary>
internal sealed class SplitMix64(int seed)
{
    private ulong _state = unchecked((ulong)seed);

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        var bits = _state += 0x9E3779B97F4A7C15;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    /// <summary>Evenly spread over (0, 1], so that a logarithm can be taken.</summary>
    public double Uniform() => ((Next() >> 11) + 1) / (double)(1UL << 53);

    /// <summary>
    /// Mean 0, variance 1 and almost normal: the heads in 64 throws of a coin, whose excess kurtosis is -1/32. One population count, where an
    /// exact normal needs a table or a logarithm; a move of the market is the sum of many.
    /// </summary>
    public double Normal() => (BitOperations.PopCount(Next()) - 32) * 0.25;
}
