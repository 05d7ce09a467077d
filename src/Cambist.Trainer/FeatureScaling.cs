namespace Cambist.Trainer;

/// <summary>Brings features to one scale: (x − mean) / deviation over the training span, cut at ±8; what is missing becomes 0, the mean.</summary>
internal sealed class FeatureScaling
{
    /// <summary>Largest scaled value, in standard deviations.</summary>
    public const float Bound = 8;

    public FeatureScaling(float[] mean, float[] deviation) => (Mean, Deviation) = (mean, deviation);

    public float[] Mean { get; }

    public float[] Deviation { get; }

    /// <summary>Measures means and deviations over the given rows of all files, missing values left out. A feature that never changes keeps its scale.</summary>
    public static FeatureScaling Measure(IEnumerable<(FeatureFile File, int From, int To)> spans, int featureCount)
    {
        double[] count = new double[featureCount], mean = new double[featureCount], squares = new double[featureCount];
        foreach (var (file, from, to) in spans)
        {
            for (var row = from; row < to; row++)
            {
                var features = file.Features(row, row + 1);
                for (var i = 0; i < featureCount; i++)
                {
                    if (!float.IsFinite(features[i]))
                        continue;

                    // Welford 1962: no large sums are subtracted from each other.
                    var distance = features[i] - mean[i];
                    mean[i] += distance / ++count[i];
                    squares[i] += distance * (features[i] - mean[i]);
                }
            }
        }

        return new FeatureScaling(
            [.. mean.Select(value => (float)value)],
            [.. squares.Select((sum, i) => (float)Math.Sqrt(sum / Math.Max(count[i], 1))).Select(deviation => deviation > 1e-12f ? deviation : 1f)]);
    }

    /// <summary>Scales whole rows.</summary>
    public void Scale(ReadOnlySpan<float> raw, Span<float> scaled)
    {
        for (var i = 0; i < raw.Length; i++)
        {
            var column = i % Mean.Length;
            var value = (raw[i] - Mean[column]) / Deviation[column];
            scaled[i] = float.IsNaN(value) ? 0 : Math.Clamp(value, -Bound, Bound);
        }
    }
}
