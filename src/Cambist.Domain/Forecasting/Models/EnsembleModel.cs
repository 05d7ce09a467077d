using Cambist.Domain.Features;

namespace Cambist.Domain.Forecasting.Models;

/// <summary>Several models at once: the weighted mean of the logarithms of their volatilities. Their errors differ, so the mean of two good ones is better than either (Bates and Granger 1969).</summary>
public sealed class EnsembleModel : IVolatilityModel, IDisposable
{
    /// <summary>The family's name.</summary>
    public const string Family = "ensemble";

    private readonly IReadOnlyList<(IVolatilityModel Model, double Weight)> _members;

    /// <summary>An ensemble.</summary>
    /// <param name="members">The models, which it disposes of with itself, and their weights.</param>
    /// <exception cref="ArgumentException">There is no member, or the weights do not sum to 1.</exception>
    public EnsembleModel(IReadOnlyList<(IVolatilityModel Model, double Weight)> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (members.Count == 0 || Math.Abs(members.Sum(member => member.Weight) - 1) > 1e-6)
        {
            throw new ArgumentException($"An ensemble has members whose weights sum to 1, found {members.Count} that sum to {members.Sum(member => member.Weight)}.", nameof(members));
        }

        _members = members;
    }

    /// <inheritdoc/>
    public int Lookback => _members.Max(member => member.Model.Lookback);

    /// <inheritdoc/>
    public void Predict(FeatureTable table, int from, int to, Span<float> logScale, Span<float> location)
    {
        var (scales, locations) = (new float[logScale.Length], new float[location.Length]);
        logScale.Clear();
        location.Clear();
        foreach (var (model, weight) in _members)
        {
            model.Predict(table, from, to, scales, locations);
            for (var i = 0; i < scales.Length; i++)
            {
                logScale[i] += (float)weight * scales[i];
                location[i] += (float)weight * locations[i];
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var member in _members)
        {
            (member.Model as IDisposable)?.Dispose();
        }
    }
}
