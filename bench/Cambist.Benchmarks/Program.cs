using BenchmarkDotNet.Running;
using Cambist.Benchmarks;
using Cambist.TestKit;

if (args is ["feed-latency"])
{
    var measured = await FeedLatency.MeasureAsync(updates: 30_000, perSecond: 1_000, CancellationToken.None);
    Console.WriteLine(
        $"{measured.Updates} updates of a feed in {measured.Seconds:0.0} s, from sent to visible: median {measured.Median.TotalMilliseconds:0.00} ms, " +
        $"p99 {measured.P99.TotalMilliseconds:0.00} ms, longest {measured.Longest.TotalMilliseconds:0.0} ms");
    return;
}

if (args is ["features"])
{
    FeatureBenchmark.Run();
    return;
}

if (args is ["forecast", var model])
{
    ForecastTimes.Run(model);
    return;
}

if (args is ["goals", var goals, .. var engines])
{
    await GoalTimes.RunAsync(int.Parse(goals, System.Globalization.CultureInfo.InvariantCulture), engines is [] ? BenchmarkDatabase.Engines : engines);
    return;
}

if (args is ["intake"])
{
    IntakeBenchmark.Run();
    return;
}

if (args is ["record", .. var outcomes])
{
    RecordTimes.Run(outcomes is [var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 100_000);
    return;
}

if (args is ["ten-million-ticks"])
{
    TenMillionTicks.Run();
    return;
}

if (args is ["onnx-model", .. var folders])
{
    OnnxModelTimes.Run(folders);
    return;
}

if (args is ["websockets", .. var counts])
{
    foreach (var count in counts is [] ? ["1000", "10000"] : counts)
    {
        var clients = int.Parse(count, System.Globalization.CultureInfo.InvariantCulture);
        await WebsocketTimes.RunAsync(clients, updates: 200, perSecond: clients > 2_000 ? 5 : 20);
    }

    return;
}

if (args is ["websocket-listeners", var port, var listeners, var updates])
{
    var culture = System.Globalization.CultureInfo.InvariantCulture;
    WebsocketListeners.Run(int.Parse(port, culture), int.Parse(listeners, culture), int.Parse(updates, culture));
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(ImportBenchmark).Assembly).Run(args);
