using Cambist.App.Quotes.Sources;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;
using Xunit;

namespace Cambist.App.Tests.Quotes.Sources;

/// <summary>Answers of a documented shape: Wise's comparison, version 4.</summary>
public sealed class WiseComparisonSourceTests : QuoteSourceContract
{
    private const string Wise = """
        {"id":39,"alias":"wise","name":"Wise","type":"moneyTransferProvider","partner":false,"logos":{},"quotes":[{"rate":0.92208,"fee":7.33,"markup":0.0,"isConsideredMidMarketRate":true,
         "receivedAmount":915.32,"sendAmount":null,"dateCollected":"2026-03-27T14:30:51Z","sourceCountry":"US","targetCountry":null,
         "deliveryEstimation":{"duration":{"min":"PT20H8M16.305111S","max":"PT20H8M16.305111S"},"providerGivesEstimate":true}}]}
        """;

    protected override string Path => "/v4/comparisons";

    protected override string Sample => AnswerOf(Wise, ProviderOf("some-bank", "bank", QuoteOf(0.89357m, 0m, 893.57m, "US", "DE")));

    protected override string SampleOfWish =>
        AnswerOf(Wise.Replace("915.32", "null", StringComparison.Ordinal).Replace("\"sendAmount\":null", "\"sendAmount\":1091.83", StringComparison.Ordinal));

    protected override IQuoteSource Create(HttpClient http) => new WiseComparisonSource(http);

    [Fact]
    public async Task Wise_itself_is_live_and_another_is_an_estimate_of_the_comparison()
    {
        var quotes = await AskAsync(Sample);

        Assert.Equal(["wise", "some-bank"], quotes.Select(quote => quote.Provider));
        Assert.Equal((Provenance.Live, ProviderKind.Fintech, (string?)null), (quotes[0].Provenance, quotes[0].Kind, quotes[0].Note));
        Assert.Equal((Provenance.Estimate, ProviderKind.Bank), (quotes[1].Provenance, quotes[1].Kind));
        Assert.Contains("Wise's comparison", quotes[1].Note, StringComparison.Ordinal);
        Assert.Equal(new DateTimeOffset(2026, 3, 27, 14, 30, 51, TimeSpan.Zero), quotes[0].CollectedAt);
        Assert.Equal("https://wise.com/gb/compare/?sourceCurrency=USD&targetCurrency=EUR&sendAmount=1000", quotes[0].SourceUrl.ToString());
    }

    [Fact]
    public async Task The_amount_is_asked_on_the_side_that_it_fixes_and_the_country_with_it()
    {
        await AskAsync(Sample);
        await AskAsync(SampleOfWish, Wished with { Country = null });

        Assert.Equal(
            [
                "/v4/comparisons?sourceCurrency=USD&targetCurrency=EUR&sendAmount=1000&sourceCountry=US",
                "/v4/comparisons?sourceCurrency=USD&targetCurrency=EUR&recipientGetsAmount=1000",
            ],
            Server.Requests.Select(request => request.Address));
    }

    [Fact]
    public async Task What_must_be_paid_is_told_for_a_wish() =>
        Assert.Equal((1091.83m, 1000m), (await AskAsync(SampleOfWish, Wished)).Select(quote => (quote.Paid.Amount, quote.Received.Amount)).Single());

