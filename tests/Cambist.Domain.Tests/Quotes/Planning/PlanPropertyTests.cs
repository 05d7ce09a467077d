using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;
using Cambist.Domain.Quotes.Planning;
using CsCheck;
using Xunit;
using static Cambist.Domain.Tests.Quotes.Offers;

namespace Cambist.Domain.Tests.Quotes.Planning;

public sealed class PlanPropertyTests
{
    private static readonly DateTimeOffset Start = At("2026-03-11T12:00Z");

    // Rounding gives and takes up to a minor unit on either side of each transfer, of the plan and of its rival.
    private static decimal Tolerance(PriceQuestion question, int transfers) =>
        2m * transfers * (question.Pair.Base.SmallestAmount + question.Pair.Quote.SmallestAmount / question.Mid);

    [Fact]
    public void No_split_over_a_grid_of_amounts_and_instants_is_cheaper() =>
        Questions(most: 3, providers: 3).Sample(
            question =>
            {
                var plan = PlanSearch.Find(question);
                var rival = Rival.Cheapest(question, grid: 12);
                if (rival is null)
                {
                    return true;
                }

                Assert.True(plan is not null, $"{rival}{Describe(question)}");
                Assert.True(plan.IsProvenBest);
                var price = question.Price;
                var cost = PricedSplit.CostOf(plan.Paid, plan.Received, price) + PlanSearch.LeastSaving(question) * (plan.Transfers.Count - 1);
                Assert.True(
                    cost <= rival.Value.Cost + Tolerance(price, question.MostTransfers),
                    $"{price.Side} {price.Amount}: {cost} for {string.Join("; ", Plans.Lines(plan, price.Side))}, but {rival}{Describe(question)}");
                return true;
            },
            iter: 250);

    [Fact]
    public void A_plan_is_never_dearer_than_the_best_conversion_now() =>
        Questions(most: 6, providers: 4).Sample(question =>
        {
            if (PlanSearch.Find(question) is not { BestNow: { Cost: var now } } plan)
            {
                return true;
            }

            var saved = PricedSplit.CostOf(now!.Paid, now.Received, question.Price) - PricedSplit.CostOf(plan.Paid, plan.Received, question.Price);
            var saving = plan.CertainSaving!.Value.Amount;
            return saving >= 0m && saved >= saving && (plan.Transfers.Count == 1 || saved > (plan.Transfers.Count - 1) * PlanSearch.LeastSaving(question));
        });

    [Fact]
    public void The_parts_are_the_whole_and_in_time() =>
        Questions(most: 6, providers: 4).Sample(question =>
        {
            if (PlanSearch.Find(question) is not { } plan)
            {
                return true;
            }

            var price = question.Price;
            var inTime = plan.BestNow?.LatestSafe < price.At || plan.Transfers.All(transfer => transfer.At >= price.At && transfer.At <= transfer.LatestSafe);
            return inTime
                && plan.Paid.Amount == plan.Transfers.Sum(transfer => transfer.Cost.Paid.Amount)
                && plan.Received.Amount == plan.Transfers.Sum(transfer => transfer.Cost.Received.Amount)
                && (price.Side == AmountSide.Receive ? plan.Received.Amount >= price.Amount.Amount
                    : plan.Paid.Amount <= price.Amount.Amount && (plan.Transfers.Count == 1 || plan.Paid.Amount >= price.Amount.Amount - price.Pair.Base.SmallestAmount));
        });

    [Fact]
    public void No_rolling_period_holds_more_than_is_free_of_what_is_called_free() =>
        Questions(most: 6, providers: 4).Sample(question =>
        {
            var transfers = PlanSearch.Find(question)?.Transfers ?? [];
            return transfers.All(last => last.Offer.Allowance is not { } allowance || FreeIn(transfers, last) <= allowance.Amount + transfers.Count * Unit(question));
        });

