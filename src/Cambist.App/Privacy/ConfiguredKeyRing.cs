using System.Text;

namespace Cambist.App.Privacy;

/// <summary>A ring that is the text of a setting: an environment variable, in most cases. The program cannot change it.</summary>
internal sealed class ConfiguredKeyRing(string text) : IKeyRingPlace
{
    public string Name => EncryptionOptions.KeysKey;

    public bool BeginsItself => false;

    public KeyRing Read() => KeyRingJson.Read(Encoding.UTF8.GetBytes(text));

    public KeyRing Change(Func<KeyRing?, KeyRing> change)
    {
        var ring = Read();
        return ReferenceEquals(change(ring), ring) ? ring : throw new KeyRingFaultException(
            KeyRingFault.ReadOnly,
            $"The key ring is the text of {EncryptionOptions.KeysKey}, which the program cannot change. Write it to a file with the mode 600 and name that in {EncryptionOptions.KeyFileKey} instead, or keep it in Vault.");
    }
}
