using BenchmarkDotNet.Running;
using Cambist.Benchmarks;

if (args is ["ten-million-ticks"])
{
    TenMillionTicks.Run();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(ImportBenchmark).Assembly).Run(args);