    // What was not charged for within the period that ends with a transfer, from the charge itself.
    private static decimal FreeIn(IReadOnlyList<PlannedTransfer> transfers, PlannedTransfer last) => transfers
        .Where(transfer => transfer.Provider == last.Provider && transfer.At <= last.At && last.At - transfer.At < TimeSpan.FromDays(last.Offer.Allowance!.Days))
        .Sum(transfer =>
        {
            var basis = Plans.BasisOf(transfer.Offer, transfer.Cost);
            var tier = transfer.Offer.FeeTiers.First(tier => tier.UpTo is null || basis <= tier.UpTo);
            var usual = Math.Max(tier.Minimum, Math.Min(tier.Maximum ?? decimal.MaxValue, basis * tier.Percent / 100m));
            var charged = (transfer.Cost.VariableFee.Amount - usual) / transfer.Offer.Allowance!.PercentAbove * 100m;
            return Math.Max(0m, basis - charged);
        });

    // The charge is rounded to a minor unit, at 0.1 % that is what a thousand minor units cost.
    private static decimal Unit(PlanQuestion question) => 1_000m * question.Price.Pair.Base.SmallestAmount;

    private static string Describe(PlanQuestion question) => string.Concat(question.Providers.Providers.SelectMany(provider => provider.Offers.Select(offer =>
        $"\n{provider.Id}: {offer.FeeMode} {string.Join(" | ", offer.FeeTiers)} markup {offer.MarkupPercent} windows {offer.MarkupWindows.Count} {offer.Allowance} {offer.Limits} {offer.Correspondents?.Least} {offer.Delivery!.Slowest}")));

    internal static Gen<PlanQuestion> Questions(int most, int providers) =>
        Gen.Select(Gen.Enum<AmountSide>(), Gen.Int[1, 60], Gen.Int[0, 7 * 24], Gen.Int[0, 90 * 24], Gen.OneOf(0.92m, 0.5m, 1.7m), Offer.Array[1, providers], Gen.Int[0, 3])
            .Select((side, hundreds, startHours, hours, mid, offers, shared) =>
            {
                var price = Ask("USD/EUR", side, hundreds * 100m, mid) with { At = Start.AddHours(startHours) };
                var schedules = offers.Select((offer, i) => Provider($"p{i}", offer)).ToArray();
                if (shared == 0 && offers.Length > 1)
                {
                    // Two offers of one provider with the same allowance.
                    schedules = [Provider("both", offers[0] with { Id = "a" }, offers[1] with { Id = "b", Allowance = offers[0].Allowance }), .. schedules[2..]];
                }

                return Plans.Plan(price, price.At.AddHours(hours), schedules) with { MostTransfers = most };
            });

    private static Gen<FeeTier> Tier => Gen.Select(Gen.Int[0, 3], Gen.Int[0, 300], Gen.OneOf(Gen.Const(0), Gen.Int[0, 300]), Gen.Int[0, 3000], Gen.Int[0, 2])
        .Select((fixedFee, percent, minimum, maximum, capped) =>
            new FeeTier(null, fixedFee, percent / 100m, minimum / 100m, capped == 0 ? (minimum + maximum) / 100m : null));

    private static Gen<FeeOffer> Offer =>
        Gen.Select(
            Gen.Select(Gen.Enum<FeeMode>(), Tier.Array[1, 3], Gen.Int[1, 40], Gen.Int[0, 150]),
            Gen.Select(Gen.Int[0, 2], Gen.Int[1, 25], Gen.Int[1, 40], Gen.Int[10, 200]),
            Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[1, 40], Gen.Int[0, 30], Gen.Int[0, 72]))
        .Select((fee, allowance, rest) =>
        {
            var (mode, tiers, bound, markup) = fee;
            var (hasAllowance, free, days, percentAbove) = allowance;
            var (weekend, limits, limit, onTheWay, deliveryHours) = rest;
            return Offers.Offer(mode, "USD", [.. tiers.Select((tier, i) => tier with { UpTo = i < tiers.Length - 1 ? (i + 1) * bound * 100m : null })]) with
            {
                MarkupPercent = markup / 100m,
                Allowance = hasAllowance == 0 ? new FeeAllowance(free * 100m, days, percentAbove / 100m) : null,
                MarkupWindows = weekend == 0 ? [Weekend] : [],
                Limits = new AmountLimits(limits == 1 ? limit * 50m : null, limits == 2 ? limit * 100m : null),
                Correspondents = onTheWay > 25 ? new CorrespondentFees(onTheWay, null) : null,
                Delivery = new DeliveryTime(TimeSpan.Zero, TimeSpan.FromHours(deliveryHours), BusinessDays: false),
            };
        });
}

