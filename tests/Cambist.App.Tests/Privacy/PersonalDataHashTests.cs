using Cambist.App.Privacy;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Privacy;

public sealed class PersonalDataHashTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PersonalDataHash _hash;

    public PersonalDataHashTests() => _hash = new PersonalDataHash(Rings.Live(File));

    private KeyRingFile File => new(_folder.File("keys.json"), isConfigured: false);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_spellings_of_an_address_have_one_hash_and_another_address_has_another()
    {
        var hashes = new[] { "Ann@Bücher.example", " ann@xn--bcher-kva.example", "ANN@BÜCHER.EXAMPLE" }.Select(Of).Distinct().ToList();

        Assert.Equal(43, Assert.Single(hashes).Length);
        Assert.NotEqual(hashes[0], Of("anna@bücher.example"));
    }

    [Fact]
    public void A_rotation_of_data_keys_leaves_every_hash_as_it_was()
    {
        var before = Of("ann@example.org");
        File.Change(ring => ring!.With(NewKeys.Data(Rings.Start)));

        Assert.Equal(before, new PersonalDataHash(Rings.Live(File)).OfEmail(Address("ann@example.org")));
    }

    [Fact]
    public void With_another_key_or_for_another_purpose_the_hash_is_another()
    {
        using var elsewhere = new TemporaryFolder();
        var other = new PersonalDataHash(Rings.Live(new KeyRingFile(elsewhere.File("keys.json"), isConfigured: false)));

        Assert.NotEqual(Of("ann@example.org"), other.OfEmail(Address("ann@example.org")));
        Assert.NotEqual(_hash.Of("log", "ann@example.org"), Of("ann@example.org"));
        Assert.Equal(_hash.Of("log", "ann@example.org"), _hash.Of("log", "ann@example.org"));
        Assert.Throws<ArgumentException>(() => _hash.Of("a\0b", ""));
    }

    [Fact]
    public void The_hash_is_HMAC_SHA256_of_purpose_and_value_under_the_lookup_key()
    {
        var expected = System.Security.Cryptography.HMACSHA256.HashData(File.Change(ring => ring ?? Rings.New()).Lookup.Secret, "email\0ann@example.org"u8);

        Assert.Equal(System.Buffers.Text.Base64Url.EncodeToString(expected), Of("ann@example.org"));
    }

    private static EmailAddress Address(string text) => EmailAddress.TryRead(text, out var address, out var fault) ? address : throw new ArgumentException(fault);

    private string Of(string text) => _hash.OfEmail(Address(text));
}
