using Cambist.Domain.Quotes;
using Xunit;
using static Cambist.Domain.Tests.Quotes.Offers;

namespace Cambist.Domain.Tests.Quotes;

public sealed class CostCalculatorTests
{
    // Chase's online wire: 5 USD below 5,000 USD, nothing from there on.
    private static readonly FeeTier[] Chase = [new(4999.99m, 5m, 0m), new(null, 0m, 0m)];

    // 2 GBP and 0.5 %, at 0.4 % below a mid of 1.25, so at 1.245.
    // Deducted: 1000 − 2 − 5 = 993.00 are converted. On top: 993.03 + 2 + 4.97 = 1000.00, and 993.04 would cost 1000.01.
    [Theory]
    [InlineData(FeeMode.Deducted, AmountSide.Send, 1000.00, 1000.00, 1236.28, 5.00, 3.97, 10.98)]
    [InlineData(FeeMode.Deducted, AmountSide.Receive, 1236.28, 1000.00, 1236.28, 5.00, 3.97, 10.98)]
    [InlineData(FeeMode.OnTop, AmountSide.Send, 1000.00, 1000.00, 1236.32, 4.97, 3.97, 10.94)]
    [InlineData(FeeMode.OnTop, AmountSide.Receive, 1236.32, 1000.00, 1236.32, 4.97, 3.97, 10.94)]
    public void Fees_deducted_and_on_top_stand_on_one_footing(
        FeeMode mode, AmountSide side, decimal amount, decimal paid, decimal received, decimal variableFee, decimal spread, decimal total)
    {
        var cost = Cost(Offer(mode, "GBP", Flat(2m, percent: 0.5m)) with { MarkupPercent = 0.4m }, Ask("GBP/USD", side, amount, mid: 1.25m));

        Assert.Equal((paid, received), (cost.Paid.Amount, cost.Received.Amount));
        Assert.Equal((2m, variableFee), (cost.FixedFee.Amount, cost.VariableFee.Amount));
        Assert.Equal((1.245m, spread, total), (cost.ExchangeRate, cost.SpreadCost.Amount, cost.TotalCost.Amount));
    }

    [Fact]
    public void Costs_are_told_in_basis_points_too()
    {
        var cost = Cost(Deducted("GBP", Flat(2m, percent: 0.5m)) with { MarkupPercent = 0.4m }, Send("GBP/USD", 1000m, mid: 1.25m));

        // 1236.28 USD are worth 989.024 GBP at mid.
        Assert.Equal((40m, 109.76m), (cost.MarkupBps, cost.TotalCostBps));
    }

    [Fact]
    public void A_better_rate_with_a_higher_fee_may_lose()
    {
        var question = Send("GBP/EUR", 1000m, mid: 1.1410m);
        var goodRate = Cost(Deducted("GBP", Flat(15m)), question);
        var goodFee = Cost(Deducted("GBP", Flat(0m)) with { MarkupPercent = (1m - 1.1359m / 1.1410m) * 100m }, question);

        Assert.Equal(1123.88m, goodRate.Received.Amount);
        Assert.InRange(goodFee.Received.Amount, 1135.89m, 1135.90m);
        Assert.True(goodFee.TotalCost.Amount < goodRate.TotalCost.Amount);
    }

    [Theory]
    [InlineData(FeeMode.Deducted, 4999.99, 4999.99, 4994.99)]
    [InlineData(FeeMode.Deducted, 5000.00, 5000.00, 5000.00)]
    [InlineData(FeeMode.OnTop, 4999.99, 4999.99, 4994.99)]
    [InlineData(FeeMode.OnTop, 5000.00, 5000.00, 5000.00)]
    [InlineData(FeeMode.OnTop, 5004.99, 5004.99, 5004.99)]
    public void A_tier_holds_up_to_its_bound_for_the_whole_amount(FeeMode mode, decimal amount, decimal paid, decimal received)
    {
        var cost = Cost(Offer(mode, "USD", Chase), Send("USD/EUR", amount, mid: 1m));

        Assert.Equal((paid, received), (cost.Paid.Amount, cost.Received.Amount));
    }

    [Theory]
    [InlineData(FeeMode.Deducted)]
    [InlineData(FeeMode.OnTop)]
    public void Where_a_higher_amount_costs_less_in_total_it_is_taken(FeeMode mode)
    {
        // 4998 with the fee of 5 would cost 5003: from 5000 on there is no fee.
        var cost = Cost(Offer(mode, "USD", Chase), Receive("USD/EUR", 4998m, mid: 1m));

        Assert.Equal((5000m, 5000m, 0m), (cost.Paid.Amount, cost.Received.Amount, cost.FixedFee.Amount));
    }

    [Fact]
    public void A_total_that_a_falling_percentage_makes_affordable_is_converted_in_the_higher_tier()
    {
        // 1 % up to 10,000 and 0.5 % above: 10,000.01 and its fee of 50.00 fit into 10,050.01, though 10,050.01 itself would bear a fee of 50.25.
        var cost = Cost(OnTop("USD", new FeeTier(10_000m, 0m, 1m), new FeeTier(null, 0m, 0.5m)), Send("USD/EUR", 10_050.01m, mid: 1m));

        Assert.Equal((10_050.01m, 10_000.01m, 50.00m), (cost.Paid.Amount, cost.Received.Amount, cost.VariableFee.Amount));
    }

    [Fact]
    public void What_a_rising_fee_on_top_leaves_over_is_neither_paid_nor_a_cost()
    {
        // 1.99 up to 100 EUR, 5.99 above: of 104 EUR only 100 can be converted, and 2.01 stay with the sender.
        var cost = Cost(OnTop("EUR", new FeeTier(100m, 1.99m, 0m), Flat(5.99m)), Send("EUR/GBP", 104m, mid: 1m));

        Assert.Equal((101.99m, 100m, 1.99m), (cost.Paid.Amount, cost.Received.Amount, cost.TotalCost.Amount));
    }

