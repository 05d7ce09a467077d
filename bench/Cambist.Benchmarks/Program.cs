using BenchmarkDotNet.Running;
using Cambist.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(ImportBenchmark).Assembly).Run(args);
