using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Cambist.App.Edge.Limits;

/// <summary>Whose requests are counted together: a user, or the network that an address belongs to.</summary>
/// <param name="User">The user's id; null where it is not known.</param>
/// <param name="Network">An IPv4 address as such, or the first 64 bits of an IPv6 address: whoever has one IPv6 address has all of its /64 (RFC 6177).</param>
/// <param name="IsV6">Which of the two.</param>
internal readonly record struct LimitedClient(string? User, ulong Network, bool IsV6)
{
    public static LimitedClient OfUser(string id) => new(id, 0, false);

    public static LimitedClient OfAddress(IPAddress? address)
    {
        if (address is null)
        {
            return default; // A Unix socket has none: whoever comes through it is one client.
        }

        Span<byte> bytes = stackalloc byte[16];
        var known = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        known.TryWriteBytes(bytes, out _);
        return known.AddressFamily == AddressFamily.InterNetworkV6
            ? new LimitedClient(null, BinaryPrimitives.ReadUInt64BigEndian(bytes), IsV6: true)
            : new LimitedClient(null, BinaryPrimitives.ReadUInt32BigEndian(bytes), IsV6: false);
    }

    // With the seed of the process: addresses that all fall into one place cannot be chosen from outside.
    public override int GetHashCode() => HashCode.Combine(User, Network, IsV6);

    /// <summary>As a part of a key.</summary>
    public override string ToString() => User is not null
        ? "u:" + User
        : string.Create(CultureInfo.InvariantCulture, $"{(IsV6 ? "6" : "4")}:{Network:x}");
}
