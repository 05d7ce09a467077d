using System.Security.Cryptography;
using Cambist.Domain.Forecasting.Models;
using Microsoft.ML.OnnxRuntime;

namespace Cambist.App.Forecasting.Models;

/// <summary>The file of a trained model, read only where it is the one that was trained.</summary>
internal static class OnnxFile
{
    public const string Name = "model.onnx";

    /// <exception cref="CorruptModelException">The file is missing, is not the one that was trained, or is no ONNX model.</exception>
    public static InferenceSession Open(string folder, ModelManifest manifest) => Open(ReadTrained(folder, manifest));

    private static byte[] ReadTrained(string folder, ModelManifest manifest)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(Path.Combine(folder, Name));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CorruptModelException($"{manifest.Id} has a file {Name}, it cannot be read ({fault.GetType().Name}).", fault);
        }

        var found = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var expected = manifest.Files.GetValueOrDefault(Name);
        return found.Equals(expected, StringComparison.OrdinalIgnoreCase)
            ? bytes
            : throw new CorruptModelException($"{manifest.Id}: {Name} has SHA-256 {expected ?? "(not told)"}, found {found}.");
    }

    private static InferenceSession Open(byte[] model)
    {
        // A small model is done sooner than a second thread is awake; many questions at once run on the threads that ask. Spinning threads would heat a server that idles.
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            EnableCpuMemArena = false, // It would keep what the longest question took.
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        try
        {
            return new InferenceSession(model, options);
        }
        catch (OnnxRuntimeException fault)
        {
            throw new CorruptModelException($"{Name} is an ONNX model, found a file that the runtime refuses: {fault.Message}", fault);
        }
    }
}
