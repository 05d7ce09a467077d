using Cambist.App.Quotes;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;
using Xunit;

namespace Cambist.App.Tests.Quotes;

public sealed class ShippedFeeSchedulesTests
{
    private static readonly DateTimeOffset Weekday = new(2026, 11, 18, 15, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Files => [.. FeeSchedules.EmbeddedFiles().Select(file => file.File)];

    public static TheoryData<string> OfTheSpecification =>
        ["chase", "wells-fargo", "bank-of-america", "wise", "revolut", "remitly", "coinbase", "kraken", "western-union", "moneygram"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Each_file_is_read_and_named_after_its_provider(string file)
    {
        var json = FeeSchedules.EmbeddedFiles().Single(entry => entry.File == file).Json;

        Assert.Equal($"schedules/{FeeScheduleReader.Read(json, file).Id}.json", file);
    }

    [Theory]
    [MemberData(nameof(OfTheSpecification))]
    public void Each_provider_of_the_specification_has_an_offer_from_dollars_to_euros_for_a_sender_in_the_US(string id) =>
        Assert.NotEmpty(Offers(id, "USD", "EUR", "US"));

    [Theory]
    [MemberData(nameof(OfTheSpecification))]
    public void And_to_rupees_unless_it_is_an_exchange_that_lists_none(string id) =>
        Assert.Equal(id is not ("coinbase" or "kraken"), Offers(id, "USD", "INR", "US").Any());

    [Fact]
    public void No_figure_was_collected_after_the_build()
    {
        var built = new DateTimeOffset(File.GetLastWriteTimeUtc(typeof(FeeSchedules).Assembly.Location));

        Assert.All(AllOffers(), entry => Assert.True(entry.Offer.CollectedAt <= built, $"{entry.Name} was collected on {entry.Offer.CollectedAt}"));
    }

    [Fact]
    public void Every_offer_names_its_assumptions_and_links_its_source() =>
        Assert.All(AllOffers(), entry => Assert.True(entry.Offer is { SourceUrl.Scheme: "https", Note.Length: > 20 }, entry.Name));

    [Fact]
    public void No_bank_or_transfer_service_claims_to_convert_at_mid()
    {
        var hiding = AllOffers().Where(entry => entry.Schedule.Kind is ProviderKind.Bank or ProviderKind.MoneyTransfer);

        Assert.All(hiding, entry => Assert.True(entry.Offer.MarkupPercent is null or > 0m, entry.Name));
    }

    [Fact]
    public void The_offers_of_a_provider_do_not_overlap_but_by_the_way_of_paying()
    {
        var doubled =
            from entry in AllOffers()
            from country in entry.Offer.Countries.DefaultIfEmpty("")
            from @from in entry.Offer.From
            from to in entry.Offer.To
            group entry by (entry.Schedule.Id, country, @from, to, entry.Offer.Title, entry.Offer.Limits) into same
            where same.Count() > 1
            select string.Join(" = ", same.Select(entry => entry.Name));

        Assert.Empty(doubled);
    }

    [Theory]
    [InlineData("EUR", "USD", "DE", 7)]
    [InlineData("EUR", "GBP", "FR", 7)]
    [InlineData("GBP", "EUR", "GB", 8)]
    [InlineData("GBP", "USD", "GB", 8)]
    [InlineData("USD", "EUR", "US", 10)]
    [InlineData("USD", "INR", "US", 8)]
    [InlineData("CAD", "USD", "CA", 6)]
    [InlineData("AUD", "USD", "AU", 6)]
    [InlineData("CHF", "EUR", "CH", 4)]
    [InlineData("JPY", "USD", "JP", 1)]
    public void A_sender_gets_a_table_with_this_many_providers_whose_cost_is_known(string from, string to, string country, int providers)
    {
        var known = FeeSchedules.All.Where(schedule => Offers(schedule.Id, from, to, country)
            .Any(offer => offer.MarkupPercent is not null && offer.FeeTiers.Count > 0));

        Assert.True(known.Count() >= providers, string.Join(", ", known.Select(schedule => schedule.Id)));
    }

    [Theory]
    [InlineData("us-standard", "USD", 0.5)]
    [InlineData("uk-standard", "GBP", 1)]
    [InlineData("eea-standard", "EUR", 1)]
    public void Revolut_charges_above_1000_in_30_days_and_1_percent_more_from_Friday_17_00_to_Sunday_18_00_in_New_York(string id, string from, double above)
    {
        var offer = Schedule("revolut").Offers.Single(offer => offer.Id == id);

        Assert.Equal([Currency.Parse(from)], offer.From);
        Assert.Equal(new FeeAllowance(1000m, 30, (decimal)above), offer.Allowance);
        var weekend = Assert.Single(offer.MarkupWindows);
        Assert.Equal(1m, weekend.ExtraPercent);
        Assert.False(weekend.Covers(new DateTimeOffset(2026, 11, 20, 21, 59, 0, TimeSpan.Zero)));
        Assert.True(weekend.Covers(new DateTimeOffset(2026, 11, 20, 22, 0, 0, TimeSpan.Zero)));
        Assert.True(weekend.Covers(new DateTimeOffset(2026, 11, 22, 22, 59, 0, TimeSpan.Zero)));
        Assert.False(weekend.Covers(new DateTimeOffset(2026, 11, 22, 23, 0, 0, TimeSpan.Zero)));
        // In summer New York is an hour closer to UTC.
        Assert.True(weekend.Covers(new DateTimeOffset(2026, 7, 10, 21, 0, 0, TimeSpan.Zero)));
        Assert.False(weekend.Covers(Weekday));
    }

    [Theory]
    [InlineData("chase", "online-wire-eur-gbp", 4999.99, 5)]
    [InlineData("chase", "online-wire-eur-gbp", 5000, 0)]
    [InlineData("remitly", "usd-inr", 500, 3.99)]
    [InlineData("remitly", "usd-inr", 1000, 0)]
    [InlineData("kraken", "pro-fx-eur", 10000, 20)]
    [InlineData("interactive-brokers", "spot-usd", 5000, 2)]
    [InlineData("interactive-brokers", "spot-usd", 500000, 10)]
    // Wise's own answers: 5.47 USD, 3.88 GBP and 6.21 EUR for 1,000.
    [InlineData("wise", "usd-eur-ach", 1000, 5.47)]
    [InlineData("wise", "gbp-eur", 1000, 3.88)]
    [InlineData("wise", "eur-usd", 1000, 6.21)]
    public void The_fee_of_an_amount_is_the_one_that_was_read(string provider, string offer, double amount, double fee) =>
        Assert.Equal((decimal)fee, Fee(Schedule(provider).Offers.Single(candidate => candidate.Id == offer), (decimal)amount), 2);

    private static FeeSchedule Schedule(string id) => FeeSchedules.All.Single(schedule => schedule.Id == id);

    private static IEnumerable<(FeeSchedule Schedule, FeeOffer Offer, string Name)> AllOffers() =>
        FeeSchedules.All.SelectMany(schedule => schedule.Offers.Select(offer => (schedule, offer, $"{schedule.Id}/{offer.Id}")));

    private static IEnumerable<FeeOffer> Offers(string id, string from, string to, string country) =>
        Schedule(id).Offers.Where(offer =>
            (offer.Countries.Count == 0 || offer.Countries.Contains(country)) &&
            offer.From.Contains(Currency.Parse(from)) &&
            (offer.To.Count == 0 || offer.To.Contains(Currency.Parse(to))));

    private static decimal Fee(FeeOffer offer, decimal amount)
    {
        var tier = offer.FeeTiers.First(tier => tier.UpTo is null || amount <= tier.UpTo);
        return tier.Fixed + Math.Clamp(amount * tier.Percent / 100m, tier.Minimum, tier.Maximum ?? decimal.MaxValue);
    }
}
