using System.CommandLine;
using Cambist.App.Privacy;
using Cambist.App.Storage;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary>The JSON document of <c>cambist keys</c>.</summary>
/// <param name="Place">Where the ring is.</param>
/// <param name="Keys">Its keys, without their secrets; none where there is no ring yet.</param>
/// <param name="Made">Id of the key that was just made; null: none was.</param>
internal sealed record KeysReport(string Place, IReadOnlyList<KeyReport> Keys, string? Made = null);

/// <summary>A key without its secret.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind"><c>data</c>, <c>lookup</c> or <c>signing</c>.</param>
/// <param name="Algorithm">Its algorithm, a name of RFC 7518.</param>
/// <param name="State">What it does now: <c>encrypts</c>, <c>decrypts</c>, <c>finds</c>, <c>waits</c>, <c>signs</c>, <c>verifies</c> or <c>retired</c>.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="NotBefore">When it begins to sign.</param>
/// <param name="RetireAt">When it ends to vouch.</param>
internal sealed record KeyReport(string Id, string Kind, string Algorithm, string State, DateTimeOffset CreatedAt, DateTimeOffset? NotBefore, DateTimeOffset? RetireAt);

/// <summary><c>cambist keys</c>: the keys that protect personal data and sign tokens, and new ones in their place. No secret is ever printed.</summary>
internal static class KeysCommand
{
    private const string Data = "data";
    private const string Signing = "signing";
    private static readonly string[] Headings = ["Key", "Kind", "Algorithm", "Now", "Made", "Until"];
    private static readonly Option<string> Kind = new("--kind") { Description = "Which key is made: data (encrypts personal data) or signing (signs access tokens).", DefaultValueFactory = _ => Data };
    private static readonly Option<string> Algorithm = new("--algorithm") { Description = "With --kind signing: ES256, or HS256.", DefaultValueFactory = _ => RingKey.Es256 };
    private static readonly Option<bool> Revoke = new("--revoke") { Description = "With --kind signing: the old keys end at once, and with them every token. For a key that became known." };

    static KeysCommand()
    {
        Kind.AcceptOnlyFromAmong(Data, Signing);
        Algorithm.AcceptOnlyFromAmong(RingKey.Es256, RingKey.Hs256);
    }

    public static Command Create()
    {
        var list = new Command("list", "Every key: what it is for, what it does now, how old it is.");
        list.SetAction((parsed, _) => Task.FromResult(List(parsed)));

        var rotate = new Command("rotate", "Make a new key in the place of the newest; old ones stay for what they encrypted or signed.") { Kind, Algorithm, Revoke };
        rotate.Validators.Add(result =>
        {
            if (result.GetValue(Kind) != Signing && (result.GetValue(Revoke) || result.GetResult(Algorithm) is { Implicit: false }))
            {
                result.AddError("--algorithm and --revoke go with --kind signing: a data key is of one algorithm, and old ones stay for what they encrypted.");
            }
        });
        rotate.SetAction((parsed, _) => Task.FromResult(Rotate(parsed)));
        return new Command("keys", "Keys of personal data and of access tokens: list them, rotate them.") { list, rotate };
    }

    /// <summary>The ring's place by configuration, beside the data that the command line names.</summary>
    public static IKeyRingPlace Place(ParseResult parsed) => EncryptionOptions.Read(ProgramSettings.Read()).Open(parsed.DataFolder());

    /// <summary>What a key does at an instant.</summary>
    public static string StateOf(KeyRing ring, RingKey key, DateTimeOffset now) => key.Kind switch
    {
        KeyKind.Data => key.Id == ring.NewestData.Id ? "encrypts" : "decrypts",
        KeyKind.Lookup => "finds",
        _ when key.RetireAt <= now => "retired",
        _ when key.Id == ring.SigningAt(now)?.Id => "signs",
        _ => (key.NotBefore ?? key.CreatedAt) > now ? "waits" : "verifies",
    };

    private static int List(ParseResult parsed)
    {
        var place = Place(parsed);
        try
        {
            return Write(parsed, place, place.Read(), made: null);
        }
        finally
        {
            (place as IDisposable)?.Dispose();
        }
    }

    private static int Rotate(ParseResult parsed)
    {
        var place = Place(parsed);
        try
        {
            var now = TimeProvider.System.GetUtcNow();
            var (ring, id) = parsed.GetValue(Kind) == Signing
                ? KeyRotation.RotateSigning(place, parsed.GetValue(Algorithm)!, parsed.GetValue(Revoke), now)
                : KeyRotation.RotateData(place, now);
            return Write(parsed, place, ring, id);
        }
        finally
        {
            (place as IDisposable)?.Dispose();
        }
    }

    private static int Write(ParseResult parsed, IKeyRingPlace place, KeyRing? ring, string? made)
    {
        var now = TimeProvider.System.GetUtcNow();
        var report = new KeysReport(
            place.Name,
            [.. ring?.Keys.Select(key => new KeyReport(key.Id, key.Kind.ToString().ToLowerInvariant(), key.Algorithm, StateOf(ring, key, now), key.CreatedAt, key.NotBefore, key.RetireAt)) ?? []],
            made);
        if (parsed.GetValue(CommonOptions.Json))
        {
            Output.WriteJson(report);
            return ExitCode.Done;
        }

        if (ring is null)
        {
            AnsiConsole.WriteLine($"There is no key ring yet at {place.Name}. {(place.BeginsItself ? "It is made at first use." : "'cambist keys rotate' makes the first.")}");
            return ExitCode.Done;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns([.. Headings.Select(heading => new TableColumn(heading) { Padding = new Padding(0, 0), NoWrap = true })]);
        foreach (var key in report.Keys)
        {
            table.AddRow(key.Id, key.Kind, key.Algorithm, key.Id == made ? $"[green]{key.State}[/]" : key.State, ModelsView.Minute(key.CreatedAt), key.RetireAt is { } end ? ModelsView.Minute(end) : "");
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"The ring is {place.Name}.");
        if (made is not null)
        {
            var begins = report.Keys.Single(key => key.Id == made);
            AnsiConsole.WriteLine(begins.State == "waits" ? $"{made} is new and signs from {ModelsView.Minute(begins.NotBefore!.Value)} on." : $"{made} is new. Back the ring up: what it encrypted cannot be read without it.");
        }

        return ExitCode.Done;
    }
}
