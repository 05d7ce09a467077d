using System.Net.ServerSentEvents;
using System.Text.Json;
using Cambist.App.Assistant.Log;
using Cambist.App.Rates;
using Cambist.App.Storage;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Faces;

/// <summary>Quotes of services on the faces: what comes in time stands in the table, what comes later follows, and what cannot be believed never shows.</summary>
public sealed class LiveQuotesTests
{
    private const string Question = "/api/v1/providers?from_currency=USD&to_currency=EUR&amount=1000";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_live_quote_stands_in_the_table_with_its_own_figures()
    {
        await using var wise = await StandInServer.StartAsync();
        wise.Answers("/v4/comparisons", Comparison(received: "915.32"));
        await using var cambist = await StartAsync(wise.Address);

        var row = Row(await TableAsync(cambist), "wise");

        Assert.Equal(("live", "915.32", "7.33", false), (row.GetProperty("provenance").GetString(), Amount(row, "receive_amount"), Amount(row, "fixed_fee"), row.GetProperty("outdated").GetBoolean()));
        Assert.Equal("estimate", Row(await TableAsync(cambist), "some-bank").GetProperty("provenance").GetString());
    }

    [Fact]
    public async Task Advice_that_rests_on_a_live_quote_is_logged_with_it_and_decided_again_to_the_same_bytes()
    {
        await using var wise = await StandInServer.StartAsync();
        wise.Answers("/v4/comparisons", Comparison(received: "915.32"));
        await using var cambist = await StartAsync(wise.Address);

        var answer = await cambist.Http.Analyze("""{"amount":"1000","from_currency":"USD","to_currency":"EUR"}""");
        await cambist.Service<WriteBehind<GivenAdvice>>().StopAsync(Cancelled);

        Assert.Contains("915.32", answer.Body, StringComparison.Ordinal);
        var replayed = Assert.Single(new DecisionReplay(cambist.Service<DecisionLog>()).Run(0, 10));
        Assert.True(replayed.IsSame, replayed.Difference);
    }

    [Theory]
    [InlineData("922.65")] // The fee was forgotten.
    [InlineData("91532")] // Hundredths.
    [InlineData("0")]
    public async Task A_quote_that_contradicts_itself_never_shows(string received)
    {
        await using var wise = await StandInServer.StartAsync();
        wise.Answers("/v4/comparisons", Comparison(received));
        await using var cambist = await StartAsync(wise.Address);

        Assert.NotEqual("live", Row(await TableAsync(cambist), "wise").GetProperty("provenance").GetString());
    }

