using System.Diagnostics;
using System.Globalization;
using Cambist.App.Analytics.Outcomes;
using Cambist.App.Storage;
using Cambist.Domain.Evaluation.Advice;

namespace Cambist.Benchmarks;

/// <summary>How long it takes to tell the record of live advice, of every question that can be told apart.</summary>
internal static class RecordTimes
{
    private static readonly DateTimeOffset From = new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Pairs = ["EURUSD", "USDEUR", "GBPUSD", "USDGBP", "USDJPY", "USDINR", "USDMXN", "EURGBP", "AUDUSD", "USDCAD", "EURCHF", "USDPHP"];
    private static readonly double[] Amounts = [500, 5_000, 50_000, 500_000];
    private static readonly double[] Days = [1, 5, 20, 90];
    private static readonly string[] Risks = ["moderate", "conservative", "aggressive"];

    public static void Run(int count)
    {
        using var database = SqliteStore.OpenThrowAway();
        var store = new OutcomeStore(database);
        Fill(store, count);
        var record = new LiveAdviceRecord(store);
        for (var turn = 0; turn < 3; turn++)
        {
            var (start, allocated) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes());
            var told = record.Of(From, From.AddYears(2))!;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{count:#,0} outcomes in {told.Rows.Count:#,0} rows and {told.Months.Count:#,0} months: {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s, {(GC.GetTotalAllocatedBytes() - allocated) / 1e6:#,0} MB"));
        }
    }

    private static void Fill(OutcomeStore store, int count)
    {
        var random = new Random(7);
        var rows = Enumerable.Range(0, count).Select(number => new OutcomeRow(
            number + 1,
            From + TimeSpan.FromDays(730) * ((double)number / count),
            Pairs[random.Next(Pairs.Length)],
            Amounts[random.Next(Amounts.Length)],
            Days[random.Next(Days.Length)],
            Risks[random.Next(Risks.Length)],
            Waits: random.Next(20) == 0,
            "matrix.small_savings",
            0.5,
            From,
            WhatCame.Nothing)).ToList();
        store.Add(rows);
        store.Keep([.. rows.Select(row => (row, Came(random), (DateTimeOffset?)null))]);
    }

    private static WhatCame Came(Random random) => new(random.Next(2) == 0, 10 + random.NextDouble(), [.. AdviceStrategies.All.Select(_ => (AdviceGain?)new AdviceGain(random.NextDouble() - 0.5, random.NextDouble() - 0.5))]);
}