    [Theory]
    [InlineData("chase", "bank", "chase", ProviderKind.Bank)]
    [InlineData("wells-fargo", "bank", "wells-fargo", ProviderKind.Bank)]
    [InlineData("bank_of_america", "bank", "bank-of-america", ProviderKind.Bank)]
    [InlineData("transferwise", "moneyTransferProvider", "wise", ProviderKind.Fintech)]
    [InlineData("revolut", "moneyTransferProvider", "revolut", ProviderKind.Fintech)]
    [InlineData("westernunion", "moneyTransferProvider", "western-union", ProviderKind.MoneyTransfer)]
    [InlineData("xoom", "moneyTransferProvider", "xoom", ProviderKind.MoneyTransfer)]
    public async Task An_alias_is_our_id_where_there_is_one(string alias, string type, string id, ProviderKind kind)
    {
        var quote = await OnlyOfAsync(AnswerOf(ProviderOf(alias, type, QuoteOf(0.9m, 0m, 900m, "US"))));

        Assert.Equal((id, kind), (quote.Provider, quote.Kind));
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"id":7,"alias":"cash","name":"Cash","type":"travelMoney","quotes":[]}""")]
    public async Task An_answer_without_providers_is_no_fault(string providers) => Assert.Empty(await AskAsync(AnswerOf(providers)));

    [Theory]
    [InlineData("cash")]
    [InlineData("barclays")]
    public async Task Travel_money_is_passed_over(string alias) =>
        Assert.Equal("wise", (await OnlyOfAsync(AnswerOf(Wise, ProviderOf(alias, "travelMoney", QuoteOf(0.8m, 0m, 800m, "US"))))).Provider);

    [Theory]
    [InlineData("\"rate\":0.9,", "\"rate\":\"nine\",")]
    [InlineData("\"rate\":0.9,", "")]
    [InlineData("\"fee\":0,", "\"fee\":null,")]
    [InlineData("\"receivedAmount\":900,", "\"receivedAmount\":{},")]
    [InlineData("\"dateCollected\":\"2026-03-26T09:00:00Z\",", "\"dateCollected\":\"yesterday\",")]
    [InlineData("\"dateCollected\":\"2026-03-26T09:00:00Z\",", "")]
    [InlineData("\"max\":null", "\"max\":\"5 days\"")]
    [InlineData("\"alias\":\"some-bank\",", "")]
    [InlineData("\"quotes\":[", "\"quotes\":7,\"others\":[")]
    [InlineData("\"quotes\":[", "\"quotes\":[null],\"others\":[")]
    public async Task An_ill_typed_member_of_one_provider_takes_nothing_from_the_others(string member, string other)
    {
        var spoilt = ProviderOf("some-bank", "bank", QuoteOf(0.9m, 0m, 900m, "US")).Replace(member, other, StringComparison.Ordinal);

        Assert.Equal("wise", (await OnlyOfAsync(AnswerOf(spoilt, Wise))).Provider);
    }

    [Fact]
    public async Task Where_no_provider_can_be_read_the_answer_cannot() => Assert.Equal(
        SourceFault.Unreadable, (await FaultOfAsync(AnswerOf(Wise.Replace("\"rate\"", "\"price\"", StringComparison.Ordinal)))).Kind);

    [Fact]
    public async Task An_answer_about_another_pair_is_unreadable() =>
        Assert.Equal(SourceFault.Unreadable, (await FaultOfAsync(Sample.Replace("\"targetCurrency\":\"EUR\"", "\"targetCurrency\":\"GBP\"", StringComparison.Ordinal))).Kind);

    [Fact]
    public async Task A_stale_time_of_collection_is_passed_on() => Assert.Equal(
        new DateTimeOffset(2026, 3, 26, 9, 0, 0, TimeSpan.Zero), (await OnlyOfAsync(AnswerOf(ProviderOf("some-bank", "bank", QuoteOf(0.9m, 0m, 900m, "US"))))).CollectedAt);

    [Fact]
    public async Task A_rate_better_than_mid_is_passed_on() => Assert.Equal(
        0.95m, (await OnlyOfAsync(AnswerOf(ProviderOf("remitly", "moneyTransferProvider", QuoteOf(0.95m, 0m, 950m, "US", markup: -3.02m))))).ExchangeRate);

    [Theory]
    [InlineData("null", null, null)]
    [InlineData("{\"min\":null,\"max\":null}", null, null)]
    [InlineData("{\"min\":\"PT24H\",\"max\":null}", null, null)]
    [InlineData("{\"min\":null,\"max\":\"PT48H\"}", 0.0, 48.0)]
    [InlineData("{\"min\":\"PT24H\",\"max\":\"P5D\"}", 24.0, 120.0)]
    public async Task A_delivery_without_a_longest_time_is_unknown(string duration, double? fastest, double? slowest)
    {
        var quote = await OnlyOfAsync(AnswerOf(ProviderOf("some-bank", "bank", QuoteOf(0.9m, 0m, 900m, "US").Replace("{\"min\":null,\"max\":null}", duration, StringComparison.Ordinal))));

        Assert.Equal((fastest, slowest), (quote.Delivery?.Fastest.TotalHours, quote.Delivery?.Slowest.TotalHours));
        Assert.NotEqual(false, quote.Delivery?.BusinessDays);
    }

    [Fact]
    public async Task Wise_names_an_instant_so_its_delivery_runs_on_the_clock()
    {
        var delivery = (await AskAsync(Sample))[0].Delivery!;

        Assert.Equal((new TimeSpan(0, 20, 8, 16) + TimeSpan.FromMicroseconds(305111), false), (delivery.Slowest, delivery.BusinessDays));
    }

    [Fact]
    public async Task Of_several_countries_the_senders_own_is_taken()
    {
        var quote = await OnlyOfAsync(AnswerOf(ProviderOf(
            "some-bank", "bank", QuoteOf(0.91m, 0m, 910m, "EC"), QuoteOf(0.90m, 0m, 900m, "US"), QuoteOf(0.80m, 0m, 800m, null))));

        Assert.Equal(900m, quote.Received.Amount);
        Assert.DoesNotContain("assumed", quote.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_that_may_be_meant_the_least_favourable_is_taken_and_told()
    {
        var quote = await OnlyOfAsync(AnswerOf(ProviderOf("some-bank", "bank", QuoteOf(0.91m, 0m, 910m, "US", "DE"), QuoteOf(0.90m, 0m, 900m, "US", "ES"))));

        Assert.Equal(900m, quote.Received.Amount);
        Assert.Contains("2 prices by country (this one: to ES); the least favourable is assumed", quote.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_price_of_another_country_is_told_to_be_assumed() => Assert.Contains(
        "The price for a sender in EC is assumed.",
        (await OnlyOfAsync(AnswerOf(ProviderOf("some-bank", "bank", QuoteOf(0.91m, 0m, 910m, "EC"))))).Note,
        StringComparison.Ordinal);

    [Fact]
    public async Task Without_a_country_Wises_own_price_says_that_it_depends_on_one() => Assert.Contains(
        "which is not known", (await OnlyOfAsync(AnswerOf(Wise.Replace("\"US\"", "null", StringComparison.Ordinal)), Sent with { Country = null })).Note, StringComparison.Ordinal);

    private static string AnswerOf(params string[] providers) => $$"""
        {"sourceCurrency":"USD","targetCurrency":"EUR","sourceCountry":"US","targetCountry":null,"providerCountry":null,"providerTypes":["bank","moneyTransferProvider"],
         "amount":1000.0,"amountType":"SEND","providers":[{{string.Join(',', providers)}}]}
        """;

    private static string ProviderOf(string alias, string type, params string[] quotes) =>
        $$"""{"id":112,"alias":"{{alias}}","name":"Somebody","type":"{{type}}","partner":false,"logos":{},"quotes":[{{string.Join(',', quotes)}}]}""";

    private static string QuoteOf(decimal rate, decimal fee, decimal received, string? from, string? to = null, decimal markup = 3.092m) => FormattableString.Invariant($$$"""
        {"rate":{{{rate}}},"fee":{{{fee}}},"markup":{{{markup}}},"isConsideredMidMarketRate":false,"receivedAmount":{{{received}}},"sendAmount":null,
         "dateCollected":"2026-03-26T09:00:00Z","sourceCountry":{{{Json(from)}}},"targetCountry":{{{Json(to)}}},
         "deliveryEstimation":{"duration":{"min":null,"max":null},"providerGivesEstimate":true}}
        """);

    private static string Json(string? text) => text is null ? "null" : $"\"{text}\"";
}