    [Fact]
    public async Task A_slow_service_is_named_and_follows_over_the_stream()
    {
        await using var wise = await StandInServer.StartAsync();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        wise.AnswersWhen("/v4/comparisons", release.Task, Comparison(received: "915.32"));
        await using var cambist = await StartAsync(wise.Address, patience: "0.1");

        using var answer = await cambist.Http.GetAsync(new Uri(Question, UriKind.Relative), Cancelled);
        Assert.Equal("wise", Assert.Single(answer.Headers.GetValues("Cambist-Pending")));
        Assert.NotEqual("live", Row(JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancelled)).RootElement, "wise").GetProperty("provenance").GetString());

        await using var stream = await cambist.Http.GetStreamAsync(new Uri(Question.Replace("?", "/stream?", StringComparison.Ordinal), UriKind.Relative), Cancelled);
        var events = SseParser.Create(stream).EnumerateAsync(Cancelled).GetAsyncEnumerator(Cancelled);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("providers", events.Current.EventType);
        release.SetResult();
        Assert.True(await events.MoveNextAsync());

        Assert.Equal("complete", events.Current.EventType);
        Assert.Equal("live", Row(JsonDocument.Parse(events.Current.Data).RootElement, "wise").GetProperty("provenance").GetString());
        Assert.False(await events.MoveNextAsync());
    }

    [Fact]
    public async Task A_broken_service_leaves_what_is_published()
    {
        await using var wise = await StandInServer.StartAsync();
        wise.Refuses("/v4/comparisons", 500, "<html>oops</html>");
        await using var cambist = await StartAsync(wise.Address);

        Assert.NotEqual("live", Row(await TableAsync(cambist), "wise").GetProperty("provenance").GetString());
    }

    [Theory]
    [InlineData("EUR")]
    [InlineData("INR")]
    public async Task The_ten_providers_of_the_specification_appear_with_what_they_rest_on(string to)
    {
        await using var cambist = await StartAsync(StandInServer.Unreachable);

        var table = await TableAsync(cambist, Question.Replace("EUR", to, StringComparison.Ordinal));

        foreach (var id in new[] { "chase", "wells-fargo", "bank-of-america", "wise", "revolut", "remitly", "coinbase", "kraken", "western-union", "moneygram" })
        {
            WireShapes.Provider(Row(table, id));
        }
    }

    // The documented example of the comparison at the simulated rate.
    private static string Comparison(string received) => $$$"""
        {"sourceCurrency":"USD","targetCurrency":"EUR","sourceCountry":"US","targetCountry":null,"providerCountry":null,"providerTypes":["bank","moneyTransferProvider"],"amount":1000.0,"amountType":"SEND",
         "providers":[
          {"id":39,"alias":"wise","name":"Wise","type":"moneyTransferProvider","partner":false,
           "quotes":[{"rate":0.92208,"fee":7.33,"markup":0.0,"isConsideredMidMarketRate":true,"receivedAmount":{{{received}}},"sendAmount":null,"dateCollected":"2026-03-18T11:59:51Z","sourceCountry":"US","targetCountry":null,
             "deliveryEstimation":{"duration":{"min":"PT20H8M16.305111S","max":"PT20H8M16.305111S"},"providerGivesEstimate":true}}]},
          {"id":112,"alias":"some-bank","name":"Some Bank","type":"bank","partner":false,
           "quotes":[{"rate":0.89357,"fee":0.0,"markup":3.092,"isConsideredMidMarketRate":false,"receivedAmount":893.57,"sendAmount":null,"dateCollected":"2026-03-18T11:12:04Z","sourceCountry":"US","targetCountry":"DE",
             "deliveryEstimation":{"duration":{"min":"PT24H","max":"PT120H"},"providerGivesEstimate":true}}]}]}
        """;

    private static async Task<RunningCambist> StartAsync(Uri wise, string patience = "20")
    {
        var now = new DateTimeOffset(2026, 3, 18, 12, 0, 0, TimeSpan.Zero);
        var cambist = await RunningCambist.StartAsync(MarketMode.Live, new FakeTimeProvider(now), settings: new Dictionary<string, string?>
        {
            ["Quotes:Sources:wise:BaseUrl"] = wise.AbsoluteUri,
            ["Quotes:Sources:wise:Enabled"] = "true",
            ["Quotes:Patience"] = patience,
        });
        foreach (var (pair, mid) in new[] { ("USD/EUR", 0.92208m), ("USD/INR", 86.4m) })
        {
            cambist.Service<RateBook>().Publish(new RateObservation(TwoSidedRate.AtMid(CurrencyPair.Parse(pair), mid), SpreadKnown: false, "test", now, now, TimeSpan.FromHours(1)));
        }

        return cambist;
    }

    private static async Task<JsonElement> TableAsync(RunningCambist cambist, string question = Question) =>
        JsonDocument.Parse(await cambist.Http.GetStringAsync(new Uri(question, UriKind.Relative), Cancelled)).RootElement;

    private static JsonElement Row(JsonElement table, string provider) => table.EnumerateArray().Single(row => row.GetProperty("provider").GetString() == provider);

    private static string? Amount(JsonElement row, string field) => row.GetProperty(field).GetProperty("amount").GetString();
}
