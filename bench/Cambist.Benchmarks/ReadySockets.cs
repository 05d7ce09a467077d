using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Cambist.Benchmarks;

/// <summary>
/// Reads many sockets by one thread and Linux's epoll(7), for a tenth of what a task for each would cost: the clients of a measurement share the processor with the service that is measured.
/// </summary>
internal sealed class ReadySockets(IReadOnlyList<Socket> sockets)
{
    private const int Add = 1;
    private const uint Readable = 1;
    private const int MostEvents = 512;

    /// <summary>Gives each piece that comes to the reader, until a socket is closed.</summary>
    public void Read(Action<ReadOnlySpan<byte>> reader)
    {
        var queue = epoll_create1(0);
        for (var number = 0; number < sockets.Count; number++)
        {
            var wanted = new Event { Events = Readable, Number = (ulong)number };
            if (epoll_ctl(queue, Add, (int)sockets[number].Handle, ref wanted) != 0)
            {
                throw new InvalidOperationException($"epoll_ctl failed with {Marshal.GetLastPInvokeError()}.");
            }
        }

        var (ready, buffer) = (new Event[MostEvents], new byte[4096]);
        while (true)
        {
            var count = epoll_wait(queue, ready, MostEvents, -1);
            for (var place = 0; place < count; place++)
            {
                var length = sockets[(int)ready[place].Number].Receive(buffer);
                if (length == 0)
                {
                    return;
                }

                reader(buffer.AsSpan(0, length));
            }
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_create1(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_ctl(int queue, int operation, int socket, ref Event wanted);

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_wait(int queue, [Out] Event[] ready, int most, int milliseconds);

    // As the kernel packs it on x86-64.
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct Event
    {
        public uint Events;
        public ulong Number;
    }
}
