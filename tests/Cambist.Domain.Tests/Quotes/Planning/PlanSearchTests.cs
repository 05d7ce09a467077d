using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;
using Cambist.Domain.Quotes.Planning;
using Xunit;
using static Cambist.Domain.Tests.Quotes.Offers;
using static Cambist.Domain.Tests.Quotes.Planning.Plans;

namespace Cambist.Domain.Tests.Quotes.Planning;

public sealed class PlanSearchTests
{
    private const string Wednesday = "2026-03-11T12:00Z";
    private const string Saturday = "2026-03-14T12:00Z";

    private static readonly FeeSchedule Revolut = Provider("revolut", RevolutStandard);

    // Mid, and 0.6 % deducted.
    private static readonly FeeSchedule Wise = Provider("wise", Deducted("EUR", Flat(0m, percent: 0.6m)) with { Delivery = AtOnce });

    [Fact]
    public void Three_months_inside_the_free_allowance_cost_nothing()
    {
        // At once: 1 % of 2,000 EUR on top of what is converted, 3,000 = c + (c − 1,000) / 100: c = 2,980.20 EUR, so 19.80 EUR are lost.
        var plan = Find(Plan(Send("EUR/USD", 3000m, mid: 1.1m, Wednesday), "2026-06-09T12:00Z", Revolut));

        Assert.Equal(["03-11T12:00 revolut 1000", "04-10T12:00 revolut 1000", "05-10T22:00 revolut 1000"], Lines(plan, AmountSide.Send));
        Assert.Equal((3000m, 3300m, 19.80m), (plan.Paid.Amount, plan.Received.Amount, plan.CertainSaving!.Value.Amount));
        Assert.Equal("inside the free allowance of 1,000 EUR per 30 days", plan.Transfers[0].Why);
        Assert.Equal("after the weekend markup ends, inside the free allowance of 1,000 EUR per 30 days", plan.Transfers[2].Why); // 10 May is a Sunday.
        Assert.Equal("revolut", plan.BestNow!.Provider.Id);
        Assert.True(plan.IsProvenBest);
    }

    [Fact]
    public void The_same_amount_wished_is_paid_for_without_a_fee()
    {
        // 3,300 USD are 3,000 EUR; at once they cost 20 EUR more.
        var plan = Find(Plan(Receive("EUR/USD", 3300m, mid: 1.1m, Wednesday), "2026-06-09T12:00Z", Revolut));

        Assert.Equal(["03-11T12:00 revolut 1100", "04-10T12:00 revolut 1100", "05-10T22:00 revolut 1100"], Lines(plan, AmountSide.Receive));
        Assert.Equal((3000m, 3300m, 20m), (plan.Paid.Amount, plan.Received.Amount, plan.CertainSaving!.Value.Amount));
    }

    [Fact]
    public void What_is_not_free_goes_where_it_costs_least()
    {
        // Due in 59 days: two allowances. The other 1,000 EUR cost 6 EUR with Wise and 9.90 EUR with Revolut; all with Wise 18 EUR.
        var plan = Find(Plan(Send("EUR/USD", 3000m, mid: 1.1m, Wednesday), "2026-05-09T12:00Z", Revolut, Wise));

        Assert.Equal(["03-11T12:00 revolut 1000", "03-11T12:00 wise 1000", "04-10T12:00 revolut 1000"], Lines(plan, AmountSide.Send));
        Assert.Equal(("wise", 12m), (plan.BestNow!.Provider.Id, plan.CertainSaving!.Value.Amount));
        Assert.Equal("the cheapest for this part", plan.Transfers[1].Why);
    }

    [Fact]
    public void A_deadline_within_the_period_lets_one_allowance_in()
    {
        var plan = Find(Plan(Send("EUR/USD", 3000m, mid: 1.1m, Wednesday), "2026-04-10T11:59Z", Revolut, Wise));

        Assert.Equal(["03-11T12:00 revolut 1000", "03-11T12:00 wise 2000"], Lines(plan, AmountSide.Send));
        Assert.Equal(6m, plan.CertainSaving!.Value.Amount);
    }

    [Theory]
    [InlineData(2.99, 4)]
    [InlineData(3, 1)]
    public void A_further_transfer_is_made_only_where_it_saves_more_than_is_asked(double least, int transfers)
    {
        // Three allowances of 500 EUR fit, and each saves 3 EUR against Wise, which takes the rest.
        var small = Provider("small", RevolutStandard with { Allowance = new FeeAllowance(500m, 30, PercentAbove: 2m) });
        var question = Plan(Send("EUR/USD", 2000m, mid: 1.1m, Wednesday), "2026-05-20T12:00Z", small, Wise);

        Assert.Equal(transfers, Find(question with { LeastSavingPerTransfer = (decimal)least }).Transfers.Count);
    }