/// <summary>Tries every split over a coarse grid of amounts and instants, each priced by the calculator with what is left of an allowance: slow, simple, and another way.</summary>
internal static class Rival
{
    public static (decimal Cost, string Parts)? Cheapest(PlanQuestion question, int grid)
    {
        var price = question.Price;
        (decimal, string)? best = null;
        var ways = new List<(FeeSchedule Provider, FeeOffer Offer, DateTimeOffset At)>();
        foreach (var provider in question.Providers.Providers)
        {
            foreach (var offer in provider.Offers)
            {
                var last = LatestSafeOrder.Before(question.Deadline, offer.Delivery!, question.Calendar);
                for (var at = price.At; at <= last; at = at.AddDays(offer.Allowance is null && offer.MarkupWindows.Count == 0 ? 1000 : 10))
                {
                    ways.Add((provider, offer, at));
                    if (offer.MarkupWindows is [var window] && window.Covers(at) && window.EndAfter(at) is var end && end <= last)
                    {
                        ways.Add((provider, offer, end));
                    }
                }
            }
        }

        Extend([], grid, 0, 0m);
        return best;

        void Extend(List<(int Way, CostBreakdown Cost)> parts, int left, int first, decimal cost)
        {
            if (parts.Count == question.MostTransfers)
            {
                return;
            }

            for (var way = first; way < ways.Count; way++)
            {
                for (var take = 1; take <= left; take++)
                {
                    var isLast = take == left;
                    var (provider, offer, at) = ways[way];
                    var used = parts.Where(part => ways[part.Way].Provider == provider && ways[part.Way].Offer.Allowance is not null && (ways[part.Way].At - at).Duration() < TimeSpan.FromDays(offer.Allowance?.Days ?? 0))
                        .Sum(part => Plans.BasisOf(ways[part.Way].Offer, part.Cost));
                    var priced = offer.Allowance is { } allowance ? offer with { Allowance = allowance with { Amount = Math.Max(0m, allowance.Amount - used) } } : offer;
                    var amount = price.Amount with { Amount = price.Amount.Amount * take / grid };
                    if (!amount.FitsMinorUnit() || CostCalculator.Price(priced, price with { At = at, Amount = amount }) is not OfferPrice.Priced { Cost: var one })
                    {
                        continue;
                    }

                    if (price.Side == AmountSide.Send && amount.Amount - one.Paid.Amount > 2m * price.Pair.Base.SmallestAmount)
                    {
                        continue; // A plan spends it all.
                    }

                    var total = cost + (price.Side == AmountSide.Send ? one.Paid.Amount - one.Received.Amount / price.Mid : one.Paid.Amount) + (parts.Count == 0 ? 0m : PlanSearch.LeastSaving(question));
                    if (isLast && (best is null || total < best.Value.Item1))
                    {
                        best = (total, string.Join("; ", parts.Append((way, one)).Select(part => $"{ways[part.Item1].At:MM-ddTHH:mm} {ways[part.Item1].Provider.Id} {part.Item2.Paid} {part.Item2.Received}")));
                    }

                    if (!isLast)
                    {
                        Extend([.. parts, (way, one)], left - take, way, total);
                    }
                }
            }
        }
    }
}
