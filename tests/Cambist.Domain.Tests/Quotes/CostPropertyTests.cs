using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;
using CsCheck;
using Xunit;
using static Cambist.Domain.Tests.Quotes.Offers;

namespace Cambist.Domain.Tests.Quotes;

public sealed class CostPropertyTests
{
    [Fact]
    public void The_total_found_for_a_wished_amount_brings_it_and_a_minor_unit_less_does_not() =>
        Gen.Select(AnyOffer, Markets, Amounts, Gen.Int[0, 2_000]).Sample((priced, market, units, taken) =>
        {
            var offer = taken < 500 ? priced : priced with { Correspondents = new CorrespondentFees(taken / 100m, null) };
            var wished = Question(market, AmountSide.Receive, units);
            var found = Cost(Serving(offer, wished), wished);
            decimal Brings(decimal total) => Received(Serving(offer, wished), wished with { Side = AmountSide.Send, Amount = found.Paid with { Amount = total } });

            return found.Received.Amount >= wished.Amount.Amount
                && Brings(found.Paid.Amount) >= wished.Amount.Amount
                && Brings(found.Paid.Amount - found.Paid.Currency.SmallestAmount) < wished.Amount.Amount;
        });

    [Fact]
    public void What_is_paid_is_what_is_converted_and_the_fees() =>
        Gen.Select(AnyOffer, Markets, Amounts, Gen.Enum<AmountSide>()).Sample((offer, market, units, side) =>
        {
            var question = Question(market, side, units);
            return CostCalculator.Price(Serving(offer, question), question) is not OfferPrice.Priced { Cost: var cost }
                || Math.Abs(cost.Paid.Amount - Fees(cost) - cost.Received.Amount / cost.ExchangeRate) <= SendUnit(cost) + ReceiveUnit(cost) / cost.ExchangeRate;
        });

    [Fact]
    public void The_total_cost_is_the_spread_and_the_fees() =>
        Gen.Select(AnyOffer, Markets, Amounts, Gen.Enum<AmountSide>()).Sample((offer, market, units, side) =>
        {
            // Spread and total are rounded to the minor unit of what is sent, and what arrives loses up to a minor unit of its own.
            var question = Question(market, side, units);
            return CostCalculator.Price(Serving(offer, question), question) is not OfferPrice.Priced { Cost: var cost }
                || Math.Abs(cost.TotalCost.Amount - cost.SpreadCost.Amount - Fees(cost)) <= SendUnit(cost) + ReceiveUnit(cost) / cost.MidRate;
        });

    [Fact]
    public void No_larger_amount_and_its_fee_on_top_fit_into_a_total() =>
        Gen.Select(AnyOffer, Gen.Int[1, 1500]).Sample(
            (offer, units) =>
            {
                // A deducted fee is a function of the total as one on top is of the amount: it tells what each amount would cost.
                var question = Send("USD/EUR", units * 0.01m, mid: 1m);
                var converted = Received(Serving(offer, question) with { FeeMode = FeeMode.OnTop, MarkupPercent = 0m }, question);
                var deducted = Serving(offer, question) with { FeeMode = FeeMode.Deducted, MarkupPercent = 0m };
                return Enumerable.Range(1, units).Select(amount => amount * 0.01m).Where(amount => amount > converted).All(amount =>
                    CostCalculator.Price(deducted, Send("USD/EUR", amount, mid: 1m)) is not OfferPrice.Priced { Cost: var cost }
                    || amount + Fees(cost) > question.Amount.Amount);
            },
            iter: 300);

    [Fact]
    public void More_money_never_brings_less_where_no_fee_jumps_up() =>
        Gen.Select(AnyOffer, Markets, Amounts, Amounts).Sample((offer, market, units, more) =>
        {
            var oneTier = offer with { FeeTiers = [offer.FeeTiers[0] with { UpTo = null }] };
            var question = Question(market, AmountSide.Send, units);
            var richer = Question(market, AmountSide.Send, units + more);
            return Received(Serving(oneTier, question), question) <= Received(Serving(oneTier, richer), richer);
        });

    private static decimal Received(FeeOffer offer, PriceQuestion question) =>
        CostCalculator.Price(offer, question) is OfferPrice.Priced priced ? priced.Cost.Received.Amount : 0m;

    private static decimal Fees(CostBreakdown cost) => cost.FixedFee.Amount + cost.VariableFee.Amount;

    private static decimal SendUnit(CostBreakdown cost) => cost.Paid.Currency.SmallestAmount;

    private static decimal ReceiveUnit(CostBreakdown cost) => cost.Received.Currency.SmallestAmount;

    private static PriceQuestion Question((string Pair, decimal Mid) market, AmountSide side, int units)
    {
        var pair = CurrencyPair.Parse(market.Pair);
        return Ask(market.Pair, side, units * (side == AmountSide.Send ? pair.Base : pair.Quote).SmallestAmount, market.Mid);
    }

    private static FeeOffer Serving(FeeOffer offer, PriceQuestion question) => offer with { From = [question.Pair.Base] };

    private static Gen<int> Amounts => Gen.OneOf(Gen.Int[1, 5_000], Gen.Int[1, 100_000_000]);

    // Rates as quoted and turned round, the latter with 28 digits.
    private static Gen<(string Pair, decimal Mid)> Markets =>
        Gen.Select(Gen.OneOf(("USD/EUR", 0.92m), ("GBP/USD", 1.27m), ("USD/JPY", 150m), ("JPY/KWD", 0.0021m), ("KWD/INR", 271m), ("EUR/CLF", 0.026m)), Gen.Int[5_000, 20_000], Gen.Bool)
            .Select((market, scale, turned) => (market.Item1, turned ? 1m / (1m / (market.Item2 * scale / 10_000m)) : market.Item2 * scale / 10_000m));

    private static Gen<FeeTier> Tiers => Gen.Select(Gen.Int[0, 900], Gen.Int[0, 300], Gen.Int[0, 500], Gen.Int[0, 3_000], Gen.Bool)
        .Select((fixedCents, percent, minimum, maximum, capped) =>
            new FeeTier(null, fixedCents / 100m, percent / 100m, minimum / 100m, capped ? (minimum + maximum) / 100m : null));

    // Bounds from a few minor units to thousands of units, some of them between two minor units.
    private static Gen<FeeOffer> AnyOffer =>
        Gen.Select(Gen.Enum<FeeMode>(), Tiers.Array[1, 3], Gen.OneOf(Gen.Int[1, 15_000], Gen.Int[1, 50_000_000]), Gen.Int[-300, 500], Gen.Int[0, 150], Gen.Int[0, 1_000_000])
            .Select((mode, tiers, bound, markup, percentAbove, allowance) => Offer(
                mode,
                "USD",
                [.. tiers.Select((tier, i) => tier with { UpTo = i < tiers.Length - 1 ? (i + 1) * bound / 1_000m : null })]) with
            {
                MarkupPercent = markup / 100m,
                Allowance = percentAbove < 50 ? null : new FeeAllowance(allowance / 100m, Days: 30, percentAbove / 100m),
            });
}
