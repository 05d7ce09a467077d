using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;
using Xunit;
using static Cambist.Domain.Tests.Quotes.Offers;

namespace Cambist.Domain.Tests.Quotes;

public sealed class QuoteChecksTests
{
    private static readonly PriceQuestion Question = Send("USD/EUR", 1000m, mid: 0.92208m);

    // The example of Wise's documentation: (1,000 − 7.33) × 0.92208 = 915.32.
    private static readonly CollectedQuote Sound = new()
    {
        Provider = "wise",
        Name = "Wise",
        Kind = ProviderKind.MoneyTransfer,
        Title = "Transfer",
        Pair = Question.Pair,
        Paid = Usd(1000m),
        Received = Eur(915.32m),
        ExchangeRate = 0.92208m,
        Fee = Usd(7.33m),
        FeeMode = FeeMode.Deducted,
        Delivery = null,
        Provenance = Provenance.Live,
        CollectedAt = Question.At,
        SourceUrl = new Uri("https://example.com/quotes"),
    };

    [Fact]
    public void A_sound_answer_has_no_fault() => Assert.Null(QuoteChecks.FirstFault(Sound, Question));

    [Fact]
    public void A_rate_better_than_mid_is_no_fault() =>
        Assert.Null(QuoteChecks.FirstFault(Sound with { ExchangeRate = 0.93m, Received = Eur(923.18m) }, Question));

    public static TheoryData<string, CollectedQuote> Faults => new()
    {
        { "other_question", Sound with { Pair = CurrencyPair.Parse("USD/GBP") } },
        { "other_question", Sound with { Paid = Usd(100m), Received = Eur(85.45m) } },
        { "other_question", Sound with { Paid = Eur(1000m) } },
        { "other_question", Sound with { Received = Usd(915.32m) } },
        { "other_question", Sound with { Fee = Eur(7.33m) } },
        { "not_positive", Sound with { Received = Eur(0m) } },
        { "not_positive", Sound with { ExchangeRate = -0.92208m } },
        { "unlikely_fee", Sound with { Fee = Usd(-7.33m) } },
        { "unlikely_fee", Sound with { Fee = Usd(1000m) } },
        { "contradicts_itself", Sound with { Received = Eur(922.08m) } }, // The fee was forgotten.
        { "contradicts_itself", Sound with { Received = Eur(91532m) } }, // Hundredths.
        { "contradicts_itself", Sound with { Received = Eur(915.36m) } },
        { "far_from_mid", Sound with { ExchangeRate = 1.08450m, Received = Eur(1076.55m) } }, // Turned round.
        { "far_from_mid", Sound with { ExchangeRate = 0.82m, Received = Eur(813.99m) } },
        { "of_the_future", Sound with { CollectedAt = Question.At.AddMinutes(6) } },
        { "stale", Sound with { CollectedAt = Question.At.AddMinutes(-16) } },
        { "stale", Sound with { Provenance = Provenance.Estimate, CollectedAt = Question.At.AddHours(-73) } },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void An_answer_that_cannot_be_believed_says_why(string code, CollectedQuote quote)
    {
        var fault = QuoteChecks.FirstFault(quote, Question);

        Assert.Equal(code, fault?.Code);
        Assert.Contains("expected", fault!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void What_others_collected_may_be_of_before_the_weekend() =>
        Assert.Null(QuoteChecks.FirstFault(Sound with { Provenance = Provenance.Estimate, CollectedAt = Question.At.AddHours(-60) }, Question));

    [Theory]
    [InlineData(5000, 5000.2, true)] // A yen is a whole unit.
    [InlineData(5000, 5001, true)]
    [InlineData(5000, 5002, true)] // A cent of what is sent brings one and a half.
    [InlineData(5000, 5003, false)]
    public void A_currency_without_minor_units_is_allowed_its_own_rounding(decimal asked, decimal told, bool isSound)
    {
        var question = Receive("USD/JPY", asked, mid: 150m);
        var paid = Usd(Math.Round(told / 150m, 2));
        var quote = Sound with { Pair = question.Pair, Paid = paid, Fee = Usd(0m), Received = new Money(told, question.Pair.Quote), ExchangeRate = 150m };

        Assert.Equal(isSound, QuoteChecks.FirstFault(quote, question) is null);
    }

    private static Money Usd(decimal amount) => new(amount, Currency.Parse("USD"));

    private static Money Eur(decimal amount) => new(amount, Currency.Parse("EUR"));
}
