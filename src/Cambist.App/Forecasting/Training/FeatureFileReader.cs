using System.Runtime.InteropServices;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting.Models;
using Cambist.Trainer;

namespace Cambist.App.Forecasting.Training;

/// <summary>Reads a feature file that this program wrote back into memory.</summary>
internal static class FeatureFileReader
{
    /// <summary>The examples of a file.</summary>
    /// <exception cref="FormatException">It is not a feature file, is cut short, or is of other features.</exception>
    public static TrainingRows Read(string path, IReadOnlyList<string> names)
    {
        using var file = File.OpenRead(path);
        var header = FeatureFileHeader.Read(file);
        var fingerprint = FeatureFileHeader.Fingerprint(names);
        if (header.FeatureCount != names.Count || header.NamesFingerprint != fingerprint)
        {
            throw new FormatException(
                $"{path} has {names.Count} features of fingerprint {fingerprint[..12]}, found {header.FeatureCount} features of fingerprint {header.NamesFingerprint[..12]}.");
        }

        file.Seek(header.FeaturesStart, SeekOrigin.Begin);
        var features = new float[header.Rows * names.Count];
        var targets = new float[header.Rows * ReturnTargets.Horizons];
        file.ReadExactly(MemoryMarshal.AsBytes(features.AsSpan()));
        file.ReadExactly(MemoryMarshal.AsBytes(targets.AsSpan()));
        return new TrainingRows(new FeatureTable(names, features), targets);
    }
}
