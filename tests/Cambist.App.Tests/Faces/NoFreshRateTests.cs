using System.Globalization;
using Cambist.App.Rates;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Faces;

/// <summary>Advice is never given on a rate that is too old, and the answer says whose rate it was and when.</summary>
public sealed class NoFreshRateTests
{
    private const string Question = """{"amount":"5000","from_currency":"EUR","to_currency":"USD"}""";

    private static readonly DateTimeOffset LastClose = new(2026, 3, 18, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_rate_grows_stale_where_recorded_history_ends()
    {
        using var folder = new TemporaryFolder();
        SeededHistory.Write(folder.Path, LastClose);
        var clock = new FakeTimeProvider(LastClose.AddHours(3));
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Replay, clock, folder.Path);
        Assert.Equal(200, (await cambist.Http.Analyze(Question)).Status);

        clock.Advance(TimeSpan.FromMinutes(1));

        foreach (var answer in new[] { await cambist.Http.Analyze(Question), await cambist.Http.Get("/api/v1/providers?from_currency=EUR&to_currency=USD&amount=5"), await cambist.Http.Get("/api/v1/forecasts/EUR/USD") })
        {
            var detail = answer.AssertProblem(503, "rate_stale", null);
            Assert.Contains("'seeded' was last seen at 2026-03-18 12:00 UTC", detail, StringComparison.Ordinal);
            Assert.DoesNotContain("CONVERT_NOW", answer.Body, StringComparison.Ordinal);
            Assert.Equal("30", Assert.Single(answer.Headers.GetValues("Retry-After")));
        }

        var latest = (await cambist.Http.Get("/api/v1/rates/latest?pairs=EUR/USD")).Json().GetProperty("rates")[0];
        Assert.True(latest.GetProperty("stale").GetBoolean());
        var ready = await cambist.Http.Get("/readyz");
        Assert.Equal((503, "not_ready"), (ready.Status, ready.Json().GetProperty("status").GetString()));
        Assert.Contains("0 of 3 pairs have a fresh rate", ready.Body, StringComparison.Ordinal);
        Assert.Equal(503, (await cambist.Http.Get("/?amount=5000&from=EUR&to=USD")).Status);
    }

    [Fact]
    public async Task The_close_of_Friday_is_the_rate_of_the_weekend_and_the_answer_says_when_the_market_opens()
    {
        var friday = new DateTimeOffset(2026, 3, 20, 21, 0, 0, TimeSpan.Zero);
        using var folder = new TemporaryFolder();
        SeededHistory.Write(folder.Path, friday);
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Replay, new FakeTimeProvider(friday.AddHours(40)), folder.Path);

        var rate = (await cambist.Http.Analyze(Question)).Json().GetProperty("rate");

        Assert.Equal(("closed", "2026-03-22T21:00:00Z"), (rate.GetProperty("market").GetString(), rate.GetProperty("market_opens_at").GetString()));
        Assert.Equal(40 * 3600, rate.GetProperty("age_seconds").GetDouble());
    }

    [Fact]
    public async Task A_replay_of_years_before_the_holidays_on_record_gives_no_advice()
    {
        var early = new DateTimeOffset(1998, 6, 10, 12, 0, 0, TimeSpan.Zero);
        using var folder = new TemporaryFolder();
        SeededHistory.Write(folder.Path, early);
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Replay, new FakeTimeProvider(early), folder.Path);

        var answer = await cambist.Http.Analyze("""{"amount":"5000","from_currency":"GBP","to_currency":"USD"}""");

        Assert.Contains("2003-01-01", answer.AssertProblem(422, "invalid_as_of", "as_of"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_service_without_any_network_starts_says_what_it_cannot_reach_and_refuses_advice()
    {
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Live);

        var ready = await cambist.Http.Until("/readyz", answer => answer.Body.Contains("source:frankfurter", StringComparison.Ordinal) && answer.Body.Contains("source:kraken", StringComparison.Ordinal));

        Assert.Equal(503, ready.Status);
        var checks = ready.Json().GetProperty("checks").EnumerateArray().ToDictionary(check => check.GetProperty("name").GetString()!);
        Assert.Equal("ok", checks["storage"].GetProperty("status").GetString());
        Assert.Equal("failed", checks["rates"].GetProperty("status").GetString());
        foreach (var source in new[] { "source:kraken", "source:frankfurter" })
        {
            Assert.Equal("failed", checks[source].GetProperty("status").GetString());
            Assert.Contains("cannot be reached", checks[source].GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.Contains("last answered well never", checks[source].GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        var detail = (await cambist.Http.Analyze(Question)).AssertProblem(404, "rate_not_found", "to_currency");
        var page = await cambist.Http.Get("/?amount=5000&from=EUR&to=USD");
        foreach (var told in new[] { detail, page.Body })
        {
            Assert.Contains("Sources that fail: frankfurter, kraken (It cannot be reached", told, StringComparison.Ordinal);
        }

        Assert.Equal(200, (await cambist.Http.Get("/healthz")).Status);
        Assert.DoesNotContain("SIMULATED", (await cambist.Http.Get("/")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_service_without_any_network_gives_no_advice_from_old_history()
    {
        using var folder = new TemporaryFolder();
        SeededHistory.Write(folder.Path, LastClose, weeks: 3);
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Live, new FakeTimeProvider(LastClose.AddDays(6)), folder.Path);

        var detail = (await cambist.Http.Analyze(Question)).AssertProblem(503, "rate_stale", null);

        Assert.Contains("'seeded' was last seen at 2026-03-18 12:00 UTC", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-04-02T12:00:00Z", "2026-04-06T09:00:00Z", "2026-04-03 is a bank holiday (TARGET: Good Friday). 2026-04-06 is a bank holiday (TARGET: Easter Monday).")]
    [InlineData("2026-12-23T12:00:00Z", "2026-12-25T12:00:00Z", "2026-12-25 is a bank holiday (TARGET: Christmas Day, New York: Christmas Day).")]
    [InlineData("2026-11-25T12:00:00Z", "2026-11-26T12:00:00Z", "2026-11-26 is a bank holiday (New York: Thanksgiving Day).")]
    [InlineData("2026-03-17T12:00:00Z", "2026-03-18T12:00:00Z", "")]
    [InlineData("1998-12-24T12:00:00Z", "1998-12-25T12:00:00Z", "")]
    public void Bank_holidays_since_a_rate_was_last_seen_are_named(string lastSeen, string now, string told) => Assert.Equal(
        told, RateCauses.Holidays(DateTimeOffset.Parse(lastSeen, CultureInfo.InvariantCulture), DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)).Trim());

    [Fact]
    public async Task A_question_about_the_past_is_not_answered_with_the_faults_of_today()
    {
        using var folder = new TemporaryFolder();
        SeededHistory.Write(folder.Path, LastClose, weeks: 3);
        await using var cambist = await RunningCambist.StartAsync(MarketMode.Live, new FakeTimeProvider(LastClose.AddDays(20)), folder.Path);
        await cambist.Http.Until("/readyz", answer => answer.Body.Contains("source:kraken", StringComparison.Ordinal));

        var detail = (await cambist.Http.Analyze("""{"amount":"5000","from_currency":"EUR","to_currency":"USD","as_of":"2026-03-21T12:00:00Z"}""")).AssertProblem(503, "rate_stale", null);

        Assert.Contains("closed for the weekend until 2026-03-22 21:00 UTC", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("kraken", detail, StringComparison.Ordinal);
    }
}
