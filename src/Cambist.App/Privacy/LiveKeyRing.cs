using Microsoft.Extensions.Logging;

namespace Cambist.App.Privacy;

/// <summary>
/// The ring that a process works with. It is read at first use, again every minute, and at once when something is met that a data key unknown here encrypted: another process has
/// rotated. What cannot be read again leaves the ring as it was.
/// </summary>
public sealed class LiveKeyRing(IKeyRingPlace place, TimeProvider time, ILogger<LiveKeyRing> log)
{
    /// <summary>How often it is read again. A new signing key is published for longer than this before it signs, so no unknown id of a token has to be looked for.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Rows of a lost key must not ask Vault once each.
    private static readonly TimeSpan VainFor = TimeSpan.FromSeconds(5);
    private const int MostVain = 256;

    private readonly Lock _reading = new();
    private readonly Dictionary<string, long> _soughtInVain = new(StringComparer.Ordinal);
    private volatile KeyRing? _ring;

    /// <summary>The ring.</summary>
    /// <exception cref="KeyRingFaultException">It was never read, and cannot be.</exception>
    public KeyRing Current
    {
        get
        {
            if (_ring is { } known)
            {
                return known;
            }

            lock (_reading)
            {
                return _ring ??= place.Read() ?? Begin();
            }
        }
    }

    /// <summary>A key that something was encrypted with. One that is not known here is looked for in the ring's place; null where it is not there either.</summary>
    /// <exception cref="KeyRingFaultException">The ring was never read, and cannot be.</exception>
    public RingKey? Find(string id)
    {
        if (Current.Find(id) is { } key)
        {
            return key;
        }

        lock (_reading)
        {
            if (Current.Find(id) is not { } found)
            {
                if (_soughtInVain.TryGetValue(id, out var at) && time.GetElapsedTime(at) < VainFor)
                {
                    return null;
                }

                ReadAgain();
                found = Current.Find(id);
            }

            if (found is null)
            {
                if (_soughtInVain.Count >= MostVain)
                {
                    _soughtInVain.Clear();
                }

                _soughtInVain[id] = time.GetTimestamp();
            }

            return found;
        }
    }

    /// <summary>Reads it again where it was read before.</summary>
    internal void Refresh()
    {
        lock (_reading)
        {
            if (_ring is not null)
            {
                ReadAgain();
            }
        }
    }

    private void ReadAgain()
    {
        try
        {
            var ring = place.Read() ?? throw Missing();
            _ring = ring.Lookup.Secret.SequenceEqual(Current.Lookup.Secret)
                ? ring
                : throw new KeyRingFaultException(KeyRingFault.LookupKeyChanged, "The key ring has another lookup key than before, with which nobody would be found.");
        }
        catch (KeyRingFaultException fault)
        {
            log.LogError("The key ring cannot be read again and stays as it was: {Fault}", fault.Message);
        }
    }

    private KeyRing Begin() => place.BeginsItself ? place.Change(ring => ring ?? NewKeys.Ring(time.GetUtcNow())) : throw Missing();

    private KeyRingFaultException Missing() =>
        new(KeyRingFault.Missing, $"There is no key ring: {place.Name} was expected. Bring it back; for a first one, 'cambist keys rotate' makes it there.");
}
