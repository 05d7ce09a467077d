using System.Net;
using System.Net.Sockets;

namespace Cambist.App.Streaming;

/// <summary>Counts the clients, all and of each address, and lets no more in than allowed.</summary>
internal sealed class StreamDoor(StreamOptions options)
{
    private const int NetworkBytes = 8;
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _ofAddress = [];
    private int _inside;

    /// <summary>Lets a client in; false where there are as many as are allowed.</summary>
    public bool TryEnter(IPAddress address)
    {
        var of = Household(address);
        lock (_gate)
        {
            var already = _ofAddress.GetValueOrDefault(of);
            if (_inside >= options.MostClients || already >= options.MostClientsPerAddress)
            {
                return false;
            }

            _inside++;
            _ofAddress[of] = already + 1;
            return true;
        }
    }

    /// <summary>Lets it out.</summary>
    public void Leave(IPAddress address)
    {
        var of = Household(address);
        lock (_gate)
        {
            _inside--;
            if (--_ofAddress[of] == 0)
            {
                _ofAddress.Remove(of);
            }
        }
    }

    private static IPAddress Household(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }
}
