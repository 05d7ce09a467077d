using System.Globalization;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.App.Forecasting.Serving;

/// <summary>
/// Whether a pair's last day is like anything that a model has learned from: several features that lie further from the mean of the training span than they ever do are another
/// market, a wrong unit or a broken source, and what a model says of them is a guess.
/// </summary>
internal static class UnlikeTraining
{
    /// <summary>Hours that are looked at.</summary>
    public const int Hours = 24;

    /// <summary>
    /// A feature is strange whose distance from its mean, averaged over those hours, is above this many standard deviations. Of 54,000 half days of ten majors from 2003 to 2022, measured
    /// against 2013 to 2019, three features or more were stranger in 22: the franc in January 2015, the pound in June and July 2016, and Christmas 2019. Above 4 it would be 114, above 3 635, and
    /// March 2020 with them, when a model is needed most.
    /// </summary>
    public const double StrangeAbove = 5;

    /// <summary>So many strange features are too many: one alone may be a currency with a habit of its own.</summary>
    public const int TooMany = 3;

    private const int Named = 3;

    // Far from their mean on every holiday, and known in advance: they say nothing of the data.
    private static readonly string[] OfTheCalendar =
    [
        "season_1", "season_4", "season_12", "season_24", "announced_1", "announced_4", "announced_24", "announced_before_6",
        "day_sin", "day_cos", "week_sin", "week_cos", "to_close", "tokyo", "london", "new_york", "holiday", "year_end",
    ];

    /// <summary>What is strange, in a sentence without its full stop; null where nothing is.</summary>
    public static string? Find(VarianceTrack track, MarketPulse pulse, int row, ModelManifest manifest)
    {
        var from = Math.Max(track.FirstReady, row + 1 - Hours);
        var table = FeatureSet.Build(track, pulse, from, row + 1);
        var strange = Enumerable.Range(0, Math.Min(manifest.Features.Count, Math.Min(manifest.Scaler.Mean.Count, manifest.Scaler.Std.Count)))
            .Where(feature => FeatureSet.Names.Contains(manifest.Features[feature]) && !OfTheCalendar.Contains(manifest.Features[feature]))
            .Select(feature => (Name: manifest.Features[feature], Distance: Distance(table, FeatureSet.Column(manifest.Features[feature]), manifest.Scaler.Mean[feature], manifest.Scaler.Std[feature])))
            .Where(feature => feature.Distance > StrangeAbove)
            .OrderByDescending(feature => feature.Distance)
            .ToList();
        return strange.Count < TooMany
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{track.Path.Pair} is unlike what {manifest.Id} learned from: over its last {Hours} hours {string.Join(", ", strange.Take(Named).Select(feature => string.Create(CultureInfo.InvariantCulture, $"{feature.Name} lay {feature.Distance:0.#}")))} standard deviations from the mean of its training span");
    }

    private static double Distance(FeatureTable table, int column, double mean, double std)
    {
        var (sum, count) = (0.0, 0);
        for (var row = 0; row < table.Rows; row++)
        {
            var value = table.Values(row, row + 1)[column];
            if (!float.IsNaN(value))
            {
                sum += Math.Abs(value - mean) / Math.Max(std, 1e-9);
                count++;
            }
        }

        return count == 0 ? 0 : sum / count;
    }
}
