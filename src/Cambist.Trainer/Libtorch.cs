using System.Runtime.InteropServices;
using TorchSharp;

namespace Cambist.Trainer;

/// <summary>The native library that does the arithmetic.</summary>
internal static partial class Libtorch
{
    private const string WaitPolicy = "OMP_WAIT_POLICY";

    /// <summary>Makes waiting threads sleep. By default they spin, and with two threads on two cores that others use too, training takes thirty times as long. Before anything of it is used.</summary>
    public static void LetThreadsSleep()
    {
        // The runtime keeps its own copy of the environment; libgomp reads the process's.
        if (OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable(WaitPolicy) is null)
            _ = SetEnvironment(WaitPolicy, "PASSIVE", 0);
    }

    /// <summary>Null where it loads; else what is missing and what to do.</summary>
    public static string? WhyItDoesNotLoad()
    {
        try
        {
            using var one = torch.ones(1);
            return null;
        }
        catch (Exception error) when (error is TypeInitializationException or DllNotFoundException or NotSupportedException or BadImageFormatException)
        {
            // The library's own text speaks of a missing package reference whatever the reason is; the innermost exception knows more.
            var cause = error;
            while (cause.InnerException is not null)
                cause = cause.InnerException;
            return $"libtorch does not load from {AppContext.BaseDirectory}: {cause.Message}\n" +
                "What helps: build or publish src/Cambist.Trainer on this kind of system (the libraries are fetched for the system that builds, and are made to fit an older " +
                "libstdc++ by the build), keep the folder runtimes beside the program, and on Linux have libstdc++ and libgomp installed. " +
                "Forecasting does not need the trainer: trained models are served without libtorch.";
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
