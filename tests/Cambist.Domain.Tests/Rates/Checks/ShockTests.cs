using Cambist.Domain.Rates;
using Xunit;

namespace Cambist.Domain.Tests.Rates.Checks;

/// <summary>Markets do jump: what two sources confirm is taken within a cycle, what one alone tells is not.</summary>
public sealed class ShockTests
{
    [Fact]
    public void A_jump_told_by_one_source_is_held_back_while_another_contradicts_it()
    {
        var market = Calm(Market.A, Market.B);
        market.Later(30);

        Assert.Equal("jump", market.Says(Market.A, 0.83m));
        Assert.Null(market.Says(Market.B, 1.0201m));
        Assert.Equal(1.0201m, market.Mid);
    }

    [Fact]
    public void The_second_of_two_sources_confirms_the_first_at_once()
    {
        var market = Calm(Market.A, Market.B);
        market.Later(30).Says(Market.A, 0.83m);

        var judged = market.Later(1).Together(market.Mids(Market.B, 0.831m));

        Assert.Equal(["a", "b"], judged.Where(one => one.Verdict == Domain.Rates.Checks.Verdict.Accepted).Select(one => one.Report.Source.Id).Order());
        Assert.Equal(0.8305m, market.Mid);
    }

    [Fact]
    public void Two_confirm_it_at_once_although_a_third_last_told_the_old_level_long_ago()
    {
        var market = Calm(Market.A, Market.B, Market.Hourly);
        market.Later(30).Says(Market.A, 0.83m);

        Assert.Null(market.Says(Market.B, 0.831m));
        Assert.Equal("a,b", market.Rate!.Source);
    }

    [Fact]
    public void Two_of_five_confirm_it_by_the_end_of_the_cycle_where_the_others_fall_silent()
    {
        var market = Calm(Market.A, Market.B, Market.C, Market.D, Market.Live("e"));
        market.Later(30).Says(Market.A, 0.83m);
        Assert.Equal("disagrees", market.Says(Market.B, 0.831m));
        market.Later(30);

        Assert.Null(market.Says(Market.A, 0.832m));
        Assert.Equal(0.8315m, market.Mid);
    }

    [Fact]
    public void Two_liars_of_five_never_move_the_rate()
    {
        var others = new[] { Market.C, Market.D, Market.Live("e") };
        var market = Calm([Market.A, Market.B, .. others]);
        for (var cycle = 0; cycle < 100; cycle++)
        {
            market.Later(20);
            Assert.NotNull(market.Says(Market.A, 0.83m));
            Assert.NotNull(market.Says(Market.B, 0.83m));
            Assert.All(others, honest => Assert.Null(market.Says(honest, 1.02m + cycle * 0.00001m)));
            Assert.InRange(market.Mid, 1.0199m, 1.022m);
            market.Later(10);
        }
    }

    [Fact]
    public void A_jump_over_parity_is_followed_where_two_sources_tell_it_though_it_looks_turned_round()
    {
        // EUR/CHF on 2015-01-15: from 1.20 to about 0.85, and 1 / 1.20 is 0.833.
        var market = new Market("EUR/CHF");
        market.Together(market.Mids(Market.A, 1.2010m), market.Mids(Market.B, 1.2010m));
        market.Later(30);

        Assert.Equal("inverted", market.Says(Market.A, 0.836m));
        Assert.Null(market.Later(1).Says(Market.B, 0.8365m));
        Assert.InRange(market.Mid, 0.836m, 0.8365m);
    }

    [Fact]
    public void Two_liars_who_speak_first_of_many_that_arrive_together_do_not_move_the_rate()
    {
        var market = Calm(Market.A, Market.B, Market.C, Market.D, Market.Live("e"));
        market.Later(3600);

        market.Together(
            market.Mids(Market.A, 0.99m), market.Mids(Market.B, 0.99m), market.Mids(Market.C, 1.0202m), market.Mids(Market.D, 1.0203m), market.Mids(Market.Live("e"), 1.0204m));

        Assert.Equal((1.0203m, "c,d,e"), (market.Mid, market.Rate!.Source));
    }

    [Fact]
    public void A_source_that_is_alone_is_followed_after_half_an_hour()
    {
        var market = Calm(Market.A);
        var seconds = 0;
        while (market.Later(30).Says(Market.A, 0.83m + seconds * 0.0000001m) is not null)
        {
            seconds += 30;
            Assert.True(seconds <= 1800);
        }

        Assert.InRange(seconds, 1770, 1800);
        Assert.InRange(market.Mid, 0.83m, 0.831m);
    }

    [Fact]
    public void Sources_of_one_origin_do_not_confirm_each_other()
    {
        var copy = Market.Live("copy") with { Origin = "a" };
        var market = Calm(Market.A, copy, Market.B);
        market.Later(30).Says(Market.A, 0.83m);

        Assert.NotNull(market.Says(copy, 0.83m));
        Assert.Equal(1.02m, market.Mid);
    }

    [Fact]
    public void The_old_level_is_a_fault_after_the_move()
    {
        var market = Calm(Market.A, Market.B, Market.C);
        market.Later(30).Says(Market.A, 0.83m);
        market.Says(Market.B, 0.831m);
        market.Later(5);

        Assert.NotNull(market.Says(Market.C, 1.02m));
        Assert.InRange(market.Mid, 0.829m, 0.832m);
    }

    [Fact]
    public void A_daily_reference_rate_neither_moves_nor_dates_a_live_rate()
    {
        var market = Calm(Market.A, Market.B);

        Assert.Null(market.Says(Market.Bank, 1.0150m, Market.Noon.AddHours(-20)));
        Assert.Equal(1.02m, market.Mid);
        Assert.Equal(RateKind.Live, market.Rate!.Kind);
        Assert.Equal("jump", market.Says(Market.Live("x") with { Kind = RateKind.Reference }, 1.30m, Market.Noon.AddHours(-20)));
    }

    [Fact]
    public void A_reference_rate_stands_in_where_no_live_source_is_fresh()
    {
        var market = Calm(Market.A);
        market.Later(3600);

        Assert.Null(market.Says(Market.Bank, 1.0210m, market.Now.AddMinutes(-10)));
        Assert.Equal((1.0210m, RateKind.Reference, "bank"), (market.Mid, market.Rate!.Kind, market.Rate.Source));
        Assert.Null(market.Later(5).Says(Market.A, 1.0215m));
        Assert.Equal((1.0215m, RateKind.Live), (market.Mid, market.Rate!.Kind));
    }

    private static Market Calm(params SourceProfile[] sources)
    {
        var market = new Market("USD/CHF");
        market.Together([.. sources.Select(source => market.Mids(source, 1.02m))]);
        return market;
    }
}
