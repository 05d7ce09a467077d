using System.CommandLine;
using System.Globalization;
using Cambist.App.Privacy;
using Cambist.App.Storage;

namespace Cambist.Commands;

/// <summary>Looks at the key ring: whether it can be read, is whole, and is not too old. Nothing is made or changed.</summary>
internal static class KeyChecks
{
    private const string Name = "keys";
    private static readonly TimeSpan Old = TimeSpan.FromDays(365);

    public static IEnumerable<DoctorCheck> Look(ParseResult parsed)
    {
        EncryptionOptions options;
        try
        {
            options = EncryptionOptions.Read(ProgramSettings.Read());
        }
        catch (WrongSettingException fault)
        {
            return [DoctorCheck.Failed("configuration", fault.Message, $"Correct or remove {fault.Key}; in the environment it is {SettingChecks.InEnvironment(fault.Key)}.")];
        }

        var found = Ring(options.Open(parsed.DataFolder()));
        return options switch
        {
            { Named.Count: > 1 } => [found, DoctorCheck.Warning(Name, $"{string.Join(" and ", options.Named)} are both set; {options.Named[0]} counts", $"Remove {string.Join(" and ", options.Named.Skip(1))}.")],
            { SendsKeysInTheClear: true } => [found, DoctorCheck.Warning(Name, "Vault is asked over http: whoever listens on the way sees the token and the keys", "Give an address of https in Encryption:Vault:Address.")],
            _ => [found],
        };
    }

    private static DoctorCheck Ring(IKeyRingPlace place)
    {
        try
        {
            if (place.Read() is not { } ring)
            {
                return place.BeginsItself
                    ? DoctorCheck.Ok(Name, $"there is no key ring yet; it is made at {place.Name} at first use")
                    : DoctorCheck.Failed(Name, $"there is no key ring at {place.Name}", "Bring it back from a backup; for a first one: 'cambist keys rotate'.");
            }

            var now = TimeProvider.System.GetUtcNow();
            var detail = string.Create(CultureInfo.InvariantCulture, $"{ring.Keys.Count(key => key.Kind == KeyKind.Data)} data keys, the newest of {ring.NewestData.CreatedAt.UtcDateTime:yyyy-MM-dd}; {ring.VerifyingAt(now).Count} signing keys; at {place.Name}");
            return ring.SigningAt(now) is null ? DoctorCheck.Warning(Name, $"no key signs access tokens; {detail}", "'cambist keys rotate --kind signing' makes one.")
                : now - ring.NewestData.CreatedAt > Old ? DoctorCheck.Warning(Name, $"the data key is older than a year; {detail}", "'cambist keys rotate' makes a new one.")
                : DoctorCheck.Ok(Name, detail);
        }
        catch (KeyRingFaultException fault)
        {
            return DoctorCheck.Failed(Name, fault.Message, "docs/privacy.md says what each fault means and how to mend it.");
        }
        finally
        {
            (place as IDisposable)?.Dispose();
        }
    }
}
