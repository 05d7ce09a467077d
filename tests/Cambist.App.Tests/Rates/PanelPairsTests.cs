using Cambist.App.Rates;
using Cambist.App.Tests.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using CsCheck;
using Xunit;

namespace Cambist.App.Tests.Rates;

/// <summary>Whatever a service tells its rates against, the same pairs are compared.</summary>
public sealed class PanelPairsTests
{
    private static readonly DateTimeOffset Now = AskingHouse.Midnight;
    private static readonly Dictionary<string, double> PerDollar = new()
    {
        ["USD"] = 1, ["EUR"] = 0.92, ["GBP"] = 0.77, ["JPY"] = 151.3, ["CHF"] = 0.88, ["AUD"] = 1.52, ["CAD"] = 1.38, ["NZD"] = 1.71, ["SEK"] = 10.4, ["KRW"] = 1432, ["KWD"] = 0.306,
    };

    private readonly PanelPairs _panels = new(RatesOptions.Default);

    [Fact]
    public void Answers_against_the_euro_against_the_dollar_and_in_pairs_lead_to_the_same_pairs() =>
        Gen.Double[0.5, 2].Array[PerDollar.Count].Sample(moves =>
        {
            var levels = PerDollar.Zip(moves, (currency, move) => (currency.Key, Level: currency.Value * (currency.Key == "USD" ? 1 : move))).ToDictionary(one => one.Key, one => one.Level);
            var byEuro = _panels.Of([.. levels.Keys.Where(code => code != "EUR").Select(code => Mid("EUR", code, levels[code] / levels["EUR"]))]);
            var byDollar = _panels.Of([.. levels.Keys.Where(code => code != "USD").Select(code => Mid("USD", code, levels[code]))]);
            var inPairs = _panels.Of(
            [
                .. _panels.All.Where(pair => levels.ContainsKey(pair.Base.Code) && levels.ContainsKey(pair.Quote.Code))
                    .Select(pair => Mid(pair.Base.Code, pair.Quote.Code, levels[pair.Quote.Code] / levels[pair.Base.Code])),
            ]);

            foreach (var rates in new[] { byEuro, byDollar, inPairs })
            {
                Assert.Equal(inPairs.Select(rate => rate.Pair).ToHashSet(), rates.Select(rate => rate.Pair).ToHashSet());
                // Eight significant digits, whichever way they came.
                Assert.All(rates, rate => Assert.InRange((double)rate.Mid / (levels[rate.Pair.Quote.Code] / levels[rate.Pair.Base.Code]) - 1, -5e-9, 5e-9));
            }
        }, iter: 200);

    [Fact]
    public void Whatever_nonsense_is_told_nothing_is_thrown_and_no_nonsense_becomes_a_sound_cross()
    {
        var price = Gen.OneOf(Gen.Const(0m), Gen.Const(-1.08m), Gen.Const(1e9m), Gen.Const(1e-9m), Gen.Const(-1e9m), Gen.Decimal[0.5m, 200m]);
        var codes = PerDollar.Keys.ToArray();
        var told = Gen.Select(Gen.Int[0, codes.Length - 1], Gen.Int[1, codes.Length - 1], price, price, (from, step, bid, ask) =>
            new ReportedRate(AskingHouse.Profile(), new CurrencyPair(Currency.Parse(codes[from]), Currency.Parse(codes[(from + step) % codes.Length])), bid, ask, true, Now, Now));
        told.Array[1, 12].Sample(
            rates =>
            {
                var kept = _panels.Of(rates);
                Assert.Equal(kept.Count, kept.Select(rate => rate.Pair).Distinct().Count());
                if (!rates.Any(IsSound))
                {
                    Assert.DoesNotContain(kept, IsSound);
                }
            },
            iter: 2000);
    }

    [Fact]
    public void A_faulty_leg_costs_a_pair_no_good_path()
    {
        // EUR/GBP over the dollar is good; over the yen it would be crossed, and would look narrower than any market.
        var kept = _panels.Of([Two("EUR", "USD", 1.0845m, 1.0847m), Two("GBP", "USD", 1.29m, 1.2902m), Two("EUR", "JPY", 170m, 160m), Two("GBP", "JPY", 194m, 195m)]);

        var cross = kept.Single(rate => rate.Pair == CurrencyPair.Parse("EUR/GBP"));
        Assert.True(IsSound(cross));
        Assert.Equal(0.8407m, decimal.Round(cross.Mid, 4));
        Assert.Equal((170m, 160m), kept.Where(rate => rate.Pair == CurrencyPair.Parse("EUR/JPY")).Select(rate => (rate.Bid, rate.Ask)).Single());
    }

    [Fact]
    public void Two_negative_prices_make_no_positive_one() => Assert.DoesNotContain(_panels.Of([Two("EUR", "USD", -1.08m, -1.07m), Two("USD", "JPY", -150m, -149m)]), IsSound);

    private static bool IsSound(ReportedRate rate) => rate.Bid > 0m && rate.Ask >= rate.Bid;

    private static ReportedRate Mid(string from, string to, double mid) => Two(from, to, (decimal)mid, (decimal)mid) with { SpreadKnown = false };

    private static ReportedRate Two(string from, string to, decimal bid, decimal ask) =>
        new(AskingHouse.Profile(), new CurrencyPair(Currency.Parse(from), Currency.Parse(to)), bid, ask, true, Now, Now);
}
