using System.Net;
using System.Net.Sockets;

namespace Cambist;

/// <summary>Looks at the addresses of <c>--urls</c> before anything is started, so that a taken port costs a sentence and not a trace.</summary>
internal static class ListenAddress
{
    /// <summary>What is wrong with the addresses; null where they can be listened on.</summary>
    /// <param name="urls">Addresses separated by semicolons.</param>
    public static string? Fault(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            BindingAddress address;
            try
            {
                address = BindingAddress.Parse(url);
            }
            catch (FormatException)
            {
                return $"an address to listen on was expected, such as {CambistHost.DefaultUrls}, found '{url}'.";
            }

            if (address.Port != 0 && !address.IsUnixPipe && !address.IsNamedPipe && IsTaken(address))
            {
                return $"something listens on {url} already; stop it, or choose another port.";
            }
        }

        return null;
    }

    private static bool IsTaken(BindingAddress address)
    {
        var host = address.Host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(address.Host.Trim('[', ']'), out var named) ? named : IPAddress.Any;
        using var listener = new TcpListener(host, address.Port);
        try
        {
            listener.Start();
            return false;
        }
        catch (SocketException fault)
        {
            return fault.SocketErrorCode == SocketError.AddressAlreadyInUse;
        }
    }
}

/// <summary>The service cannot listen where it was told to.</summary>
public sealed class CannotListenException(string message) : IOException(message);
