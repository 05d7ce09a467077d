using System.Diagnostics;

namespace Cambist.Trainer;

/// <summary>The line to the program that started this one: the system closes it when that program ends, however it ends.</summary>
internal static class StandardInput
{
    /// <summary>Ends this program when standard input does; what is written there is passed over.</summary>
    public static void EndWithIt() => new Thread(Wait) { IsBackground = true, Name = "standard input" }.Start();

    // Killed and not exited: native threads are at work, and nobody is left to be told how it went. Files appear whole or not at all, and the last epoch's checkpoint stays.
    private static void Wait()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> passedOver = stackalloc byte[256];
        while (input.Read(passedOver) > 0)
        {
        }

        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
