using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Cambist.Benchmarks;

/// <summary>When the service, in this process, had sent an update to the last of its clients, as its own histogram tells.</summary>
internal sealed class ServedUpdates : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly int _clients;
    private int _sent;
    private long _lastSentAt;

    public ServedUpdates(int clients)
    {
        _clients = clients;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "cambist_websocket_lag_seconds")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) => Count());
        _listener.Start();
    }

    /// <summary>When the last client's was sent.</summary>
    public long LastSentAt => Volatile.Read(ref _lastSentAt);

    /// <summary>Counts from none on.</summary>
    public void Begin() => Volatile.Write(ref _sent, 0);

    public void Dispose() => _listener.Dispose();

    private void Count()
    {
        if (Interlocked.Increment(ref _sent) == _clients)
        {
            Volatile.Write(ref _lastSentAt, Stopwatch.GetTimestamp());
        }
    }
}
