using System.Text;
using Cambist.App.Privacy;
using Cambist.TestKit;
using CsCheck;
using Xunit;

namespace Cambist.App.Tests.Privacy;

public sealed class FieldCipherTests : IDisposable
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.= ";
    private static readonly FieldPlace Place = new("account.email", "17");

    private readonly TemporaryFolder _folder = new();
    private readonly FieldCipher _cipher;

    public FieldCipherTests() => _cipher = new FieldCipher(Rings.Live(File));

    private KeyRingFile File => new(_folder.File("keys.json"), isConfigured: false);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_text_comes_back_from_its_place() =>
        Gen.Select(Text, Text.Where(text => text.Length > 0), Text.Where(text => text.Length > 0)).Sample(
            (value, field, row) => _cipher.Decrypt(_cipher.Encrypt(value, new FieldPlace(field, row)), new FieldPlace(field, row)) == value, iter: 500);

    [Fact]
    public void No_envelope_of_one_place_can_be_read_in_another() =>
        Gen.Select(Text, Names, Names, Names, Names).Where(told => (told.Item2, told.Item3) != (told.Item4, told.Item5)).Sample(told =>
        {
            var envelope = _cipher.Encrypt(told.Item1, new FieldPlace(told.Item2, told.Item3));
            Assert.Equal(FieldCipherFault.Tampered, Fault(envelope, new FieldPlace(told.Item4, told.Item5)));
        }, iter: 500);

    [Fact]
    public void An_envelope_with_any_letter_changed_is_refused()
    {
        var envelope = _cipher.Encrypt("ann@example.org", Place);

        foreach (var (letter, place) in envelope.Select((letter, place) => (letter, place)))
        {
            foreach (var other in Alphabet.Where(other => other != letter))
            {
                var changed = new StringBuilder(envelope) { [place] = other }.ToString();
                Assert.Throws<FieldCipherFaultException>(() => _cipher.Decrypt(changed, Place));
            }
        }
    }

    [Fact]
    public void An_envelope_cut_off_or_with_more_behind_it_is_refused()
    {
        var envelope = _cipher.Encrypt("ann@example.org", Place);

        Assert.All(Enumerable.Range(0, envelope.Length), length => Assert.Throws<FieldCipherFaultException>(() => _cipher.Decrypt(envelope[..length], Place)));
        Assert.All(Alphabet, letter => Assert.Throws<FieldCipherFaultException>(() => _cipher.Decrypt(envelope + letter, Place)));
    }

    [Fact]
    public void Every_bit_of_nonce_ciphertext_and_tag_counts()
    {
        var envelope = _cipher.Encrypt("ann@example.org", Place);
        var dot = envelope.LastIndexOf('.') + 1;
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(envelope.AsSpan(dot));

        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Equal(FieldCipherFault.Tampered, Fault(envelope[..dot] + System.Buffers.Text.Base64Url.EncodeToString(bytes), Place));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void One_value_has_another_envelope_each_time_and_none_shows_it()
    {
        var envelopes = Enumerable.Range(0, 1000).Select(_ => _cipher.Encrypt("ann", Place)).ToList();

        Assert.Equal(1000, envelopes.Distinct().Count());
        Assert.All(envelopes, envelope => Assert.Equal(envelopes[0].Length, envelope.Length));
    }

    [Theory]
    [InlineData("", FieldCipherFault.Garbled)]
    [InlineData("ann@example.org", FieldCipherFault.Garbled)]
    [InlineData("c1.d-1.", FieldCipherFault.Garbled)]
    [InlineData("c1.D.AAAA", FieldCipherFault.Garbled)]
    [InlineData("c1.d-1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.x", FieldCipherFault.Garbled)]
    [InlineData("c2.d-1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", FieldCipherFault.UnknownVersion)]
    [InlineData("c1.d-1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", FieldCipherFault.UnknownKey)]
    public void What_is_no_envelope_of_this_ring_is_refused_by_name_and_not_repeated(string envelope, FieldCipherFault kind)
    {
        var fault = Assert.Throws<FieldCipherFaultException>(() => _cipher.Decrypt(envelope, Place));

        Assert.Equal(kind, fault.Kind);
        Assert.Contains("account.email", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ann@", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_another_kind_decrypts_nothing()
    {
        var envelope = _cipher.Encrypt("ann", Place).Split('.');
        var lookup = File.Read()!.Lookup.Id;

        Assert.Equal(FieldCipherFault.UnknownKey, Fault($"{envelope[0]}.{lookup}.{envelope[2]}", Place));
    }

    [Fact]
    public void After_a_rotation_elsewhere_old_and_new_values_are_read_and_old_ones_are_told()
    {
        var old = _cipher.Encrypt("ann", Place);
        File.Change(ring => ring!.With(NewKeys.Data(DateTimeOffset.UtcNow.AddSeconds(1))));
        var elsewhere = new FieldCipher(Rings.Live(File)).Encrypt("ben", Place);

        Assert.Equal(("ann", "ben"), (_cipher.Decrypt(old, Place), _cipher.Decrypt(elsewhere, Place)));
        Assert.Equal((false, true), (_cipher.IsUnderNewestKey(old), _cipher.IsUnderNewestKey(elsewhere)));
        Assert.True(_cipher.IsUnderNewestKey(_cipher.Encrypt("ann", Place)));
    }

    [Fact]
    public async Task Nothing_is_unreadable_while_keys_rotate_under_readers_and_writers()
    {
        _cipher.Encrypt("", Place);
        using var over = new CancellationTokenSource();
        var workers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var (mine, others) = (new FieldCipher(Rings.Live(File)), new FieldCipher(Rings.Live(File)));
            while (!over.IsCancellationRequested)
            {
                Assert.Equal("ann", others.Decrypt(mine.Encrypt("ann", Place), Place));
                mine = new FieldCipher(Rings.Live(File));
            }
        }, TestContext.Current.CancellationToken)).ToList();

        for (var day = 1; day <= 30; day++)
        {
            File.Change(ring => ring!.With(NewKeys.Data(Rings.Start.AddYears(10).AddDays(day))));
        }

        await over.CancelAsync();
        await Task.WhenAll(workers);
    }

    [Fact]
    public void A_text_that_is_not_Unicode_and_a_place_that_is_not_filled_in_are_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => _cipher.Encrypt("\ud800", Place));
        Assert.ThrowsAny<ArgumentException>(() => new FieldPlace("", "1"));
        Assert.ThrowsAny<ArgumentException>(() => new FieldPlace("account.email", ""));
    }

    private static Gen<string> Text => Gen.String[Gen.Char, 0, 60].Select(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));

    private static Gen<string> Names => Gen.String[Gen.Char["ab."], 1, 3];

    private FieldCipherFault Fault(string envelope, FieldPlace place) => Assert.Throws<FieldCipherFaultException>(() => _cipher.Decrypt(envelope, place)).Kind;
}