    [Theory]
    [InlineData("2026-03-07T12:00Z", "2026-03-08T22:00Z")] // Clocks go forward in New York on 8 March 2026: 18:00 is 22:00 UTC.
    [InlineData("2026-02-28T12:00Z", "2026-03-01T23:00Z")]
    [InlineData("2026-10-31T12:00Z", "2026-11-01T23:00Z")] // And back on 1 November.
    [InlineData("2026-10-30T21:00Z", "2026-11-01T23:00Z")] // Friday 17:00: the first instant of the weekend.
    public void On_a_weekend_one_waits_for_its_end(string now, string end)
    {
        var plan = Find(Plan(Send("EUR/USD", 800m, mid: 1.1m, now), At(now).AddDays(4), Revolut));

        var only = Assert.Single(plan.Transfers);
        Assert.Equal((At(end), "after the weekend markup ends, inside the free allowance of 1,000 EUR per 30 days"), (only.At, only.Why));
        Assert.Equal(8m, plan.CertainSaving!.Value.Amount);
    }

    [Fact]
    public void A_weekend_does_not_matter_where_another_provider_is_as_good()
    {
        var plan = Find(Plan(Send("EUR/USD", 800m, mid: 1.1m, Saturday), "2026-03-20T12:00Z", Revolut, Provider("free", Deducted("EUR", Flat(0m)))));

        Assert.Equal(["03-14T12:00 free 800"], Lines(plan, AmountSide.Send));
        Assert.Equal(0m, plan.CertainSaving!.Value.Amount);
        Assert.Equal("nothing before the deadline is cheaper", plan.Transfers[0].Why);
    }

    [Fact]
    public void An_allowance_may_be_worth_a_weekend_where_a_whole_period_would_be_lost()
    {
        // Due in 60 days: from Saturday on three orders fit, on day 0, 30 and 60; from Sunday evening on two. A weekend costs 1 %, no allowance 3 %.
        var dear = Provider("dear", RevolutStandard with { Allowance = new FeeAllowance(1000m, 30, PercentAbove: 3m) });
        var plan = Find(Plan(Send("EUR/USD", 3000m, mid: 1m, Saturday), "2026-05-13T12:00Z", dear));

        Assert.Equal(["03-14T12:00 dear 1000", "04-13T12:00 dear 1000", "05-13T12:00 dear 1000"], Lines(plan, AmountSide.Send));
        Assert.Equal(2990m, plan.Received.Amount);
    }

    [Fact]
    public void An_amount_above_a_maximum_goes_in_parts()
    {
        // 12 EUR and 1 % apiece, 49,500 EUR converted at the most; the bank takes anything at 2 %.
        var limited = Provider("limited", Deducted("EUR", Flat(12m, percent: 1m)) with { Limits = new AmountLimits(null, 49_500m) });
        var bank = Provider("bank", Deducted("EUR", Flat(0m, percent: 2m)));
        var plan = Find(Plan(Send("EUR/USD", 60_000m, mid: 1m, Wednesday), "2026-03-20T12:00Z", limited, bank));

        // 624 EUR in two parts instead of 1,200.
        Assert.Equal(2, plan.Transfers.Count);
        Assert.All(plan.Transfers, transfer => Assert.Equal("limited", transfer.Provider.Id));
        Assert.Equal((60_000m, 576m), (plan.Paid.Amount, plan.CertainSaving!.Value.Amount));
    }

