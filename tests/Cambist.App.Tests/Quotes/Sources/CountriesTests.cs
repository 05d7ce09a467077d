using Cambist.App.Quotes.Sources;
using Cambist.Domain.Currencies;
using Xunit;

namespace Cambist.App.Tests.Quotes.Sources;

public sealed class CountriesTests
{
    [Fact]
    public void Every_home_of_a_currency_has_three_letters_of_its_own()
    {
        var codes = Iso4217.All.SelectMany(HomeCountries.Of).Where(HomeCountries.IsCountry).Distinct().Select(Countries.Alpha3).ToList();

        Assert.All(codes, code => Assert.Matches("^[A-Z]{3}$", code));
        Assert.Equal(codes.Count, codes.Distinct().Count());
    }

    // Source: ISO 3166-1.
    [Theory]
    [InlineData("GB", "GBR")]
    [InlineData("pk", "PAK")]
    [InlineData("DE", "DEU")]
    [InlineData("CH", "CHE")]
    [InlineData("XX", null)]
    public void Two_letters_are_three(string alpha2, string? alpha3) => Assert.Equal(alpha3, Countries.Alpha3(alpha2));

    [Theory]
    [InlineData("CHF", "CH")]
    [InlineData("INR", "IN")]
    [InlineData("EUR", null)]
    [InlineData("XOF", null)]
    public void The_currency_of_a_union_has_no_main_country(string currency, string? country) => Assert.Equal(country, Countries.MainOf(Currency.Parse(currency)));
}
