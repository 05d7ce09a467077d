using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Cambist.App.Rates;
using Cambist.App.Rates.History;
using Cambist.App.Rates.Sources;
using Cambist.App.Rates.Ticks;
using Cambist.App.Storage;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cambist.Benchmarks;

/// <summary>One core's way from a report to the book: checks, consensus, publication. Twenty pairs, each told by four live sources that differ by basis points.</summary>
[MemoryDiagnoser]
public class IntakeBenchmark : IDisposable
{
    private const int Pairs = 20;
    private const int Sources = 4;
    private const int Rounds = 500;
    private const int Reports = Pairs * Sources * Rounds;

    private readonly ReportedRate[] reports = new ReportedRate[Reports];
    private SqliteStore store = null!;
    private TickRecorder recorder = null!;
    private RateIntake intake = null!;
    private DateTimeOffset time = new(2026, 3, 18, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Runs it for some seconds without the benchmark's own processes, for a quick look.</summary>
    public static void Run()
    {
        using var benchmark = new IntakeBenchmark();
        benchmark.Setup();
        var (best, allocated) = (0.0, 0L);
        for (var turn = 0; turn < 20; turn++)
        {
            benchmark.NextReports();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            benchmark.Take();
            best = Math.Max(best, Reports / Stopwatch.GetElapsedTime(started).TotalSeconds);
            allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / Reports;
        }

        Console.WriteLine($"Observations through checks, consensus and book on one core: {best:N0} a second, {allocated} bytes allocated for each");
    }

    /// <summary>An intake over an empty store.</summary>
    [GlobalSetup]
    public void Setup()
    {
        store = SqliteStore.OpenThrowAway();
        recorder = new TickRecorder(new TickStore(store), TimeProvider.System, NullLogger<TickRecorder>.Instance);
        intake = new RateIntake(
            new RateBook(TimeProvider.System), new RateHistory(new BarStore(store)), recorder, new PanelPairs(RatesOptions.Default), RatesOptions.Default);
    }

    /// <summary>Writes what came before, and makes the reports of the next seconds.</summary>
    [IterationSetup]
    public void NextReports()
    {
        recorder.Flush();
        var pairs = new PanelPairs(RatesOptions.Default).Majors.Concat("USD/SEK USD/NOK USD/DKK USD/PLN USD/CZK USD/HUF".Split(' ').Select(CurrencyPair.Parse)).ToArray();
        var sources = Enumerable.Range(0, Sources)
            .Select(index => new SourceProfile { Id = $"s{index}", Name = "", Kind = RateKind.Live, Cadence = TimeSpan.FromSeconds(1), FreshFor = TimeSpan.FromMinutes(5) })
            .ToArray();
        for (var index = 0; index < Reports; index++)
        {
            var (pair, source) = (pairs[index / Sources % Pairs], sources[index % Sources]);
            time += TimeSpan.FromMicroseconds(10);
            var mid = RateDigits.Exact(Level(pair) * (1m + (index * 37 % 101) * 0.000002m));
            reports[index] = new ReportedRate(source, pair, mid, mid * 1.00005m, true, time, time);
        }
    }

    /// <summary>Forty thousand reports, one after another.</summary>
    [Benchmark(OperationsPerInvoke = Reports)]
    public void Take()
    {
        foreach (var report in reports)
        {
            intake.Take(report);
        }
    }

    /// <summary>Deletes the store.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        store.Dispose();
        GC.SuppressFinalize(this);
    }

    private static decimal Level(CurrencyPair pair) => pair.Symbol switch
    {
        "EURUSD" => 1.0845m, "GBPUSD" => 1.29m, "USDJPY" => 150.1m, "USDCHF" => 0.88m, "AUDUSD" => 0.65m, "USDCAD" => 1.38m, "NZDUSD" => 0.58m, "EURGBP" => 0.84m,
        "EURJPY" => 162.8m, "EURCHF" => 0.955m, "EURAUD" => 1.66m, "EURCAD" => 1.5m, "GBPJPY" => 194.6m, "AUDJPY" => 98m, "USDSEK" => 10.1m, "USDNOK" => 10.6m,
        "USDDKK" => 6.9m, "USDPLN" => 3.9m, "USDCZK" => 23.1m, _ => 360m,
    };
}
