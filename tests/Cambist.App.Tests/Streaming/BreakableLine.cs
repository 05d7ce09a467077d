using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Cambist.App.Tests.Streaming;

/// <summary>A line to a server that a test cuts and mends.</summary>
internal sealed class BreakableLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();
    private readonly CancellationTokenSource _end = new();
    private readonly string _host;
    private readonly int _port;
    private readonly Task _accepting;
    private volatile bool _isCut;

    private BreakableLine(string host, int port)
    {
        (_host, _port) = (host, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it begins.</summary>
    public string Where => _listener.LocalEndpoint.ToString()!;

    /// <summary>A line to <c>host:port</c>.</summary>
    public static BreakableLine To(string where) => new(where.Split(':')[0], int.Parse(where.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));

    public void Cut()
    {
        _isCut = true;
        foreach (var (client, _) in _open)
        {
            client.Dispose();
        }
    }

    public void Mend() => _isCut = false;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Cut();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var carried = new List<Task>();
        while (!_end.IsCancellationRequested)
        {
            carried.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        using var far = new TcpClient();
        using (near)
        {
            (_open[near], _open[far]) = (true, true);
            if (_isCut)
            {
                return;
            }

            await far.ConnectAsync(_host, _port, _end.Token);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream(), _end.Token), far.GetStream().CopyToAsync(near.GetStream(), _end.Token));
        }
    }
}
