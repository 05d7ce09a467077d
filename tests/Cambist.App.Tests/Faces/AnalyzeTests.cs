using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Cambist.App.Tests.Faces;

[Collection(ReplayedMarketTests.Name)]
public sealed class AnalyzeTests(ReplayedMarket market)
{
    private HttpClient Http => market.Http;

    [Theory]
    [InlineData("""{"amount":"5000","from_currency":"EUR","to_currency":"USD"}""")]
    [InlineData("""{"amount":5000.50,"from_currency":"eur","to_currency":" USD ","unknown_to_this_version":[[]]}""")]
    [InlineData("""{"amount":"5,000.00","from_currency":"GBP","to_currency":"EUR","amount_side":"receive","risk_tolerance":"aggressive"}""")]
    [InlineData("""{"amount":"2500","from_currency":"USD","to_currency":"EUR","deadline":"2026-03-31","time_zone":"America/New_York","risk_tolerance":"conservative","country":"us","usual_provider":"chase","excluded_providers":["wise","kraken"]}""")]
    [InlineData("""{"amount":"750000","from_currency":"JPY","to_currency":"EUR","deadline":"2026-04-01T09:30:00+09:00","country":null,"as_of":"2026-03-11T07:00:00Z"}""")]
    public async Task Advice_holds_every_field_of_the_contract(string question)
    {
        var answer = await Http.Analyze(question);

        Assert.True(answer.Status == 200, answer.Body);
        Assert.Equal("application/json", answer.ContentType);
        WireShapes.Advice(answer.Json());
    }

    [Fact]
    public async Task The_figures_of_advice_agree_with_each_other()
    {
        var advice = (await Http.Analyze("""{"amount":"5000","from_currency":"EUR","to_currency":"USD","deadline":"2026-04-15"}""")).Json();

        var best = advice.GetProperty("best_provider");
        Assert.Equal(best.ToString(), advice.GetProperty("providers")[0].ToString());
        Assert.Equal(("5000.00", "EUR"), Money(best.GetProperty("send_amount")));
        Assert.Equal("USD", Money(best.GetProperty("receive_amount")).Currency);
        Assert.All(new[] { "expected_savings", "certain_savings", "money_at_risk" }, name => Assert.Equal("USD", Money(advice.GetProperty(name)).Currency));
        Assert.InRange(advice.GetProperty("confidence").GetDouble(), 0, 1);
        var interval = advice.GetProperty("prediction_interval");
        Assert.InRange(Figure(advice.GetProperty("predicted_rate")), Figure(interval.GetProperty("lower")), Figure(interval.GetProperty("upper")));
        Assert.Single(advice.GetProperty("reasons").EnumerateArray(), reason => reason.GetProperty("decided").GetBoolean());
        Assert.Equal("2026-03-18T12:00:00Z", advice.GetProperty("as_of").GetString());
        Assert.Equal("2026-04-16T00:00:00Z", advice.GetProperty("deadline").GetString());
        Assert.True(advice.GetProperty("latest_safe_date").GetDateTimeOffset() < advice.GetProperty("deadline").GetDateTimeOffset());
        Assert.False(advice.GetProperty("simulated").GetBoolean());
    }

    [Theory]
    [InlineData("target_rate", "3", "WAIT", "target.awaited", "target_rate")]
    [InlineData("target_rate", "0.5", "CONVERT_NOW", "target.reached", "target_rate")]
    [InlineData("floor_rate", "3", "CONVERT_NOW", "rate.floor_reached", "floor_rate")]
    public async Task A_target_and_a_floor_are_heeded_and_told_with_their_numbers(string field, string rate, string verdict, string code, string figure)
    {
        var advice = (await Http.Analyze($$"""{"amount":"5000","from_currency":"EUR","to_currency":"USD","{{field}}":{{rate}}}""")).Json();

        var deciding = advice.GetProperty("reasons")[0];
        Assert.Equal((verdict, code, true), (advice.GetProperty("recommendation").GetString(), deciding.GetProperty("code").GetString(), deciding.GetProperty("decided").GetBoolean()));
        Assert.Equal(rate, deciding.GetProperty("figures").GetProperty(figure).GetString());
    }

