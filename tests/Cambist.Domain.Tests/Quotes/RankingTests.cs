using Cambist.Domain.Quotes;
using Xunit;
using static Cambist.Domain.Tests.Quotes.Offers;

namespace Cambist.Domain.Tests.Quotes;

public sealed class RankingTests
{
    private static readonly FeeOffer Free = Deducted("USD", Flat(0m));

    private static readonly FeeSchedule[] Providers =
    [
        Provider("foreign", Deducted("GBP", Flat(0m))),
        Provider("secret", Free with { MarkupPercent = null }),
        Provider("dear", Free with { MarkupPercent = 2m }),
        Provider("abroad", Free with { Countries = ["DE"] }),
        Provider("cheap", Deducted("USD", Flat(1m))),
        Provider("hidden", Free with { FeeTiers = [] }),
        Provider("fair", OnTop("USD", Flat(5m))),
    ];

    [Theory]
    [InlineData(AmountSide.Send)]
    [InlineData(AmountSide.Receive)]
    public void Priced_providers_come_best_first_then_the_unknown_then_those_that_do_not_serve(AmountSide side)
    {
        var ranked = new ProviderPanel(Providers).Rank(Ask("USD/EUR", side, 1000m, mid: 0.92m));

        Assert.Equal(["cheap", "fair", "dear", "hidden", "secret", "abroad", "foreign"], ranked.Select(quote => quote.Provider.Id));
        Assert.Equal([true, true, true, false, false, false, false], ranked.Select(quote => quote.Cost is not null));
    }

    [Fact]
    public void Where_no_offer_serves_the_nearest_miss_is_told_whatever_its_place()
    {
        FeeOffer[] offers = [Deducted("GBP", Flat(0m)), Free with { Limits = new AmountLimits(null, 500m) }, Free with { Countries = ["DE"] }];

        foreach (var order in new[] { offers, [.. offers.Reverse()] })
        {
            var quote = new ProviderPanel([Provider("limited", order)]).Rank(Send("USD/EUR", 1000m, mid: 0.92m)).Single();
            Assert.Equal(Refusal.AboveMaximum, Assert.IsType<OfferPrice.Unavailable>(quote.Price).Refusal);
        }
    }

    [Fact]
    public void The_order_of_the_providers_does_not_matter() =>
        Assert.Equal(
            new ProviderPanel(Providers).Rank(Send("USD/EUR", 1000m, mid: 0.92m)).Select(quote => quote.Provider.Id),
            new ProviderPanel([.. Providers.Reverse()]).Rank(Send("USD/EUR", 1000m, mid: 0.92m)).Select(quote => quote.Provider.Id));

    [Theory]
    [InlineData(100, "small")]
    [InlineData(5000, "large")]
    public void A_provider_has_one_row_through_its_best_offer(decimal amount, string offer)
    {
        var provider = Provider(
            "bank",
            Free with { Id = "unknown", MarkupPercent = null },
            Free with { Id = "small", MarkupPercent = 1m },
            Deducted("USD", Flat(10m)) with { Id = "large" },
            Deducted("GBP", Flat(0m)) with { Id = "pounds" });

        var row = Assert.Single(new ProviderPanel([provider]).Rank(Send("USD/EUR", amount, mid: 0.92m)));

        Assert.Equal(offer, row.Offer.Id);
    }

    [Fact]
    public void Providers_as_good_as_each_other_stand_by_id() =>
        Assert.Equal(
            ["a", "b"],
            new ProviderPanel([Provider("b", Free), Provider("a", OnTop("USD", Flat(0m)))]).Rank(Send("USD/EUR", 1000m, mid: 0.92m)).Select(quote => quote.Provider.Id));

    [Theory]
    [InlineData("USD/LBP", AmountSide.Send, 89_500)]
    [InlineData("LBP/USD", AmountSide.Receive, 0.0000111732)]
    public void The_largest_amounts_of_the_lowest_currencies_can_be_ranked(string pair, AmountSide side, decimal mid)
    {
        FeeSchedule[] providers = [Provider("dear", Deducted(pair[..3], Flat(1m))), Provider("cheap", Deducted(pair[..3], Flat(0m)))];

        Assert.Equal("cheap", new ProviderPanel(providers).Rank(Ask(pair, side, 1_000_000_000_000m, mid))[0].Provider.Id);
    }

    [Fact]
    public void A_provider_without_an_offer_is_a_fault_of_its_schedule() =>
        Assert.Throws<ArgumentException>(() => new ProviderPanel([Provider("empty")]).Rank(Send("USD/EUR", 1000m, mid: 0.92m)));
}
