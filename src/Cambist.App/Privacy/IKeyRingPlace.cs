namespace Cambist.App.Privacy;

/// <summary>Where a ring is kept. Calls wait for their end: who decrypts a field within a query cannot do otherwise.</summary>
public interface IKeyRingPlace
{
    /// <summary>What the place is, without anything that may be a secret.</summary>
    string Name { get; }

    /// <summary>Whether a first ring is made when there is none. Not where an operator said where it is: there its absence is a mistake, and a new ring would read nothing.</summary>
    bool BeginsItself { get; }

    /// <summary>The ring; null where there is none.</summary>
    /// <exception cref="KeyRingFaultException">There is one, or may be, and it cannot be used.</exception>
    KeyRing? Read();

    /// <summary>Replaces the ring by what a function makes of it, in one step: no change of another process is lost.</summary>
    /// <param name="change">Gives the new ring; the same where nothing is to be done. It may be called again with what another process wrote meanwhile.</param>
    /// <returns>The ring that is there now.</returns>
    /// <exception cref="KeyRingFaultException">It could not be replaced, and then it was not, or its place cannot be used.</exception>
    KeyRing Change(Func<KeyRing?, KeyRing> change);
}
