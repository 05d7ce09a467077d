namespace Cambist.App.Privacy;

/// <summary>Brings new keys into a ring. What was encrypted under an old data key stays readable; the lookup key is never touched.</summary>
public static class KeyRotation
{
    /// <summary>How long a new signing key is published before it signs: long enough for every node to read the ring again.</summary>
    public static readonly TimeSpan Published = TimeSpan.FromMinutes(10);

    /// <summary>How long an old signing key vouches for what it signed: longer than an access token lives.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    /// <summary>Brings a new data key into the ring; where there is no ring, a first one is made.</summary>
    /// <returns>The ring that is there now, and the id of the key that encrypts.</returns>
    /// <exception cref="KeyRingFaultException">The ring cannot be changed.</exception>
    public static (KeyRing Ring, string Id) RotateData(IKeyRingPlace place, DateTimeOffset now)
    {
        var key = NewKeys.Data(now);
        var ring = place.Change(before => before switch
        {
            null => NewKeys.Ring(now),
            _ when before.Find(key.Id) is not null => before,
            // A clock that was set back must not leave the new key behind the old one.
            _ => KeyRing.Of([.. before.Keys, key.MadeAt(Later(now, before.NewestData.CreatedAt.AddTicks(1)))]),
        });
        return (ring, ring.NewestData.Id);
    }

    /// <summary>
    /// Brings a new signing key into the ring. It is published at once and signs ten minutes later; the keys before it vouch for an hour more. Keys that retired before now are taken out.
    /// </summary>
    /// <param name="place">Where the ring is.</param>
    /// <param name="algorithm">ES256 or HS256.</param>
    /// <param name="revokes">Whether the old keys end now, as when one of them became known: the new one signs at once, and every token there is ends.</param>
    /// <param name="now">The instant.</param>
    /// <returns>The ring that is there now, and the id of the new key.</returns>
    /// <exception cref="KeyRingFaultException">The ring cannot be changed.</exception>
    public static (KeyRing Ring, string Id) RotateSigning(IKeyRingPlace place, string algorithm, bool revokes, DateTimeOffset now)
    {
        var first = NewKeys.Ring(now);
        var key = NewKeys.Signing(algorithm, now, now);
        var ring = place.Change(before => before switch
        {
            null => KeyRing.Of([.. first.Keys.Where(made => made.Kind != KeyKind.Signing), key]),
            _ when before.Find(key.Id) is not null => before,
            _ => Rotated(before, key, revokes, now),
        });
        return (ring, key.Id);
    }

    private static KeyRing Rotated(KeyRing before, RingKey key, bool revokes, DateTimeOffset now)
    {
        // Where none signs nobody waits.
        var begins = revokes || before.SigningAt(now) is null ? now : now + Published;
        var ends = revokes ? now : begins + Overlap;
        var kept = before.Keys.Where(old => !(old.RetireAt <= now)).Select(old => old.Kind == KeyKind.Signing ? Ended(old, ends, revokes) : old).OfType<RingKey>();
        return KeyRing.Of([.. kept, key.BeginsAt(begins)]);
    }

    // An end that is nearer stays. A key that never signed is not needed where it would retire before it begins.
    private static RingKey? Ended(RingKey old, DateTimeOffset ends, bool revokes) =>
        revokes || ends < old.NotBefore ? null : old.RetireAt < ends ? old : old.RetiredAt(ends);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
