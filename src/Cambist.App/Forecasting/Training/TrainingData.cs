using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Cambist.App.Rates.History;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Forecasting.Models;
using Cambist.Trainer;

namespace Cambist.App.Forecasting.Training;

/// <summary>
/// The examples of a training, as files: for each pair the features of its hours and what came of them. One pair at a time is in memory, the major pairs' volatility apart, which
/// the features of all read.
/// </summary>
internal sealed class TrainingData(RateHistory history, string folder, TrainingSpan span)
{
    // The level settles for half a year before anything is learned from it.
    private const int SettlingHours = 26 * 120;

    private readonly Dictionary<CurrencyPair, VarianceTrack> _majors = [];
    private MarketPulse _pulse = MarketPulse.None;

    /// <summary>SHA-256 over the bars of all pairs and of the majors, which the features of each read too; in hexadecimal.</summary>
    public string Fingerprint { get; private set; } = "";

    /// <summary>The pairs and their files.</summary>
    public IReadOnlyList<(CurrencyPair Pair, string Path)> Files { get; private set; } = [];

    /// <summary>Weeks of hourly history, about, that a number of pairs need each: two until the level is there, the half year in which it settles, and the examples of the regression.</summary>
    /// <param name="pairs">How many pairs.</param>
    /// <param name="every">Every how many hours one is an example.</param>
    public static int WeeksNeeded(int pairs, int every) =>
        (int)Math.Ceiling((2.0 * FxWeek.Hours + SettlingHours + (double)HarFit.LeastRows * every / pairs) / FxWeek.Hours);

    /// <summary>Writes the files. A pair with too little history is left out.</summary>
    /// <exception cref="TrainingFailedException">Every pair was.</exception>
    public void Write(IReadOnlyList<CurrencyPair> pairs, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        ReadMajors();
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = new List<(CurrencyPair, string)>();
        foreach (var pair in pairs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(new TrainingProgress($"features of {pair}", 0.1 * files.Count / pairs.Count));
            if (Write(pair, sum) is { } path)
            {
                files.Add((pair, path));
            }
        }

        Files = files.Count > 0 ? files : throw new TrainingFailedException("history_too_short", $"None of {string.Join(", ", pairs)} has history enough to learn from.");
        foreach (var major in MarketPulse.Majors.Where(_majors.ContainsKey))
        {
            Append(sum, _majors[major]);
        }

        Fingerprint = Convert.ToHexStringLower(sum.GetHashAndReset());
    }

    /// <summary>The examples whose outcome was known by the end of the span, a pair at a time.</summary>
    public IEnumerable<TrainingRows> Rows() => Files.Select(file => FeatureFileReader.Read(file.Path, FeatureSet.Names));

    private void ReadMajors()
    {
        foreach (var pair in MarketPulse.Majors)
        {
            if (Track(pair) is { } track)
            {
                _majors[pair] = track;
            }
        }

        if (_majors.Count > 0)
        {
            _pulse = MarketPulse.Of([.. _majors.Values], _majors.Values.Min(track => track.Path.Start), _majors.Values.Max(track => track.Path.Start + track.Path.Rows));
        }
    }

    private VarianceTrack? Track(CurrencyPair pair) =>
        history.Closes(pair, span.From, span.Until) is { Count: > 0 } bars ? VarianceTrack.Of(HourlyPath.Of(bars, span.Until), AnnouncementEffects.For(pair)) : null;

    private string? Write(CurrencyPair pair, IncrementalHash sum)
    {
        if ((_majors.GetValueOrDefault(pair) ?? Track(pair)) is not { } track || track.FirstReady + SettlingHours >= track.Path.Rows)
        {
            return null;
        }

        var from = track.FirstReady + SettlingHours;
        var features = FeatureSet.Build(track, _pulse, from, track.Path.Rows);
        var targets = ReturnTargets.Of(track, from, track.Path.Rows);
        var path = Path.Combine(folder, $"{pair.Symbol}.features");
        using var file = new FeatureFileWriter(path, FeatureSet.Names, features.Rows);
        file.Write([.. Enumerable.Range(track.Path.Start + from, features.Rows).Select(hour => (long)hour)], features.Values(0, features.Rows), targets);
        Append(sum, track);
        return path;
    }

    private static void Append(IncrementalHash sum, VarianceTrack track)
    {
        sum.AppendData(System.Text.Encoding.UTF8.GetBytes(track.Path.Pair.Symbol));
        sum.AppendData(MemoryMarshal.AsBytes(track.Path.LogCloses));
        sum.AppendData(MemoryMarshal.AsBytes(track.Path.LogRanges));
    }
}
