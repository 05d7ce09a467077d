using System.Runtime.CompilerServices;
using Cambist.Domain.Features;

namespace Cambist.Domain.Forecasting.Models;

/// <summary>
/// A regression of the volatility on what was realised over hours, days, weeks and months (heterogeneous autoregression, Corsi 2009), by the pair itself and by the major pairs
/// together. One set of coefficients per horizon serves all pairs.
/// </summary>
public sealed class HarModel : IVolatilityModel
{
    /// <summary>The family's name.</summary>
    public const string Family = "har";

    // No sane state of the market is further than this from what the baseline expects; a fault in the features may be.
    private const double Limit = 2;

    private readonly double[][] _coefficients;

    /// <summary>A model.</summary>
    /// <param name="coefficients">Per horizon 1 to 24 a coefficient for each of <see cref="Regressors"/>, the constant last.</param>
    /// <exception cref="ArgumentException">There are not 24 rows of as many numbers.</exception>
    public HarModel(IReadOnlyList<IReadOnlyList<double>> coefficients)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        if (coefficients.Count != ReturnTargets.Horizons || coefficients.Any(row => row.Count != Regressors.Count + 1 || row.Any(number => !double.IsFinite(number))))
        {
            throw new ArgumentException($"Coefficients are {ReturnTargets.Horizons} rows of {Regressors.Count + 1} numbers.", nameof(coefficients));
        }

        _coefficients = [.. coefficients.Select(row => row.ToArray())];
    }

    /// <summary>Names of the regressors, in the order of the coefficients.</summary>
    public static IReadOnlyList<string> Regressors => HarRegressors.Names;

    /// <summary>Names of the features that are read.</summary>
    public static IReadOnlyList<string> Features => HarRegressors.Features;

    /// <summary>The coefficients: per horizon one for each of <see cref="Regressors"/>, the constant last.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Coefficients => _coefficients;

    /// <inheritdoc/>
    public int Lookback => HarRegressors.Lookback;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Predict(FeatureTable table, int from, int to, Span<float> logScale, Span<float> location)
    {
        ArgumentNullException.ThrowIfNull(table);
        var regressors = new HarRegressors(table, from, to);
        var ofHour = Regressors.Count - HarRegressors.DaysBack;
        Span<double> hour = stackalloc double[ofHour];
        var ratios = new double[ReturnTargets.Horizons * HarRegressors.DaysBack];
        var sameHours = new float[ratios.Length];
        for (var row = from; row < to; row++)
        {
            regressors.FillHour(row, hour);
            for (var horizon = 0; horizon < ReturnTargets.Horizons; horizon++)
            {
                regressors.FillSameHours(row, horizon + 1, ratios.AsSpan(horizon * HarRegressors.DaysBack, HarRegressors.DaysBack));
            }

            Logarithms.Half(ratios, sameHours);
            for (var horizon = 0; horizon < ReturnTargets.Horizons; horizon++)
            {
                var coefficients = _coefficients[horizon];
                var sum = coefficients[^1];
                for (var i = 0; i < ofHour; i++)
                {
                    sum += coefficients[i] * hour[i];
                }

                for (var day = 0; day < HarRegressors.DaysBack; day++)
                {
                    sum += coefficients[ofHour + day] * sameHours[horizon * HarRegressors.DaysBack + day];
                }

                logScale[(row - from) * ReturnTargets.Horizons + horizon] = (float)Math.Clamp(sum, -Limit, Limit);
            }
        }

        location.Clear();
    }
}
