using System.Runtime.InteropServices;

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
    /// <remarks>
    /// Asked before the binding is first used: where it cannot load, it says that a package reference is missing, whatever the reason is, and copies half a gigabyte from the
    /// package folder beside the program to try again. What is loaded here it finds loaded.
    /// </remarks>
    public static string? WhyItDoesNotLoad(string folder)
    {
        try
        {
            foreach (var library in (string[])["torch_cpu", "LibTorchSharp"])
                NativeLibrary.Load(Find(folder, FileName(library)));
            return null;
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException or FileNotFoundException)
        {
            return $"libtorch does not load: {error.Message.Trim()}\n" +
                "What helps: build or publish src/Cambist.Trainer on this kind of system (the libraries are fetched for the system that builds, and the build fits them to an older " +
                "libstdc++), keep its folder runtimes beside the program, and on Linux have libstdc++ and libgomp. Forecasting does without the trainer: trained models are served without libtorch.";
        }
    }

    private static string FileName(string library) =>
        OperatingSystem.IsWindows() ? library + ".dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    private static string Find(string folder, string file)
    {
        var runtimes = Path.Combine(folder, "runtimes");
        return new[] { Path.Combine(folder, file) }
            .Concat(Directory.Exists(runtimes) ? Directory.EnumerateFiles(runtimes, file, SearchOption.AllDirectories).Order() : [])
            .FirstOrDefault(File.Exists) ?? throw new FileNotFoundException($"{file} lies beside the program or below its folder runtimes, was not found in {folder}.");
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
