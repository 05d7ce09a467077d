using Cambist.Domain.Currencies;
using Xunit;

namespace Cambist.Domain.Tests.Currencies;

public sealed class HomeCountriesTests
{
    [Fact]
    public void The_euro_is_at_home_in_its_21_member_states()
    {
        // https://www.ecb.europa.eu/euro/intro: Croatia joined in 2023, Bulgaria in 2026.
        var expected = "AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK";

        Assert.Equal(expected, string.Join(' ', HomeCountries.Of(Currency.Parse("EUR"))));
        Assert.Equal(21, HomeCountries.Of(Currency.Parse("EUR")).Count);
    }

    [Theory]
    [InlineData("USD", "US")]
    [InlineData("GBP", "GB")]
    [InlineData("CLF", "CL")]
    [InlineData("CHF", "CH LI")]
    [InlineData("XOF", "BF BJ CI GW ML NE SN TG")] // https://www.bceao.int: the eight states of the UEMOA.
    [InlineData("XAF", "CF CG CM GA GQ TD")] // https://www.beac.int: the six states of the CEMAC.
    [InlineData("XCD", "AG AI DM GD KN LC MS VC")] // https://www.eccb-centralbank.org: eight members.
    public void A_currency_is_at_home_where_it_is_issued(string code, string countries) =>
        Assert.Equal(countries, string.Join(' ', HomeCountries.Of(Currency.Parse(code))));

    [Fact]
    public void Every_currency_has_a_home_and_every_home_is_a_country() => Assert.All(Iso4217.All, currency =>
    {
        Assert.NotEmpty(HomeCountries.Of(currency));
        Assert.All(HomeCountries.Of(currency), country => Assert.True(HomeCountries.IsCountry(country), $"{country} of {currency}"));
    });

    [Fact]
    public void Only_indexed_units_and_the_digital_bolivar_share_their_country_with_another_currency()
    {
        var shared = Iso4217.All.SelectMany(HomeCountries.Of).GroupBy(country => country).Where(homes => homes.Count() > 1);

        Assert.Equal(["CL", "UY", "VE"], shared.Select(homes => homes.Key).Order());
    }

    [Fact]
    public void ISO_3166_has_assigned_249_codes()
    {
        var letters = Enumerable.Range('A', 26).Select(letter => (char)letter).ToArray();
        var codes = letters.SelectMany(first => letters.Select(second => $"{first}{second}"));

        Assert.Equal(249, codes.Count(HomeCountries.IsCountry));
    }

    [Theory]
    [InlineData("us")]
    [InlineData("EU")] // Reserved, not assigned.
    [InlineData("UK")] // Reserved, not assigned.
    [InlineData("XK")] // Left to users.
    [InlineData("AN")] // Withdrawn in 2010.
    [InlineData("USA")]
    [InlineData("")]
    public void Other_texts_are_no_country(string text) => Assert.False(HomeCountries.IsCountry(text));
}