    [Fact]
    public async Task Providers_are_cheapest_first_with_every_field_of_the_contract()
    {
        var answer = await Http.Get("/api/v1/providers?from_currency=USD&to_currency=EUR&amount=2500");

        Assert.Equal(200, answer.Status);
        var providers = answer.Json().EnumerateArray().ToList();
        Assert.All(providers, WireShapes.Provider);
        var ranked = providers.TakeWhile(provider => provider.GetProperty("status").GetString() == "ranked").ToList();
        Assert.True(ranked.Count >= 5, $"{ranked.Count} providers are ranked.");
        Assert.DoesNotContain(providers.Skip(ranked.Count), provider => provider.GetProperty("status").GetString() == "ranked");
        var received = ranked.Select(provider => Figure(provider.GetProperty("receive_amount").GetProperty("amount"))).ToList();
        Assert.Equal(received.OrderDescending(), received);
    }

    [Theory]
    [InlineData("cash", "unavailable")] // Nobody here takes cash.
    [InlineData("bank_transfer", "ranked")]
    public async Task A_way_to_pay_leaves_only_those_who_offer_it(string payIn, string status)
    {
        var table = (await Http.Get($"/api/v1/providers?from_currency=USD&to_currency=EUR&amount=2500&pay_in={payIn}")).Json();

        Assert.All(table.EnumerateArray().Where(row => row.GetProperty("status").GetString() == "ranked"), row => Assert.Equal(payIn, row.GetProperty("pay_in").GetString()));
        Assert.Equal(status, table[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_plan_that_the_person_is_on_counts_and_another_does_not()
    {
        async Task<string?> FeeAsync(string plans) => (await Http.Get($"/api/v1/providers?from_currency=EUR&to_currency=USD&amount=5000&country=DE&plans={plans}")).Json()
            .EnumerateArray().Single(row => row.GetProperty("provider").GetString() == "revolut").GetProperty("variable_fee").GetProperty("amount").GetString();

        Assert.Equal("0.00", await FeeAsync("revolut-premium"));
        Assert.NotEqual("0.00", await FeeAsync(""));
        Assert.Equal("unknown_plan", (await Http.Get("/api/v1/providers?from_currency=EUR&to_currency=USD&amount=5000&plans=gold")).Json().GetProperty("code").GetString());
    }

    [Fact]
    public async Task With_a_deadline_each_provider_has_its_latest_safe_date()
    {
        var table = (await Http.Get("/api/v1/providers?from_currency=USD&to_currency=EUR&amount=2500&deadline=2026-04-20")).Json();

        Assert.All(
            table.EnumerateArray().Where(row => row.GetProperty("status").GetString() == "ranked" && row.GetProperty("delivery_time").ValueKind != JsonValueKind.Null),
            row => Assert.Equal(JsonValueKind.String, row.GetProperty("latest_safe_date").ValueKind));
    }

    [Fact]
    public async Task An_amount_to_receive_is_what_arrives_with_each_provider()
    {
        var table = (await Http.Get("/api/v1/providers?from_currency=USD&to_currency=EUR&amount=2500&amount_side=receive")).Json();

        var best = table[0];
        Assert.Equal(("2500.00", "EUR"), Money(best.GetProperty("receive_amount")));
        Assert.True(Figure(best.GetProperty("send_amount").GetProperty("amount")) > 2500m * 0.9m);
    }

    [Fact]
    public async Task Advice_of_the_past_names_that_instant_and_an_excluded_provider_is_not_in_it()
    {
        var advice = (await Http.Analyze(
            """{"amount":"100","from_currency":"EUR","to_currency":"USD","as_of":"2026-02-04T15:30:00Z","excluded_providers":["wise"]}""")).Json();

        Assert.Equal("2026-02-04T15:30:00Z", advice.GetProperty("as_of").GetString());
        Assert.Equal("2026-02-04T15:00:00Z", advice.GetProperty("rate").GetProperty("effective_at").GetString());
        Assert.DoesNotContain(advice.GetProperty("providers").EnumerateArray(), provider => provider.GetProperty("provider").GetString() == "wise");
    }

    private static decimal Figure(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    private static (string Amount, string Currency) Money(JsonElement money) => (money.GetProperty("amount").GetString()!, money.GetProperty("currency").GetString()!);
}
