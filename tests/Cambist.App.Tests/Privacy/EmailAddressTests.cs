using Cambist.App.Privacy;
using CsCheck;
using Xunit;

namespace Cambist.App.Tests.Privacy;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ann@example.org", "ann@example.org")]
    [InlineData(" \tAnn.Lee+FX@Example.ORG\u3000", "ann.lee+fx@example.org")]
    [InlineData("Ａnn＠example．org", "ann@example.org")]
    [InlineData("ann@example。org", "ann@example.org")]
    [InlineData("ann@BÜCHER.example", "ann@xn--bcher-kva.example")]
    [InlineData("ann@XN--BCHER-KVA.example", "ann@xn--bcher-kva.example")]
    [InlineData("ÉLÉONORE@example.org", "éléonore@example.org")]
    [InlineData("ΟΔΟΣ@example.org", "οδοσ@example.org")]
    [InlineData("οδος@example.org", "οδοσ@example.org")]
    [InlineData("用户01@例え.jp", "用户01@xn--r8jz45g.jp")]
    [InlineData("अजय@डाटा.भारत", "अजय@xn--c2bd1gb.xn--h2brj9c")]
    [InlineData("o'brien!#$%&*/=?^_`{|}~-@example.org", "o'brien!#$%&*/=?^_`{|}~-@example.org")]
    public void All_spellings_of_an_address_have_one_form(string text, string canonical)
    {
        Assert.True(EmailAddress.TryRead(text, out var address, out _));

        Assert.Equal(canonical, address.Canonical);
        Assert.Equal(text.Trim(' ', '\t', '\u3000'), address.Given);
        Assert.DoesNotContain("ann", address.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ann")]
    [InlineData("@example.org")]
    [InlineData("ann@")]
    [InlineData("ann@@example.org")]
    [InlineData("ann@ben@example.org")]
    [InlineData("ann@localhost")]
    [InlineData("ann@example..org")]
    [InlineData("ann@.example.org")]
    [InlineData("ann@example.org.")]
    [InlineData(".ann@example.org")]
    [InlineData("ann.@example.org")]
    [InlineData("a..n@example.org")]
    [InlineData("ann lee@example.org")]
    [InlineData("\"ann lee\"@example.org")]
    [InlineData("ann@[127.0.0.1]")]
    [InlineData("ann@127.0.0.1")]
    [InlineData("ann@-example.org")]
    [InlineData("ann@exam_ple.org")]
    [InlineData("ann@xn--.org")]
    [InlineData("ann@xn--zzzzzzzzzz99999.org")]
    [InlineData("ann@xn--bcher-2pa.example")]
    [InlineData("ann@xn--ann-.org")]
    [InlineData("ann@example.org\r\nBcc: x@example.org")]
    [InlineData("ann\0@example.org")]
    [InlineData("a,b@example.org")]
    [InlineData("a<b>@example.org")]
    public void What_is_no_address_is_told_in_a_sentence(string? text)
    {
        Assert.False(EmailAddress.TryRead(text, out var address, out var fault));

        Assert.Null(address);
        Assert.EndsWith(".", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("Bcc", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pаypal@example.org")] // Cyrillic a
    [InlineData("ann@exаmple.org")]
    [InlineData("ann@xn--exmple-4nf.org")] // the same, encoded
    [InlineData("αnn@example.org")] // Greek alpha
    [InlineData("аα@example.org")]
    [InlineData("ann\u200B@example.org")] // zero-width space
    [InlineData("an\u200Dn@example.org")]
    [InlineData("an\u2060n@example.org")]
    [InlineData("\uFEFFann@example.org")]
    [InlineData("an\u00ADn@example.org")] // soft hyphen
    [InlineData("\u202Egro.elpmaxe@nna.org")] // right-to-left override
    [InlineData("anne\u0301@example.org")] // combining accent
    [InlineData("ﬁnn@example.org")] // ligature
    [InlineData("𝐚nn@example.org")] // mathematical letter
    [InlineData("mıke@example.org")] // dotless i, of which the capital is ASCII
    [InlineData("Mİke@example.org")]
    [InlineData("\u212Aim@example.org")] // Kelvin sign, of which the small letter is ASCII
    [InlineData("ſam@example.org")]
    [InlineData("ann@exa\u2488com.org")]
    [InlineData("ann@example\u2024org.org")] // one dot leader
    [InlineData("ann\u00A0@example.org")]
    [InlineData("😀@example.org")]
    [InlineData("ann\ud800@example.org")]
    public void A_letter_that_is_not_what_it_looks_like_is_refused(string text) =>
        Assert.False(EmailAddress.TryRead(text, out _, out _));

    [Fact]
    public void A_word_all_in_another_script_is_another_address()
    {
        Assert.True(EmailAddress.TryRead("сосо@example.org", out var cyrillic, out _));
        Assert.True(EmailAddress.TryRead("coco@example.org", out var latin, out _));

        Assert.NotEqual(latin.Canonical, cyrillic.Canonical);
    }

    [Fact]
    public void Lengths_are_those_of_the_standard()
    {
        var domain = $"{new string('d', 63)}.{new string('d', 63)}.{new string('d', 57)}.org";

        Assert.True(EmailAddress.TryRead($"{new string('a', 64)}@example.org", out _, out _));
        Assert.False(EmailAddress.TryRead($"{new string('a', 65)}@example.org", out _, out _));
        Assert.False(EmailAddress.TryRead($"{new string('é', 33)}@example.org", out _, out _));
        Assert.True(EmailAddress.TryRead($"{new string('a', 254 - 1 - domain.Length)}@{domain}", out _, out _));
        Assert.False(EmailAddress.TryRead($"{new string('a', 255 - 1 - domain.Length)}@{domain}", out _, out _));
        Assert.False(EmailAddress.TryRead($"a@{new string('d', 64)}.org", out _, out _));
        Assert.False(EmailAddress.TryRead(new string('a', 10_000_000) + "@example.org", out _, out _));
    }

    [Fact]
    public void Whatever_is_typed_nothing_is_thrown_and_a_form_is_its_own_form() =>
        Gen.Select(Anything, Anything, Anything).Sample((local, label, top) =>
        {
            if (EmailAddress.TryRead($"{local}@{label}.{top}", out var address, out _))
            {
                Assert.True(EmailAddress.TryRead(address.Canonical, out var again, out var fault), fault);
                Assert.Equal(address.Canonical, again.Canonical);
                Assert.True(EmailAddress.TryRead(local.ToUpperInvariant() + address.Given[address.Given.LastIndexOf('@')..], out var capital, out _));
                Assert.Equal(address.Canonical, capital.Canonical);
            }
        }, iter: 20_000);

    private static Gen<string> Anything => Gen.OneOf(
        Gen.String[Gen.Char["abcxyz019-.ABC"], 1, 8],
        Gen.String[Gen.Char["éüñßœ\u0300ﬁ"], 1, 5],
        Gen.String[Gen.Char["абвжΩσςα"], 1, 5],
        Gen.String[Gen.Char["例用户えテス"], 1, 5],
        Gen.String[Gen.Char, 1, 4]);
}
