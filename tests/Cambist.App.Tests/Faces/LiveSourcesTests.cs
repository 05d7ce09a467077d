using Cambist.App.Rates.History;
using Cambist.App.Rates.Sources;
using Cambist.App.Rates;
using Cambist.Domain.Currencies;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Faces;

/// <summary>The live service over stand-ins of its sources: what is good reaches the book, what is bad never does, and one source's fault is not another's.</summary>
public sealed class LiveSourcesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 18, 12, 10, 0, TimeSpan.Zero);
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");

    private readonly FakeTimeProvider _clock = new(Now);

    [Fact]
    public async Task Good_answers_of_both_sources_make_rates_crosses_and_readiness()
    {
        await using var server = await DocumentedSources.StartAsync(_clock);
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Live, _clock, source: server.Address);
        await cambist.Http.Until("/readyz", Asked);

        var ready = await cambist.Http.Get("/readyz");
        var latest = (await cambist.Http.Get("/api/v1/rates/latest?pairs=EUR/USD,USD/CHF,USD/SEK")).Json().GetProperty("rates");

        Assert.True(ready.Status == 200, ready.Body);
        Assert.Equal(["1.084495", "kraken"], [latest[0].GetProperty("rate").GetString(), latest[0].GetProperty("source").GetString()]);
        Assert.Equal(("1.08446", "1.08453"), (latest[0].GetProperty("bid").GetString(), latest[0].GetProperty("ask").GetString()));
        Assert.Equal("kraken", latest[1].GetProperty("source").GetString());
        Assert.Equal("frankfurter", latest[2].GetProperty("source").GetString());
        Assert.Equal("2026-03-17T13:15:00Z", latest[2].GetProperty("effective_at").GetString());
        Assert.Equal(200, (await cambist.Http.Analyze("""{"amount":"500","from_currency":"EUR","to_currency":"GBP"}""")).Status);
    }

    [Fact]
    public async Task Backfilled_hours_make_forecasts_available()
    {
        await using var server = await DocumentedSources.StartAsync(_clock);
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Live, _clock, source: server.Address);

        var forecast = await cambist.Http.Until("/api/v1/forecasts/EUR/USD", answer => answer.Status == 200, () => _clock.Advance(TimeSpan.FromSeconds(2)));

        Assert.Equal(24, forecast.Json().GetProperty("horizons").GetArrayLength());
        var bars = cambist.Service<BarStore>().Read(EurUsd, Now.AddDays(-40), Now);
        Assert.Equal(DocumentedSources.ClosedBars(Now), bars.Count);
        Assert.Equal(new DateTimeOffset(2026, 3, 18, 12, 0, 0, TimeSpan.Zero), bars[^1].CloseTime);
    }

    [Theory]
    [InlineData(500, "application/json", """{"error":["EGeneral:Internal error"]}""")]
    [InlineData(520, "text/html", "<html><body>Web server is returning an unknown error</body></html>")]
    [InlineData(200, "text/html", "<!doctype html><title>Just a moment...</title>")]
    [InlineData(200, "application/json", """{"error":[],"result":{"ZEURZUSD":{"a":["1.08453","12""")]
    [InlineData(200, "application/json", """{"error":["EService:Unavailable"]}""")]
    [InlineData(200, "application/json", """{"error":["EAPI:Rate limit exceeded"],"result":{}}""")]
    [InlineData(200, "application/json", """{"error":[],"result":{"ZEURZUSD":{"a":["1.08446","1","1"],"b":["1.08453","1","1"]}}}""")]
    [InlineData(200, "application/json", """{"error":[],"result":{"ZEURZUSD":{"a":["1.08453","1","1"],"b":["0.00000","0","0.000"]}}}""")]
    [InlineData(200, "application/json", """{"error":[],"result":{"ZEURZUSD":{"a":["0","0","0"],"b":["0","0","0"]}}}""")]
    [InlineData(200, "application/json", """{"error":[],"result":{"ZEURZUSD":{"a":["-1.08","0","0"],"b":["-1.09","0","0"]}}}""")]
    [InlineData(200, "application/json", """{"error":[],"result":{"ZEURZUSD":{"a":[],"b":[]}}}""")]
    [InlineData(200, "application/json", """{"error":[],"result":{"ZEURZUSD":{"a":["99999999999999999999999999999999"],"b":["1"]}}}""")]
    [InlineData(200, "application/json", "[]")]
    [InlineData(200, "application/json", "null")]
    [InlineData(200, "application/json", "{}")]
    [InlineData(200, "application/json", "")]
    public async Task A_bad_answer_of_Kraken_never_reaches_the_book_and_Frankfurter_still_does(int status, string contentType, string body)
    {
        await using var server = await DocumentedSources.StartAsync(_clock);
        server.Answers(DocumentedSources.Ticker, body, status, contentType);
        server.Answers(DocumentedSources.Ohlc, body, status, contentType);
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Live, _clock, source: server.Address);

        var ready = await cambist.Http.Until("/readyz", Asked);

        Assert.Equal("failed", SourceStatus(ready, "kraken"));
        Assert.Equal("ok", SourceStatus(ready, "frankfurter"));
        Assert.Equal("frankfurter", cambist.Service<RateBook>().Find(EurUsd)!.Source);
        Assert.Null(cambist.Service<RateBook>().Find(CurrencyPair.Parse("EUR/CHF")));
        Assert.Equal(200, (await cambist.Http.Analyze("""{"amount":"500","from_currency":"EUR","to_currency":"USD"}""")).Status);
    }

    [Fact]
    public async Task A_thin_or_crossed_book_of_Kraken_does_not_cost_the_others_their_rate()
    {
        await using var server = await DocumentedSources.StartAsync(_clock);
        server.Answers(DocumentedSources.Ticker, """
            {"error":[],"result":{"USDCHF":{"a":["0.80020","1","1"],"b":["0.80010","1","1"]},
             "ZGBPZUSD":{"a":["1.29000","1","1"],"b":["1.29500","1","1"]},"AUDUSD":{"a":["0.65","1","1"],"b":["0.00000","0","0"]}}}
            """);
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Live, _clock, source: server.Address);
        var ready = await cambist.Http.Until("/readyz", Asked);

        var book = cambist.Service<RateBook>();
        Assert.Equal("ok", SourceStatus(ready, "kraken"));
        Assert.Equal((0.80010m, 0.80020m), (book.Find(CurrencyPair.Parse("USD/CHF"))!.Rate.Bid, book.Find(CurrencyPair.Parse("USD/CHF"))!.Rate.Ask));
        Assert.Equal("frankfurter", book.Find(CurrencyPair.Parse("GBP/USD"))!.Source);
        Assert.Null(book.Find(CurrencyPair.Parse("AUD/USD")));
    }

    [Theory]
    [InlineData(404, """{"message":"not found"}""")]
    [InlineData(503, """{"status":503,"message":"timeout"}""")]
    [InlineData(200, """{"amount":1.0,"base":"EUR","date":"2026-03-17","rates":{"USD":0}}""")]
    [InlineData(200, """{"amount":1.0,"base":"EUR","date":"2026-03-17","rates":{"USD":-1.08}}""")]
    [InlineData(200, """{"amount":1.0,"base":"EUR","date":"2026-03-17","rates":{"USD":1e400}}""")]
    [InlineData(200, """{"amount":1.0,"base":"EUR","date":"0001-01-01","rates":{"USD":1.08}}""")]
    [InlineData(200, """{"amount":1.0,"base":"EUR","date":"2026-03-19","rates":{"USD":1.08}}""")]
    [InlineData(200, """{"amount":1.0,"base":"EUR","date":"2126-03-17","rates":{"USD":1.08}}""")]
    [InlineData(200, """{"amount":1.0,"base":"EUR","date":"17/03/2026","rates":{"USD":1.08}}""")]
    [InlineData(200, """{"amount":1.0,"base":"EUR","date":"2026-03-17","rates":{"USD":1.0""")]
    [InlineData(200, "<html>")]
    public async Task A_bad_answer_of_Frankfurter_never_reaches_the_book_and_Kraken_still_does(int status, string body)
    {
        await using var server = await DocumentedSources.StartAsync(_clock);
        server.Answers(DocumentedSources.Latest, body, status);
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Live, _clock, source: server.Address);

        var ready = await cambist.Http.Until("/readyz", Asked);

        Assert.Equal("failed", SourceStatus(ready, "frankfurter"));
        Assert.Equal("ok", SourceStatus(ready, "kraken"));
        Assert.Equal("kraken", cambist.Service<RateBook>().Find(EurUsd)!.Source);
    }

    [Theory]
    [InlineData("""{"error":[],"result":{"ZEURZUSD":[[1773835200,"1.08"]],"last":1773831600}}""")]
    [InlineData("""{"error":[],"result":{"ZEURZUSD":[[1773835200,"9e99","1","1","1","1","1",1]],"last":1773831600}}""")]
    [InlineData("""{"error":[],"result":{"ZEURZUSD":[[1773824400,"99999999999999999999999999999999","1","1","1","1","1",1]],"last":1773831600}}""")]
    [InlineData("""{"error":[],"result":{"ZEURZUSD":[[99999999999999999,"1","1","1","1","1","1",1]],"last":1773831600}}""")]
    [InlineData("""{"error":[],"result":{"ZEURZUSD":[[-99999999999,"1","1","1","1","1","1",1]],"last":1773831600}}""")]
    [InlineData("""{"error":[],"result":{"last":1773831600}}""")]
    [InlineData("""{"error":["EGeneral:Too many requests"]}""")]
    public async Task Bad_hourly_bars_are_not_stored_and_the_service_goes_on(string body)
    {
        await using var server = await DocumentedSources.StartAsync(_clock);
        server.Answers(DocumentedSources.Ohlc, query => query["pair"] == "EURUSD" ? body : DocumentedSources.Bars(query, _clock.GetUtcNow()));
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Live, _clock, source: server.Address);

        await cambist.Http.Until("/api/v1/forecasts/EUR/CHF", answer => answer.Status == 200, () => _clock.Advance(TimeSpan.FromSeconds(2)));

        Assert.Empty(cambist.Service<BarStore>().Read(EurUsd, DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task A_source_that_hangs_is_given_up_and_does_not_hold_up_the_other()
    {
        await using var server = await DocumentedSources.StartAsync(_clock);
        server.Hangs(DocumentedSources.Ticker);
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Live, _clock, source: server.Address);
        await cambist.Http.Until("/readyz", answer => answer.Body.Contains("source:frankfurter", StringComparison.Ordinal));
        Assert.Equal("frankfurter", cambist.Service<RateBook>().Find(EurUsd)!.Source);

        var ready = await cambist.Http.Until("/readyz", Asked);

        Assert.Equal(("failed", "ok"), (SourceStatus(ready, "kraken"), SourceStatus(ready, "frankfurter")));
        Assert.Contains("No answer within", ready.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_recovers_is_asked_again_at_its_cadence()
    {
        await using var server = await DocumentedSources.StartAsync(_clock);
        server.Answers(DocumentedSources.Ticker, "<html>", 520, "text/html");
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Live, _clock, source: server.Address);
        await cambist.Http.Until("/readyz", Asked);

        server.Answers(DocumentedSources.Ticker, DocumentedSources.TickerAnswer);
        await cambist.Http.Until("/readyz", answer => SourceStatus(answer, "kraken") == "ok", () => _clock.Advance(TimeSpan.FromSeconds(10)));

        Assert.Equal("kraken", cambist.Service<RateBook>().Find(EurUsd)!.Source);
    }

    [Fact]
    public async Task Rates_of_a_source_that_falls_silent_grow_stale()
    {
        await using var server = await DocumentedSources.StartAsync(_clock);
        server.Answers(DocumentedSources.Latest, "{}");
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Live, _clock, source: server.Address);
        await cambist.Http.Until("/readyz", Asked);

        server.Answers(DocumentedSources.Ticker, "{}");
        _clock.Advance(TimeSpan.FromMinutes(20));

        var answer = await cambist.Http.Until("/api/v1/providers?from_currency=EUR&to_currency=CHF&amount=5", answer => answer.Status != 200);
        Assert.Contains("'kraken' was last seen at 2026-03-18 12:10 UTC", answer.AssertProblem(503, "rate_stale", null), StringComparison.Ordinal);
    }

    private static bool Asked(Answer ready) => new[] { "kraken", "frankfurter" }.All(source => ready.Body.Contains($"source:{source}", StringComparison.Ordinal));

    private static string? SourceStatus(Answer ready, string source) => ready.Json().GetProperty("checks").EnumerateArray()
        .First(check => check.GetProperty("name").GetString() == $"source:{source}").GetProperty("status").GetString();
}
