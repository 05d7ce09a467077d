using Cambist.Domain.Features;

namespace Cambist.Domain.Forecasting.Models;

/// <summary>
/// What boosted trees read of an hour at a horizon: every feature of the hour, how much the pair moved in the same hours of the five market days before, and the horizon itself. One set of
/// trees serves all horizons, since neighbours have nearly the same answer. What is not known is not a number, and trees have a branch for that.
/// </summary>
public static class TreeInputs
{
    private const string Horizon = "horizon";

    /// <summary>Names of the inputs, in order: those of <see cref="FeatureSet"/>, of the same hours of earlier days, and the horizon in hours.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. FeatureSet.Names, .. HarRegressors.Names.TakeLast(HarRegressors.DaysBack), Horizon];

    /// <summary>Rows before a row that are read.</summary>
    public static int Lookback => HarRegressors.Lookback;

    /// <summary>Fills the inputs of the rows [from, to) at all 24 horizons: (to − from) × 24 × names, the horizons of a row together.</summary>
    /// <param name="table">The features of a pair, those of <see cref="FeatureSet"/>; rows before its first count as missing hours.</param>
    /// <param name="from">First row.</param>
    /// <param name="to">The row after the last.</param>
    /// <param name="inputs">Filled.</param>
    /// <exception cref="ArgumentException">The table has other features.</exception>
    public static void Fill(FeatureTable table, int from, int to, Span<float> inputs)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (!ReferenceEquals(table.Names, FeatureSet.Names) && !table.Names.SequenceEqual(FeatureSet.Names))
        {
            throw new ArgumentException($"Trees read the {FeatureSet.Names.Count} features of this program in their order, found {table.Names.Count} others.", nameof(table));
        }

        if (from >= to)
        {
            return;
        }

        int features = FeatureSet.Names.Count, width = Names.Count;
        var earlier = new HarRegressors(table, from, to);
        var ratios = new double[HarRegressors.DaysBack];
        for (var row = from; row < to; row++)
        {
            var hour = table.Values(row, row + 1);
            for (var horizon = 0; horizon < ReturnTargets.Horizons; horizon++)
            {
                var one = inputs.Slice(((row - from) * ReturnTargets.Horizons + horizon) * width, width);
                hour.CopyTo(one);
                earlier.FillSameHours(row, horizon + 1, ratios);
                Logarithms.Half(ratios, one.Slice(features, HarRegressors.DaysBack));
                one[^1] = horizon + 1;
            }
        }
    }
}
