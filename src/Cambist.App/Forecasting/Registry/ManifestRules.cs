using System.Globalization;
using System.Text.RegularExpressions;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.App.Forecasting.Registry;

/// <summary>What a <c>model.json</c> must say before anything is done with it. A fault reads "what was expected, what was found".</summary>
internal static partial class ManifestRules
{
    private const int LongestId = 100;
    private const double WeightTolerance = 1e-6;

    /// <summary>Everything that is wrong with a manifest; nothing where it is right.</summary>
    public static IEnumerable<string> Faults(ModelManifest manifest)
    {
        // JSON that lacks a member leaves it null, whatever the type says.
        var missing = new (string Name, object? Value)[]
        {
            ("id", manifest.Id), ("family", manifest.Family), ("pairs", manifest.Pairs), ("features", manifest.Features), ("scaler", manifest.Scaler),
            ("scaler.mean", manifest.Scaler?.Mean), ("scaler.std", manifest.Scaler?.Std), ("data_fingerprint", manifest.DataFingerprint), ("code_version", manifest.CodeVersion),
            ("settings", manifest.Settings), ("metrics", manifest.Metrics), ("files", manifest.Files),
        }.Where(member => member.Value is null).Select(member => member.Name).ToList();
        return missing.Count > 0 ? [$"{string.Join(", ", missing)} expected, not there"] : Of(manifest).Concat(OfEntries(manifest)).Concat(OfFiles(manifest)).Concat(OfMembers(manifest));
    }

    /// <summary>Whether an id can be the name of a folder, on every system, and nothing else: lower-case words with digits, joined by hyphens.</summary>
    public static bool IsSafe(string? id) => id?.Length <= LongestId && Id.IsMatch(id);

    private static IEnumerable<string> Of(ModelManifest manifest)
    {
        if (!IsSafe(manifest.Id) || !manifest.Id.StartsWith(manifest.Family + "-", StringComparison.Ordinal))
        {
            yield return $"an id of lower-case letters, digits and hyphens that begins with the family ('{manifest.Family}-…') expected, found '{manifest.Id}'";
        }

        if (manifest.CreatedAt == default || manifest.TrainedFrom == default || manifest.TrainedFrom >= manifest.TrainedUntil)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"created_at and a training span expected, found {manifest.CreatedAt:yyyy-MM-dd}, and {manifest.TrainedFrom:yyyy-MM-dd} to {manifest.TrainedUntil:yyyy-MM-dd}");
        }

        if (manifest.Scaler.Mean.Count != manifest.Features.Count || manifest.Scaler.Std.Count != manifest.Features.Count)
        {
            yield return $"a mean and a standard deviation for each of {manifest.Features.Count} features expected, found {manifest.Scaler.Mean.Count} and {manifest.Scaler.Std.Count}";
        }

        if (manifest.Scaler.Mean.Any(mean => !double.IsFinite(mean)) || manifest.Scaler.Std.Any(std => !(std > 0) || !double.IsFinite(std)))
        {
            yield return "finite means and standard deviations above 0 expected, found others";
        }

        if (manifest.Lookback < 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"lookback from 0 on expected, found {manifest.Lookback}");
        }

        if (manifest.Metrics.Any(metric => metric?.Name is null || !double.IsFinite(metric.Value)))
        {
            yield return "metrics with names and finite values expected, found others";
        }
        else if (manifest.Metrics.FirstOrDefault(metric => !ModelGate.IsInRange(metric)) is { } strange)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"verdicts with counts from 0 on and times in Unix seconds expected, found {strange.Name} = {strange.Value}");
        }
    }

    // A list may hold null too, whatever its type says.
    private static IEnumerable<string> OfEntries(ModelManifest manifest)
    {
        var holdNull = new (string Name, bool Has)[]
        {
            ("pairs", manifest.Pairs.Contains(null!)),
            ("features", manifest.Features.Contains(null!)),
            ("settings", manifest.Settings.Values.Contains(null!)),
            ("coefficients", manifest.Coefficients?.Contains(null!) == true),
        }.Where(list => list.Has).Select(list => list.Name).ToList();
        if (holdNull.Count > 0)
        {
            yield return $"{string.Join(", ", holdNull)} without null expected, found with";
        }
    }

    private static IEnumerable<string> OfFiles(ModelManifest manifest) => manifest.Files
        .Where(file => !IsInside(file.Key) || file.Key is ModelFolder.ManifestFile || file.Value is null || !Sha256.IsMatch(file.Value))
        .Select(file => $"files inside the folder with their SHA-256 expected, found '{file.Key}': '{file.Value}'");

    private static IEnumerable<string> OfMembers(ModelManifest manifest)
    {
        if (manifest.Members is not { Count: > 0 } members)
        {
            yield break;
        }

        var sum = members.Sum(member => member?.Weight ?? double.NaN);
        if (!(Math.Abs(sum - 1) <= WeightTolerance) || members.Any(member => !IsSafe(member.Id)) || members.DistinctBy(member => member.Id).Count() != members.Count)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"members with ids of their own and weights that sum to 1 expected, found {members.Count} that sum to {sum}");
        }
    }

    private static bool IsInside(string name) => FileName.IsMatch(name) && !name.Split('/').Any(part => part is "" or "." or "..");

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex Id { get; }

    [GeneratedRegex(@"^[A-Za-z0-9._/-]{1,200}\z")]
    private static partial Regex FileName { get; }

    [GeneratedRegex(@"^[0-9A-Fa-f]{64}\z")]
    private static partial Regex Sha256 { get; }
}