    [Theory]
    [InlineData(100, 3)] // 1 % would be 1.
    [InlineData(300, 3)]
    [InlineData(500, 5)]
    [InlineData(2000, 20)]
    [InlineData(5000, 20)] // 1 % would be 50.
    public void A_variable_fee_keeps_its_minimum_and_maximum(decimal amount, decimal fee)
    {
        var cost = Cost(Deducted("USD", new FeeTier(null, Fixed: 0m, Percent: 1m, Minimum: 3m, Maximum: 20m)), Send("USD/EUR", amount, mid: 0.92m));

        Assert.Equal((0m, fee), (cost.FixedFee.Amount, cost.VariableFee.Amount));
        Assert.Equal((amount - fee) * 0.92m, cost.Received.Amount);
    }

    [Theory]
    [InlineData(1000, 0)]
    [InlineData(1001, 0.01)]
    [InlineData(1500, 5)]
    public void Above_an_allowance_only_the_part_above_is_charged(decimal amount, decimal fee)
    {
        var offer = Deducted("EUR", Flat(0m)) with { Allowance = new FeeAllowance(1000m, Days: 30, PercentAbove: 1m) };

        Assert.Equal(fee, Cost(offer, Send("EUR/USD", amount, mid: 1.1m)).VariableFee.Amount);
    }

    [Theory]
    [InlineData("2026-03-13T20:59:59.9999999Z", 20)] // Friday, just before 17:00 in New York.
    [InlineData("2026-03-13T21:00:00Z", 120)]
    [InlineData("2026-03-15T21:59:59.9999999Z", 120)] // Sunday, just before 18:00.
    [InlineData("2026-03-15T22:00:00Z", 20)]
    public void A_weekend_markup_holds_from_its_start_until_just_before_its_end(string at, decimal markupBps)
    {
        var offer = Deducted("USD", Flat(0m)) with { MarkupPercent = 0.2m, MarkupWindows = [Weekend] };

        Assert.Equal(markupBps, Cost(offer, Send("USD/EUR", 1000m, mid: 0.92m, at)).MarkupBps);
    }

    [Fact]
    public void What_banks_on_the_way_take_for_certain_is_counted_and_what_they_may_take_is_told_beside()
    {
        var wire = OnTop("USD", Flat(5m)) with { Correspondents = new CorrespondentFees(10m, 50m) };

        var cost = Cost(wire, Send("USD/EUR", 1005m, mid: 0.92m));

        Assert.Equal((910.80m, 874.00m), (cost.Received.Amount, cost.ReceivedAtLeast!.Value.Amount)); // 990 and 950 dollars.
        Assert.Equal(15m, cost.TotalCost.Amount);
        Assert.Null(Cost(wire with { Correspondents = new CorrespondentFees(0m, null) }, Send("USD/EUR", 1005m, mid: 0.92m)).ReceivedAtLeast);
        Assert.IsType<OfferPrice.Unavailable>(CostCalculator.Price(wire, Send("USD/EUR", 15m, mid: 0.92m)));
    }

    [Theory]
    [InlineData(2, false, 20)]
    [InlineData(2, true, 0)]
    [InlineData(-1, false, 0)]
    public void A_markup_that_is_not_named_as_a_fee_is_a_hidden_fee(decimal markupPercent, bool isNamed, decimal hidden)
    {
        var cost = Cost(Deducted("USD", Flat(0m)) with { MarkupPercent = markupPercent, MarkupNamed = isNamed, MarkupWindows = [Weekend] }, Send("USD/EUR", 1000m, mid: 0.92m, at: "2026-03-14T12:00Z"));

        Assert.Equal(hidden, cost.HiddenFee.Amount); // The weekend's one percent is named.
        Assert.Equal(10m * (markupPercent + 1m), cost.SpreadCost.Amount);
        Assert.Equal(markupPercent < -1m, cost.IsBetterThanMid);
    }

    [Fact]
    public void Yen_have_no_minor_units()
    {
        // 0.55 % of 100,100 is 550.55, so 551; 99,449 × 0.006435 = 639.954; the spread of 994.49 is 994.
        var sent = Cost(Deducted("JPY", Flat(100m, percent: 0.55m)) with { MarkupPercent = 1m }, Send("JPY/USD", 100_100m, mid: 0.0065m));
        Assert.Equal((639.95m, 100m, 551m, 994m), (sent.Received.Amount, sent.FixedFee.Amount, sent.VariableFee.Amount, sent.SpreadCost.Amount));
        Assert.Equal(0, sent.TotalCost.Amount.Scale);

        // 500 × 150.375 = 75,187.5: half a yen is not paid out, and to get 75,188 yen 500.01 USD are needed.
        var offer = Deducted("USD", Flat(0m));
        Assert.Equal(75_187m, Cost(offer, Send("USD/JPY", 500m, mid: 150.375m)).Received.Amount);
        Assert.Equal(500.01m, Cost(offer, Receive("USD/JPY", 75_188m, mid: 150.375m)).Paid.Amount);
    }

    [Fact]
    public void What_is_asked_for_arrives_though_the_rate_has_endless_digits()
    {
        // 72 / (6/7) is 84 in decimal, but 84 × 6/7 is 71.99…9, of which 71.99 would arrive.
        var cost = Cost(Deducted("USD", Flat(0m)), Receive("USD/EUR", 72m, mid: 6m / 7m));

        Assert.Equal((84.01m, 72.00m), (cost.Paid.Amount, cost.Received.Amount));
    }
}
