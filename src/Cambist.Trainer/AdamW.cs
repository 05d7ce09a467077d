namespace Cambist.Trainer;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter 2019, Decoupled Weight Decay Regularization, algorithm 2), over all weights as one array. Its state is two
/// arrays and a count that a checkpoint holds to the last bit, which is why it is not the library's.
/// </summary>
internal sealed class AdamW(int count)
{
    private const double FirstMemory = 0.9;
    private const double SecondMemory = 0.999;
    private const double Small = 1e-8;

    /// <summary>Average of the gradients.</summary>
    public float[] First { get; } = new float[count];

    /// <summary>Average of their squares.</summary>
    public float[] Second { get; } = new float[count];

    /// <summary>Steps taken.</summary>
    public int Steps { get; set; }

    /// <summary>Takes a step: the weights change in place. The gradients are cut to the largest norm first.</summary>
    /// <returns>The norm of the gradients before the cut.</returns>
    public double Step(Span<float> weights, Span<float> gradients, ReadOnlySpan<float> decays, double learningRate, double weightDecay, double largestNorm)
    {
        double square = 0;
        foreach (var gradient in gradients)
            square += (double)gradient * gradient;
        var norm = Math.Sqrt(square);
        if (!double.IsFinite(norm))
            return norm;

        var cut = (float)(norm > largestNorm ? largestNorm / norm : 1);
        Steps++;
        var rate = (float)(learningRate / (1 - Math.Pow(FirstMemory, Steps)));
        var correction = (float)Math.Sqrt(1 - Math.Pow(SecondMemory, Steps));
        for (var i = 0; i < weights.Length; i++)
        {
            var gradient = gradients[i] * cut;
            First[i] = (float)FirstMemory * First[i] + (float)(1 - FirstMemory) * gradient;
            Second[i] = (float)SecondMemory * Second[i] + (float)(1 - SecondMemory) * gradient * gradient;
            weights[i] -= (float)(learningRate * weightDecay) * decays[i] * weights[i];
            weights[i] -= rate * First[i] / (MathF.Sqrt(Second[i]) / correction + (float)Small);
        }

        return norm;
    }
}
