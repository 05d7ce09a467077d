using System.Runtime.InteropServices;

namespace Cambist.App.Forecasting.Serving;

/// <summary>
/// Gives memory back after a burst of work that will not come again for long: a year of a pair's errors is measured with tens of megabytes of the collector's and of the models' own,
/// which both would keep for the next time.
/// </summary>
internal static class SpareMemory
{
    /// <summary>Gives back what is not in use. All threads wait for some tens of milliseconds.</summary>
    public static void Release()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (OperatingSystem.IsLinux())
        {
            try
            {
                _ = Trim(0);
            }
            catch (Exception absent) when (absent is EntryPointNotFoundException or DllNotFoundException)
            {
                // Not every C library of Linux has it.
            }
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Trim(nuint pad);
}
