using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;
using Xunit;
using static Cambist.Domain.Tests.Quotes.Offers;

namespace Cambist.Domain.Tests.Quotes;

public sealed class RefusalTests
{
    [Theory]
    [InlineData(10.99, Refusal.BelowMinimum)] // The fee of 1 is deducted first: 9.99 are converted.
    [InlineData(11.00, null)]
    [InlineData(1001.00, null)]
    [InlineData(1001.01, Refusal.AboveMaximum)]
    public void Limits_are_inclusive_and_on_the_converted_amount(decimal amount, Refusal? refusal)
    {
        var price = CostCalculator.Price(
            Deducted("USD", Flat(1m)) with { Limits = new AmountLimits(10m, 1000m) }, Send("USD/EUR", amount, mid: 0.92m));

        Assert.Equal(refusal, (price as OfferPrice.Unavailable)?.Refusal);
        Assert.Equal(refusal is null, price is OfferPrice.Priced);
    }

    [Theory]
    [InlineData(FeeMode.Deducted, 4.99, false)]
    [InlineData(FeeMode.Deducted, 5.00, false)]
    [InlineData(FeeMode.Deducted, 5.01, true)]
    [InlineData(FeeMode.OnTop, 4.99, false)]
    [InlineData(FeeMode.OnTop, 5.00, false)]
    [InlineData(FeeMode.OnTop, 5.01, true)]
    public void A_fee_that_eats_the_amount_is_no_price(FeeMode mode, decimal amount, bool priced)
    {
        var price = CostCalculator.Price(Offer(mode, "USD", Flat(5m)), Send("USD/EUR", amount, mid: 1m));

        Assert.Equal(priced ? null : Refusal.FeeAboveAmount, (price as OfferPrice.Unavailable)?.Refusal);
        Assert.Equal(priced ? 0.01m : null, (price as OfferPrice.Priced)?.Cost.Received.Amount);
    }

    [Theory]
    [InlineData(AmountSide.Send)]
    [InlineData(AmountSide.Receive)]
    public void An_unknown_figure_is_never_priced(AmountSide side)
    {
        var question = Ask("USD/EUR", side, 1000m, mid: 0.92m);
        var free = Deducted("USD", Flat(0m));

        Assert.Equal("does not publish the markup of its rate", Assert.IsType<OfferPrice.Unknown>(CostCalculator.Price(free with { MarkupPercent = null }, question)).Reason);
        Assert.Equal("does not publish its fee for this route", Assert.IsType<OfferPrice.Unknown>(CostCalculator.Price(free with { FeeTiers = [] }, question)).Reason);
        Assert.IsType<OfferPrice.Priced>(CostCalculator.Price(free, question));
    }

    [Theory]
    [InlineData("GBP/EUR", "US", Refusal.SendCurrency, "does not send GBP")]
    [InlineData("USD/INR", "US", Refusal.ReceiveCurrency, "does not pay out INR for USD")]
    [InlineData("USD/EUR", "DE", Refusal.Country, "serves senders in US, CA only")]
    [InlineData("USD/EUR", "CA", null, null)]
    public void A_route_that_is_not_served_is_refused_with_its_reason(string pair, string country, Refusal? refusal, string? reason)
    {
        var offer = Deducted("USD", Flat(0m)) with { To = [Currency.Parse("EUR")], Countries = ["US", "CA"] };

        var refused = CostCalculator.Price(offer, Send(pair, 1000m, mid: 0.92m) with { Countries = [country] }) as OfferPrice.Unavailable;

        Assert.Equal((refusal, reason), (refused?.Refusal, refused?.Reason));
    }

    [Fact]
    public void A_refused_amount_is_told_with_the_bound()
    {
        var offer = Deducted("USD", Flat(0m)) with { Limits = new AmountLimits(10.5m, 25_000m) };
        string Reason(decimal amount) => ((OfferPrice.Unavailable)CostCalculator.Price(offer, Send("USD/EUR", amount, mid: 0.92m))).Reason;

        Assert.Equal("takes 10.5 USD or more", Reason(10m));
        Assert.Equal("takes 25,000 USD or less", Reason(25_000.01m));
    }
}
