using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Cambist.App.Streaming;

/// <summary>What can be measured of live streams: how many clients there are, and how long what changed took to be sent to each of them.</summary>
internal sealed class StreamMeter
{
    /// <summary>The name under which it is listened to.</summary>
    public const string Name = "Streaming";

    // Seconds, from a tenth of a millisecond to the ten seconds after which a reader is told to go.
    private static readonly double[] Steps = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly UpDownCounter<long> _clients;
    private readonly Histogram<double> _lag;

    public StreamMeter(Meter meter)
    {
        _clients = meter.CreateUpDownCounter<long>("cambist_websocket_clients", "{client}", "Clients of live streams that are connected.");
        _lag = meter.CreateHistogram(
            "cambist_websocket_lag_seconds", "s", "From a change, or a personal message, to when it was sent to a client.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Steps });
    }

    /// <summary>A client has come.</summary>
    public void Came() => _clients.Add(1);

    /// <summary>A client has gone.</summary>
    public void Went() => _clients.Add(-1);

    /// <summary>A message has been sent to a client.</summary>
    public void Sent(StreamFrame message)
    {
        if (message.Numbering == Numbering.Next && _lag.Enabled)
        {
            _lag.Record(Stopwatch.GetElapsedTime(message.MadeAt).TotalSeconds);
        }
    }
}
