using Xunit;

// The number of threads and the random stream of libtorch are the process's.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Cambist.Trainer.Tests;

internal static class Torch
{
    private static readonly Lazy<string?> Reason = new(() =>
    {
        Libtorch.LetThreadsSleep();
        var reason = Libtorch.WhyItDoesNotLoad(AppContext.BaseDirectory);
        if (reason is null)
            TorchSharp.torch.set_num_threads(1);
        return reason;
    });

    /// <summary>Skips a test where the library that it needs is not to be had.</summary>
    public static void Require() => Assert.SkipUnless(Reason.Value is null, Reason.Value ?? "");
}
