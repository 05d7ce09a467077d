using BenchmarkDotNet.Attributes;
using Cambist.App.Rates.Ticks;
using Cambist.App.Rates;

namespace Cambist.Benchmarks;

/// <summary>Appending a large batch of ticks: prepared statements on SQLite, COPY on PostgreSQL where <c>CAMBIST_TEST_POSTGRES</c> says where one is.</summary>
[MemoryDiagnoser]
public class TickStoreBenchmark : IDisposable
{
    private const int Rows = 100_000;

    private BenchmarkDatabase database = null!;
    private TickStore ticks = null!;
    private IReadOnlyList<Tick> batch = [];
    private int batches;

    /// <summary>The engines to measure.</summary>
    public static IEnumerable<string> Engines => BenchmarkDatabase.Engines;

    /// <summary>The engine.</summary>
    [ParamsSource(nameof(Engines))]
    public string Engine { get; set; } = "";

    /// <summary>An empty database.</summary>
    [GlobalSetup]
    public void Setup()
    {
        database = BenchmarkDatabase.Create(Engine);
        ticks = new TickStore(database.Store);
    }

    /// <summary>Ticks that follow those of the batch before.</summary>
    [IterationSetup]
    public void NextBatch() => batch = SimulatedTicks.Batch(batches++ * Rows, Rows);

    /// <summary>100,000 ticks of twenty pairs in one transaction.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public void Append() => ticks.Append(batch, []);

    /// <summary>Drops the database.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        database.Dispose();
        GC.SuppressFinalize(this);
    }
}
