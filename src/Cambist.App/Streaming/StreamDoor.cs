using System.Net;
using System.Net.Sockets;

namespace Cambist.App.Streaming;

/// <summary>Counts the clients, all, of each address and of each account, and lets no more in than allowed.</summary>
internal sealed class StreamDoor(StreamOptions options)
{
    private const int NetworkBytes = 8;
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _ofAddress = [];
    private readonly Dictionary<string, int> _ofAccount = new(StringComparer.Ordinal);
    private int _inside;

    /// <summary>Lets a client in; false where there are as many as are allowed.</summary>
    /// <param name="address">Where it comes from; null where that is not counted.</param>
    public bool TryEnter(IPAddress? address)
    {
        lock (_gate)
        {
            if (_inside >= options.MostClients || (address is not null && !TryCount(_ofAddress, Household(address), options.MostClientsPerAddress)))
            {
                return false;
            }

            _inside++;
            return true;
        }
    }

    /// <summary>Lets it out.</summary>
    public void Leave(IPAddress? address)
    {
        lock (_gate)
        {
            _inside--;
            if (address is not null)
            {
                Uncount(_ofAddress, Household(address));
            }
        }
    }

    /// <summary>Counts one more client that has shown to be an account; false where it has as many as are allowed.</summary>
    public bool TryEnter(string account)
    {
        lock (_gate)
        {
            return TryCount(_ofAccount, account, options.MostClientsPerAccount);
        }
    }

    /// <summary>One of an account goes.</summary>
    public void Leave(string account)
    {
        lock (_gate)
        {
            Uncount(_ofAccount, account);
        }
    }

    private static bool TryCount<TOf>(Dictionary<TOf, int> counts, TOf of, int most)
        where TOf : notnull
    {
        var already = counts.GetValueOrDefault(of);
        if (already >= most)
        {
            return false;
        }

        counts[of] = already + 1;
        return true;
    }

    private static void Uncount<TOf>(Dictionary<TOf, int> counts, TOf of)
        where TOf : notnull
    {
        if (--counts[of] == 0)
        {
            counts.Remove(of);
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
