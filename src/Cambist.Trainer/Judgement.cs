using Cambist.Domain.Forecasting.Models;

namespace Cambist.Trainer;

/// <summary>What a pass over the validation span found.</summary>
/// <param name="Loss">Mean surprise over all horizons.</param>
/// <param name="Horizons">Mean surprise at each horizon.</param>
/// <param name="Baseline">The same of the baseline, with the model's tails.</param>
internal sealed record Judgement(double Loss, double[] Horizons, double[] Baseline);

/// <summary>Adds surprises up, horizon by horizon, until the span is judged.</summary>
internal sealed class SurpriseSums
{
    private readonly double[] _model = new double[ReturnTargets.Horizons];
    private readonly double[] _baseline = new double[ReturnTargets.Horizons];
    private readonly double[] _counts = new double[ReturnTargets.Horizons];

    /// <summary>Adds the surprises at some returns.</summary>
    /// <param name="horizon">Their horizon, from 0.</param>
    /// <param name="model">The model's, added up.</param>
    /// <param name="baseline">The baseline's, added up.</param>
    /// <param name="count">How many returns.</param>
    public void Add(int horizon, double model, double baseline, double count = 1)
    {
        _model[horizon] += model;
        _baseline[horizon] += baseline;
        _counts[horizon] += count;
    }

    /// <summary>The means; 0 at a horizon of which there is no return.</summary>
    public Judgement Judge()
    {
        double[] model = Means(_model), baseline = Means(_baseline);
        return new Judgement(model.Average(), model, baseline);
    }

    private double[] Means(double[] sums) => [.. sums.Select((sum, h) => sum / Math.Max(_counts[h], 1))];
}
