using Cambist.Domain.Goals;
using CsCheck;
using Xunit;
using static Cambist.Domain.Tests.Goals.Plans;

namespace Cambist.Domain.Tests.Goals;

public sealed class CounterfactualTests
{
    // A bank that takes 25 USD and 3 % of the rate, at a mid of 0.9: (1000 − 25) × 0.873.
    private static readonly Counterfactual Bank = new("bank", Usd(1_000m), Eur(851.17m), Usd(25m), 0.9m, 1m, Asked);

    [Fact]
    public void The_saving_is_the_difference_of_the_costs_at_the_rate_of_the_moment_of_asking()
    {
        var saving = ConversionSaving.Of(new ActualConversion(Usd(1_000m), Eur(895m), "wise", Asked.AddDays(2)), Bank);

        // Costs: 1000 − 851.17 / 0.9 = 54.26 and 1000 − 895 / 0.9 = 5.56.
        Assert.Equal(new ConversionSaving("bank", Usd(48.70m), Usd(48.70m)), saving);
    }

    [Fact]
    public void A_dearer_conversion_saved_less_than_nothing() =>
        Assert.Equal(Usd(-1.30m), ConversionSaving.Of(new ActualConversion(Usd(1_000m), Eur(850m), "other", Asked), Bank)!.Saved);

    [Fact]
    public void Without_a_provider_named_before_the_conversion_nothing_counts()
    {
        var conversion = new ActualConversion(Usd(1_000m), Eur(895m), "wise", Asked.AddTicks(-1));

        Assert.Null(ConversionSaving.Of(conversion, before: null));
        Assert.Null(ConversionSaving.Of(conversion, Bank));
    }

    [Fact]
    public void What_is_worth_an_unknown_amount_of_usd_is_saved_in_its_own_currency_alone() =>
        Assert.Null(ConversionSaving.Of(new ActualConversion(Usd(1_000m), Eur(895m), "wise", Asked), Bank with { UsdPerBase = null })!.SavedUsd);

    [Fact]
    public void Of_another_amount_the_fixed_fee_stays_and_the_rest_grows()
    {
        Assert.Equal(Eur(414.67m), Bank.ReceivedFor(Usd(500m))); // 475 × 0.873, less what the rate lost by rounding.
        Assert.Equal(Eur(0m), Bank.ReceivedFor(Usd(25m)));
    }

    [Fact]
    public void Paying_what_was_asked_about_with_the_usual_provider_saves_nothing() =>
        Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[1, 1_000_000], Gen.Int[0, 5_000], Gen.Int[1, 300_000]).Sample((paid, received, fee, mid) =>
        {
            var usual = new Counterfactual("bank", Usd(paid / 100m), Eur(received / 100m), Usd(fee / 100m), mid / 1_000m, 1m, Asked);
            return ConversionSaving.Of(new ActualConversion(usual.Paid, usual.Received, "bank", Asked), usual)!.Saved.Amount == 0m;
        });

    [Fact]
    public void What_arrives_by_a_rate_and_a_fee_is_rounded_down() => Assert.Equal(Eur(872.99m), ActualConversion.ReceivedFrom(Usd(1_000m), 0.88m, Usd(7.96m), UsdEur.Quote));
}
