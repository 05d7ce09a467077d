using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using CsCheck;
using Xunit;

namespace Cambist.Domain.Tests.Rates;

public sealed class CrossRatesTests
{
    private static readonly CurrencyPair EurJpy = CurrencyPair.Parse("EUR/JPY");
    private static readonly Currency[] Hubs = [Currency.Parse("USD"), Currency.Parse("GBP"), Currency.Parse("CHF")];

    [Fact]
    public void The_direct_rate_goes_before_a_tighter_cross()
    {
        var found = CrossRates.Find(EurJpy, Quoted(("EUR/JPY", 160m, 170m), ("EUR/USD", 1.1m, 1.1m), ("USD/JPY", 150m, 150m)), Hubs);

        Assert.Equal((160m, 170m), (found!.Bid, found.Ask));
    }

    [Fact]
    public void The_inverse_goes_before_a_cross()
    {
        var found = CrossRates.Find(EurJpy, Quoted(("JPY/EUR", 0.005m, 0.00625m), ("EUR/USD", 1.1m, 1.1m), ("USD/JPY", 150m, 150m)), Hubs);

        Assert.Equal((EurJpy, 160m, 200m), (found!.Pair, found.Bid, found.Ask));
    }

    [Fact]
    public void A_cross_goes_over_a_hub_with_either_leg_turned_round()
    {
        var found = CrossRates.Find(EurJpy, Quoted(("USD/EUR", 0.8m, 1m), ("USD/JPY", 150m, 152m)), Hubs);

        // EUR/USD is 1/1 to 1/0.8, so EUR/JPY is 1 × 150 to 1.25 × 152.
        Assert.Equal((EurJpy, 150m, 190m), (found!.Pair, found.Bid, found.Ask));
    }

    [Fact]
    public void Of_two_hubs_the_tighter_one_wins_over_the_preferred_one()
    {
        var found = CrossRates.Find(
            EurJpy, Quoted(("EUR/USD", 1.09m, 1.11m), ("USD/JPY", 150m, 150m), ("EUR/GBP", 0.85m, 0.8501m), ("GBP/JPY", 190m, 190m)), Hubs);

        Assert.Equal(0.85m * 190m, found!.Bid);
    }

    [Fact]
    public void Of_hubs_as_tight_the_preferred_one_wins()
    {
        var quoted = Quoted(("EUR/USD", 1.1m, 1.1m), ("USD/JPY", 150m, 150m), ("EUR/GBP", 0.85m, 0.85m), ("GBP/JPY", 190m, 190m));

        Assert.Equal(165m, CrossRates.Find(EurJpy, quoted, Hubs)!.Mid);
        Assert.Equal(161.5m, CrossRates.Find(EurJpy, quoted, [.. Hubs.Reverse()])!.Mid);
    }

    [Fact]
    public void One_hub_goes_before_two_however_tight_they_are()
    {
        var found = CrossRates.Find(
            EurJpy, Quoted(("EUR/USD", 1m, 1.2m), ("USD/JPY", 150m, 150m), ("EUR/GBP", 0.85m, 0.85m), ("GBP/CHF", 1.1m, 1.1m), ("CHF/JPY", 170m, 170m)), Hubs);

        Assert.Equal(150m, found!.Bid);
    }

    [Fact]
    public void Two_hubs_are_gone_over_in_either_order_where_one_does_not_lead_there()
    {
        var found = CrossRates.Find(EurJpy, Quoted(("EUR/CHF", 0.9m, 0.9m), ("USD/CHF", 0.8m, 0.8m), ("USD/JPY", 150m, 152m)), Hubs);

        Assert.Equal((EurJpy, 0.9m * 1.25m * 150m, 0.9m * 1.25m * 152m), (found!.Pair, found.Bid, found.Ask));
    }

    [Fact]
    public void Where_no_path_leads_there_is_no_rate()
    {
        Assert.Null(CrossRates.Find<TwoSidedRate>(EurJpy, _ => null, Hubs));
        Assert.Null(CrossRates.Find(EurJpy, Quoted(("EUR/USD", 1.1m, 1.1m)), Hubs));
        Assert.Null(CrossRates.Find(EurJpy, Quoted(("EUR/USD", 1.1m, 1.1m), ("USD/JPY", 150m, 150m)), []));
    }

    [Fact]
    public void A_hub_that_is_a_side_of_the_pair_is_passed_over()
    {
        var found = CrossRates.Find(EurJpy, Quoted(("EUR/USD", 1.1m, 1.1m), ("USD/JPY", 150m, 150m)), [EurJpy.Base, EurJpy.Quote, Hubs[0]]);

        Assert.Equal(165m, found!.Mid);
    }

    [Fact]
    public void Crosses_of_a_consistent_market_agree_with_its_direct_rates()
    {
        // Each currency has a value; every mid rate is the ratio of two values, and only some rates are quoted.
        var currencies = new[] { "EUR", "JPY", "USD", "GBP", "CHF" };
        var values = Gen.Double[0.001, 1000].Select(value => Math.Round((decimal)value, 8)).Array[currencies.Length];
        var isQuoted = Gen.Bool.Array[currencies.Length * currencies.Length];

        Gen.Select(values, isQuoted).Sample((value, quotedAt) =>
        {
            int At(Currency currency) => Array.IndexOf(currencies, currency.Code);
            decimal Ratio(CurrencyPair pair) => value[At(pair.Base)] / value[At(pair.Quote)];
            TwoSidedRate? Direct(CurrencyPair pair) =>
                quotedAt[At(pair.Base) * currencies.Length + At(pair.Quote)] ? TwoSidedRate.AtMid(pair, Ratio(pair)) : null;

            var found = CrossRates.Find(EurJpy, Direct, Hubs);
            var reverse = CrossRates.Find(EurJpy.Inverse, Direct, Hubs);
            return found is null
                ? reverse is null
                : Math.Abs(found.Mid / Ratio(EurJpy) - 1m) < 1e-15m && Math.Abs(found.Mid * reverse!.Mid - 1m) < 1e-15m;
        });
    }

    private static Func<CurrencyPair, TwoSidedRate?> Quoted(params (string Pair, decimal Bid, decimal Ask)[] rates)
    {
        var quoted = rates.ToDictionary(rate => CurrencyPair.Parse(rate.Pair), rate => new TwoSidedRate(CurrencyPair.Parse(rate.Pair), rate.Bid, rate.Ask));
        return quoted.GetValueOrDefault;
    }
}
