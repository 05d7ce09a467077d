using BenchmarkDotNet.Attributes;
using Cambist.App.Rates.History;
using Cambist.App.Rates;
using Cambist.App.Storage;

namespace Cambist.Benchmarks;

/// <summary>
/// Import of market history into an empty store, and again into a full one; reading two years of closes. The files are a seeded random walk
/// (SIMULATED, about 200,000 rows), or the recorded ones under <c>CAMBIST_SHARED_DATA</c> where that is set.
/// </summary>
[MemoryDiagnoser]
public class ImportBenchmark : IDisposable
{
    private const int RowsPerPair = 50_000;
    private const int WeeksRead = 104;

    private static readonly string[] SimulatedPairs = ["EURUSD", "GBPUSD", "AUDUSD", "NZDUSD"];

    private readonly SqliteStore filled = SqliteStore.OpenThrowAway();
    private string? simulatedFolder;
    private string folder = "";
    private PairHistory held = null!;

    /// <summary>Writes the files, and fills one store for the benchmarks that need it.</summary>
    [GlobalSetup]
    public void Setup()
    {
        folder = Environment.GetEnvironmentVariable("CAMBIST_SHARED_DATA") is { Length: > 0 } shared ? Path.Combine(shared, "fx", "hourly") : Simulate();
        var result = Import(filled);
        held = new BarStore(filled).Pairs().MaxBy(pair => pair.Bars)!;
        Console.WriteLine($"// {result.Rows.Inserted:N0} rows of {result.Files.Count} files in {folder}");
    }

    /// <summary>All files into an empty store.</summary>
    [Benchmark]
    public int Import()
    {
        using var store = SqliteStore.OpenThrowAway();
        return Import(store).Rows.Inserted;
    }

    /// <summary>All files into a store that has them.</summary>
    [Benchmark]
    public int ImportAgain() => Import(filled).Rows.Unchanged;

    /// <summary>104 weeks of closes of one pair, about 12,500.</summary>
    [Benchmark]
    public int ReadCloses() => new BarStore(filled).ReadCloses(held.Pair, held.LastClose.AddDays(-7 * WeeksRead), held.LastClose).Count;

    /// <summary>Deletes what the benchmark wrote.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        filled.Dispose();
        if (simulatedFolder is not null) Directory.Delete(simulatedFolder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private ImportResult Import(SqliteStore store) => new HistoryImport(new BarStore(store), TimeProvider.System).Run(folder);

    private string Simulate()
    {
        simulatedFolder = Directory.CreateTempSubdirectory("cambist-bench-").FullName;
        for (var index = 0; index < SimulatedPairs.Length; index++)
            RandomWalkFile.Write(Path.Combine(simulatedFolder, SimulatedPairs[index] + ".csv.gz"), RowsPerPair, seed: index);

        return simulatedFolder;
    }
}
