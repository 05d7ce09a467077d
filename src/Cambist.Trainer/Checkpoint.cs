using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Cambist.Trainer;

/// <summary>The file from which an interrupted run goes on.</summary>
internal sealed class Checkpoint(string path, byte[] jobFingerprint)
{
    private static ReadOnlySpan<byte> Magic => "CAMBCHK2"u8;

    /// <summary>The checkpoint of the run that makes a model's folder lies beside it.</summary>
    public static string PathOf(string folder) => folder + ".checkpoint";

    /// <summary>What the job and all of its data have in common with no other.</summary>
    public static byte[] Fingerprint(TrainingJob job, IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Where the files lie and when the run is said to have been do not change what is learned.
        var settings = job with { Pairs = [.. job.Pairs.Select(pair => pair with { Path = "" })], CreatedAt = null };
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(settings, JobJson.Default.TrainingJob));
        foreach (var file in files)
        {
            using var stream = File.OpenRead(file);
            hash.AppendData(SHA256.HashData(stream));
        }

        return hash.GetHashAndReset();
    }

    /// <summary>Replaces the file; a reader sees the old state or the new one.</summary>
    public void Save(FitState state)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(Magic);
        writer.Write(jobFingerprint);
        writer.Write(state.Epoch);
        writer.Write(state.Steps);
        writer.Write(state.BestEpoch);
        writer.Write(state.EpochsWithoutGain);
        foreach (var values in (float[][])[state.Weights, state.First, state.Second, state.Average, state.Best])
            WriteFloats(writer, values);
        writer.Write(state.BestJudgement is not null);
        if (state.BestJudgement is { } judged)
        {
            writer.Write(judged.Loss);
            WriteDoubles(writer, judged.Horizons);
            WriteDoubles(writer, judged.Baseline);
        }

        writer.Flush();
        writer.Write(SHA256.HashData(memory.ToArray()));
        Storage.Replace(path, memory.ToArray());
    }

    /// <summary>The state that was saved.</summary>
    /// <returns>Null where there is none, or why it cannot be used.</returns>
    /// <exception cref="JobException">It is there and cannot be read: to start anew would throw away what may be hours of work.</exception>
    public (FitState? State, string? Reason) Load()
    {
        if (!File.Exists(path))
            return (null, null);

        var bytes = Read();
        if (bytes.Length < Magic.Length + 64 || !SHA256.HashData(bytes.AsSpan(..^32)).AsSpan().SequenceEqual(bytes.AsSpan(^32..)))
            return (null, $"{path} is damaged");

        using var reader = new BinaryReader(new MemoryStream(bytes));
        if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
            return (null, $"{path} is of another version");
        if (!reader.ReadBytes(32).AsSpan().SequenceEqual(jobFingerprint))
            return (null, $"{path} is of another job or other data");

        var state = new FitState
        {
            Epoch = reader.ReadInt32(),
            Steps = reader.ReadInt32(),
            BestEpoch = reader.ReadInt32(),
            EpochsWithoutGain = reader.ReadInt32(),
            Weights = ReadFloats(reader),
            First = ReadFloats(reader),
            Second = ReadFloats(reader),
            Average = ReadFloats(reader),
            Best = ReadFloats(reader),
        };
        if (reader.ReadBoolean())
            state.BestJudgement = new Judgement(reader.ReadDouble(), ReadDoubles(reader), ReadDoubles(reader));
        return (state, null);
    }

    /// <summary>Removes a file of which the model is there. Nothing is lost where it cannot be removed, so that is only told.</summary>
    public static void Remove(string path, TextWriter log)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log.WriteLine($"{path} is of no use any more, but could not be removed ({error.Message}).");
        }
    }

    private byte[] Read()
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new JobException($"{path}, from which the run goes on, can be read; it could not be ({error.Message}). Remove it to start anew.");
        }
    }

    private static void WriteFloats(BinaryWriter writer, float[] values)
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes<float>(values));
    }

    private static float[] ReadFloats(BinaryReader reader)
    {
        var values = new float[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private static void WriteDoubles(BinaryWriter writer, double[] values)
    {
        writer.Write(values.Length);
        Array.ForEach(values, writer.Write);
    }

    private static double[] ReadDoubles(BinaryReader reader)
    {
        var values = new double[reader.ReadInt32()];
        for (var i = 0; i < values.Length; i++)
            values[i] = reader.ReadDouble();
        return values;
    }
}