    [Fact]
    public void Where_no_single_transfer_takes_the_amount_there_is_nothing_to_compare_with()
    {
        var limited = Provider("limited", Deducted("EUR", Flat(12m)) with { Limits = new AmountLimits(null, 10_000m) });

        var plan = Find(Plan(Send("EUR/USD", 30_000m, mid: 1m, Wednesday), "2026-03-20T12:00Z", limited));

        Assert.Equal(["10012.00", "10012.00", "9976.00"], plan.Transfers.Select(transfer => transfer.Cost.Paid.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal((null, (Money?)null), (plan.BestNow, plan.CertainSaving));
        Assert.Equal("the most that it takes at once, 10,000 EUR", plan.Transfers[0].Why);
        Assert.Null(PlanSearch.Find(Plan(Send("EUR/USD", 60_073m, mid: 1m, Wednesday), "2026-03-20T12:00Z", limited))); // Six transfers bring 60,072 EUR.
    }

    [Fact]
    public void A_part_is_as_large_as_a_waiver_asks()
    {
        // No fee from 5,000 USD on, 5 USD below, at 0.5 %; small sums cost 0.1 % up to 2,000 USD. 7,000 USD are 5,000 and 2,000.
        var waiver = Provider("waiver", OnTop("USD", new FeeTier(4999.99m, 5m, 0m), Flat(0m)) with { MarkupPercent = 0.5m });
        var small = Provider("small", OnTop("USD", Flat(0m, percent: 0.1m)) with { Limits = new AmountLimits(null, 2000m) });
        var plan = Find(Plan(Send("USD/EUR", 7002m, mid: 1m, Wednesday), "2026-03-20T12:00Z", waiver, small) with { MostTransfers = 2 });

        Assert.Equal(["03-11T12:00 small 2002", "03-11T12:00 waiver 5000"], Lines(plan, AmountSide.Send));
        Assert.Equal((6975m, 8.01m), (plan.Received.Amount, plan.CertainSaving!.Value.Amount)); // At once 7,002 × 0.995 = 6,966.99.
        Assert.Equal("at the fee for amounts from 5,000 USD", plan.Transfers[1].Why);
    }

    [Fact]
    public void Yen_are_planned_in_whole_yen()
    {
        // 120,000 JPY free per 30 days, 1 % above: 240,000 JPY at once are a fee of 1,188 JPY and 238,812 JPY or 1,552.27 USD; 7.73 USD less are 1,189.2 JPY.
        var yen = Provider("yen", RevolutStandard with { From = [Currency.Parse("JPY")], Allowance = new FeeAllowance(120_000m, 30, 1m) });
        var plan = Find(Plan(Send("JPY/USD", 240_000m, mid: 0.0065m, Wednesday), "2026-04-20T12:00Z", yen));

        Assert.Equal(["03-11T12:00 yen 120000", "04-10T12:00 yen 120000"], Lines(plan, AmountSide.Send));
        Assert.Equal((1560m, "1189"), (plan.Received.Amount, plan.CertainSaving!.Value.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("2026-03-19T12:00Z", "2026-03-28T12:00Z", 2)] // A Thursday's order is there by the end of Friday.
    [InlineData("2026-03-26T12:00Z", "2026-04-04T12:00Z", 1)] // Not where that is Good Friday:
    [InlineData("2026-03-26T12:00Z", "2026-04-07T21:59Z", 1)]
    [InlineData("2026-03-26T12:00Z", "2026-04-07T22:00Z", 2)] // it takes until the end of the Tuesday after Easter in Berlin.
    public void A_bank_holiday_moves_the_latest_safe_order(string now, string deadline, int transfers)
    {
        // Free per week, there on the next business day, orders until 15:00 in Berlin.
        var cutOff = new CutOff(new TimeOnly(15, 0), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var delivery = new DeliveryTime(TimeSpan.Zero, TimeSpan.FromDays(1), BusinessDays: true, cutOff);
        var weekly = Provider("weekly", RevolutStandard with { Allowance = new FeeAllowance(1000m, Days: 7, PercentAbove: 1m), Delivery = delivery });
        var plan = Find(Plan(Send("EUR/USD", 2000m, mid: 1m, now), deadline, weekly));

        Assert.Equal(transfers, plan.Transfers.Count);
        Assert.All(plan.Transfers, transfer => Assert.True(transfer.LatestSafe >= transfer.At));
    }

    [Fact]
    public void Where_the_delivery_time_is_unknown_there_is_only_now()
    {
        var unknown = Provider("revolut", RevolutStandard with { Delivery = null });

        var plan = Find(Plan(Send("EUR/USD", 2000m, mid: 1m, Saturday), "2026-06-20T12:00Z", unknown));

        Assert.Equal(["03-14T12:00 revolut 2000"], Lines(plan, AmountSide.Send));
        Assert.Null(plan.Transfers[0].LatestSafe);
    }

    [Fact]
    public void Who_may_be_late_is_passed_over_for_who_is_in_time()
    {
        var unknown = Provider("unknown", Deducted("EUR", Flat(0m)) with { Delivery = null });
        var late = Provider("late", Deducted("EUR", Flat(0m)) with { Delivery = new DeliveryTime(TimeSpan.Zero, TimeSpan.FromDays(9), BusinessDays: false) });
        FeeSchedule[] all = [unknown, late, Wise];

        string Chosen(params FeeSchedule[] providers) => Find(Plan(Send("EUR/USD", 1000m, mid: 1m, Wednesday), "2026-03-14T12:00Z", providers)).BestNow!.Provider.Id;

        Assert.Equal(("wise", "unknown", "late"), (Chosen(all), Chosen(unknown, late), Chosen(late)));
    }

    [Fact]
    public void Two_offers_of_a_provider_share_its_allowance()
    {
        var twice = Provider("twice", RevolutStandard, RevolutStandard with { Id = "other" });
        var two = Find(Plan(Send("EUR/USD", 2000m, mid: 1m, Wednesday), "2026-03-12T12:00Z", twice));

        Assert.Single(two.Transfers);
        Assert.Equal(0m, two.CertainSaving!.Value.Amount);
    }

    [Fact]
    public void Parts_within_one_allowance_are_made_where_one_transfer_takes_no_more()
    {
        // 1,000 EUR free per 30 days, 400 EUR a transfer: 1,000 EUR are 400, 400 and 200; at 0.6 % they would cost 6 EUR.
        var small = Provider("small", RevolutStandard with { Limits = new AmountLimits(null, 400m) });
        var plan = Find(Plan(Send("EUR/USD", 1000m, mid: 1m, Wednesday), "2026-03-12T12:00Z", small, Wise));

        Assert.Equal(3, plan.Transfers.Count);
        Assert.Equal((1000m, 6m), (plan.Received.Amount, plan.CertainSaving!.Value.Amount));
        Assert.Equal("inside what is left of the free allowance of 1,000 EUR per 30 days, the most that it takes at once, 400 EUR", plan.Transfers[1].Why);
    }

    [Fact]
    public void What_is_unknown_is_never_used()
    {
        var free = Deducted("EUR", Flat(0m));
        var secret = Provider("secret", free with { MarkupPercent = null }, free with { Id = "hidden", FeeTiers = [] });

        Assert.Null(PlanSearch.Find(Plan(Send("EUR/USD", 1000m, mid: 1m, Wednesday), "2026-04-20T12:00Z", secret)));
        Assert.Equal("wise", Find(Plan(Send("EUR/USD", 1000m, mid: 1m, Wednesday), "2026-04-20T12:00Z", secret, Wise)).Transfers.Single().Provider.Id);
    }

    [Fact]
    public void Equal_plans_end_early()
    {
        // Two allowances now are as good as one now and one in a month.
        var plan = Find(Plan(Send("EUR/USD", 3000m, mid: 1m, Wednesday), "2026-06-09T12:00Z", Revolut, Provider("twin", RevolutStandard)));

        Assert.Equal(["03-11T12:00 revolut 1000", "03-11T12:00 twin 1000", "04-10T12:00 revolut 1000"], Lines(plan, AmountSide.Send));
    }

    [Theory]
    [InlineData("USD/LBP", AmountSide.Send, 1_000_000_000_000, 89_500)]
    [InlineData("LBP/USD", AmountSide.Receive, 1_000_000_000_000, 0.0000111732)]
    [InlineData("EUR/USD", AmountSide.Send, 0.01, 1.1)]
    [InlineData("EUR/USD", AmountSide.Receive, 0.01, 1.1)]
    [InlineData("JPY/KWD", AmountSide.Receive, 0.001, 0.0021)]
    public void The_largest_and_the_smallest_amounts_have_a_plan(string pair, AmountSide side, decimal amount, decimal mid)
    {
        var free = Provider("free", RevolutStandard with { From = [Currency.Parse(pair[..3])] }, RevolutStandard with { Id = "usual", From = [Currency.Parse(pair[..3])], Allowance = null, MarkupPercent = 1.2m });

        Assert.True(Find(Plan(Ask(pair, side, amount, mid, Saturday), "2026-06-12T12:00Z", free)).IsProvenBest);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 0)]
    [InlineData(6, -1)]
    public void A_question_that_makes_no_sense_is_a_bug_of_the_caller(int most, int least) =>
        Assert.Throws<ArgumentException>(() => PlanSearch.Find(
            Plan(Send("EUR/USD", 1000m, mid: 1m, Wednesday), "2026-04-20T12:00Z", Wise) with { MostTransfers = most, LeastSavingPerTransfer = least }));
}
