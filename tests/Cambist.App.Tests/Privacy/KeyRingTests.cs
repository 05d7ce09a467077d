using System.Text.Json.Nodes;
using Cambist.App.Privacy;
using Xunit;

namespace Cambist.App.Tests.Privacy;

public sealed class KeyRingTests
{
    [Fact]
    public void A_ring_that_is_written_and_read_is_the_same()
    {
        var ring = Rings.New();

        var again = Rings.Read(Rings.Text(ring));

        Assert.Equal(
            ring.Keys.Select(key => (key.Id, key.Kind, key.Algorithm, Convert.ToHexString(key.Secret), key.CreatedAt, key.NotBefore, key.RetireAt)),
            again.Keys.Select(key => (key.Id, key.Kind, key.Algorithm, Convert.ToHexString(key.Secret), key.CreatedAt, key.NotBefore, key.RetireAt)));
        Assert.Equal([32, 32], again.Keys.Where(key => key.Kind != KeyKind.Signing).Select(key => key.Secret.Length));
    }

    [Fact]
    public void Two_new_rings_have_nothing_in_common() =>
        Assert.Equal(12, Rings.New().Keys.Concat(Rings.New().Keys).SelectMany(key => new[] { key.Id, Convert.ToHexString(key.Secret) }).Distinct().Count());

    [Fact]
    public void The_newest_data_key_encrypts_wherever_it_stands_in_the_ring()
    {
        var ring = Rings.New();
        var newer = NewKeys.Data(Rings.Start.AddDays(1));

        Assert.Equal(newer.Id, KeyRing.Of([newer, .. ring.Keys]).NewestData.Id);
        Assert.Equal(newer.Id, KeyRing.Of([.. ring.Keys, newer]).NewestData.Id);
    }

    [Fact]
    public void A_signing_key_signs_between_its_instants_and_vouches_until_it_retires()
    {
        var first = NewKeys.Signing(RingKey.Es256, Rings.Start, Rings.Start).RetiredAt(Rings.Start.AddHours(2));
        var second = NewKeys.Signing(RingKey.Hs256, Rings.Start, Rings.Start.AddHours(1));
        var ring = KeyRing.Of([.. Rings.New().Keys.Where(key => key.Kind != KeyKind.Signing), first, second]);

        Assert.Null(ring.SigningAt(Rings.Start.AddTicks(-1)));
        Assert.Equal(first.Id, ring.SigningAt(Rings.Start)!.Id);
        Assert.Equal(first.Id, ring.SigningAt(Rings.Start.AddHours(1).AddTicks(-1))!.Id);
        Assert.Equal(second.Id, ring.SigningAt(Rings.Start.AddHours(1))!.Id);
        Assert.Equal([first.Id, second.Id], ring.VerifyingAt(Rings.Start.AddHours(2).AddTicks(-1)).Select(key => key.Id));
        Assert.Equal([second.Id], ring.VerifyingAt(Rings.Start.AddHours(2)).Select(key => key.Id));
    }

    public static TheoryData<string, KeyRingFault> Broken => new()
    {
        { "", KeyRingFault.Garbled },
        { "[]", KeyRingFault.Garbled },
        { "\0\u0001PNG", KeyRingFault.Garbled },
        { """{"version":1}""", KeyRingFault.Garbled },
        { """{"version":2,"keys":[]}""", KeyRingFault.Garbled },
        { """{"version":1.5,"keys":[]}""", KeyRingFault.Garbled },
        { """{"version":1,"version":1,"keys":[]}""", KeyRingFault.Garbled },
        { """{"version":1,"keys":["hunter2hunter2"]}""", KeyRingFault.Garbled },
        { """{"version":1,"keys":[]}""", KeyRingFault.NoKey },
        { With(0, "id", "D 1"), KeyRingFault.Garbled },
        { With(0, "id", "a.b"), KeyRingFault.Garbled },
        { With(0, "id", ""), KeyRingFault.Garbled },
        { With(0, "id", null), KeyRingFault.Garbled },
        { With(0, "kind", "date"), KeyRingFault.Garbled },
        { With(0, "algorithm", "HS256"), KeyRingFault.Garbled },
        { With(1, "algorithm", "none"), KeyRingFault.Garbled },
        { With(0, "created_at", "yesterday"), KeyRingFault.Garbled },
        { With(0, "created_at", null), KeyRingFault.Garbled },
        { With(0, "retire_at", "2027-01-01T00:00:00Z"), KeyRingFault.Garbled },
        { With(2, "retire_at", "2020-01-01T00:00:00Z"), KeyRingFault.Garbled },
        { With(0, "sekret", "x"), KeyRingFault.Garbled },
        { With(0, "secret", "not base64!"), KeyRingFault.Garbled },
        { With(0, "secret", ""), KeyRingFault.WrongLength },
        { With(0, "secret", Convert.ToBase64String(new byte[16])), KeyRingFault.WrongLength },
        { With(1, "secret", Convert.ToBase64String(new byte[33])), KeyRingFault.WrongLength },
        { With(2, "secret", Convert.ToBase64String(new byte[32])), KeyRingFault.WrongLength },
        { Rings.Changed(Rings.New(), keys => keys[1]!["id"] = keys[0]!["id"]!.GetValue<string>()), KeyRingFault.DuplicateId },
        { Rings.Changed(Rings.New(), keys => keys[1]!["secret"] = keys[0]!["secret"]!.GetValue<string>()), KeyRingFault.SharedSecret },
        { Rings.Changed(Rings.New(), keys => keys.RemoveAt(0)), KeyRingFault.NoKey },
        { Rings.Changed(Rings.New(), keys => keys.RemoveAt(1)), KeyRingFault.NoKey },
        { Rings.Changed(Rings.New(), keys => keys.Add(JsonNode.Parse(Rings.Text(Rings.New()))!["keys"]![1]!.DeepClone())), KeyRingFault.TwoLookupKeys },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_ring_that_is_not_whole_is_refused_by_name(string text, KeyRingFault fault) =>
        Assert.Equal(fault, Assert.Throws<KeyRingFaultException>(() => Rings.Read(text)).Kind);

    [Fact]
    public void A_ring_cut_off_anywhere_is_refused_and_no_secret_is_told()
    {
        var ring = Rings.New();
        var text = Rings.Text(ring);
        for (var length = 0; length < text.TrimEnd().Length; length++)
        {
            var fault = Assert.Throws<KeyRingFaultException>(() => Rings.Read(text[..length]));

            Assert.Equal(KeyRingFault.Garbled, fault.Kind);
            Assert.DoesNotContain(Rings.SecretsOf(ring), secret => fault.ToString().Contains(secret[..12], StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_key_written_to_a_log_shows_no_secret() =>
        Assert.All(Rings.New().Keys, key => Assert.Equal($"{key.Id} ({key.Kind})", key.ToString()));

    [Fact]
    public void A_fault_has_a_stable_code() =>
        Assert.Equal("keys_readable_by_others", new KeyRingFaultException(KeyRingFault.ReadableByOthers, "").Code);

    private static string With(int place, string member, string? value) => Rings.Changed(Rings.New(), keys => keys[place]![member] = value);
}
