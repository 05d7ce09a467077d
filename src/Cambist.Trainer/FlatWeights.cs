using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;

namespace Cambist.Trainer;

/// <summary>All weights of a network as one array, always in the same order: what is averaged, kept as the best, and written to a checkpoint.</summary>
internal sealed class FlatWeights
{
    private readonly List<(Parameter Parameter, int Start, int Count)> _parts = [];

    public FlatWeights(torch.nn.Module network)
    {
        foreach (var (_, parameter) in network.named_parameters())
        {
            var count = (int)parameter.NumberOfElements;
            _parts.Add((parameter, Count, count));
            // Weights that multiply are pulled toward zero; biases, norms and tails are not.
            Decays.AddRange(Enumerable.Repeat(parameter.dim() > 1 ? 1f : 0f, count));
            Count += count;
        }
    }

    /// <summary>Number of weights.</summary>
    public int Count { get; }

    /// <summary>1 for each weight that decays, else 0.</summary>
    public List<float> Decays { get; } = [];

    public float[] Read()
    {
        var all = new float[Count];
        foreach (var (parameter, start, count) in _parts)
            Values(parameter).CopyTo(all.AsSpan(start, count));
        return all;
    }

    public void Write(ReadOnlySpan<float> all)
    {
        foreach (var (parameter, start, count) in _parts)
            all.Slice(start, count).CopyTo(Values(parameter));
    }

    /// <summary>The gradients of the last backward pass; zero where a weight took no part.</summary>
    public void ReadGradients(Span<float> all)
    {
        foreach (var (parameter, start, count) in _parts)
        {
            using var gradient = parameter.grad;
            if (gradient is null)
                all.Slice(start, count).Clear();
            else
                Values(gradient.contiguous()).CopyTo(all.Slice(start, count));
        }
    }

    private static Span<float> Values(torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
