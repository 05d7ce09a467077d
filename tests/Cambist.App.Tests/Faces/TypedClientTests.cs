using Cambist.Client;
using Xunit;

namespace Cambist.App.Tests.Faces;

/// <summary>The typed client against the real service: what .NET callers get for the routes.</summary>
[Collection(ReplayedMarketTests.Name)]
public sealed class TypedClientTests(ReplayedMarket market)
{
    private readonly CambistClient _client = new(market.Http);

    [Fact]
    public async Task It_asks_for_advice_and_reads_all_of_it()
    {
        var advice = await _client.AnalyzeAsync(
            new AnalyzeRequest { Amount = 5000.50m, FromCurrency = "EUR", ToCurrency = "USD", RiskTolerance = "aggressive" }, TestContext.Current.CancellationToken);

        Assert.Equal((5000.50m, "EUR", "aggressive"), (advice.Amount.Amount, advice.Amount.Currency, advice.RiskTolerance));
        Assert.Contains(advice.Recommendation, new[] { "CONVERT_NOW", "WAIT" });
        Assert.Equal(advice.BestProvider, advice.Providers[0]);
    }

    [Fact]
    public async Task It_compares_providers_and_reads_rates_and_forecasts()
    {
        var stop = TestContext.Current.CancellationToken;
        var providers = await _client.ProvidersAsync("EUR", "USD", 1234.56m, stop);
        var latest = await _client.LatestRatesAsync(["EUR/USD", "USD/JPY"], stop);
        var forecast = await _client.ForecastAsync("EUR", "USD", stop);

        Assert.Equal(1234.56m, providers[0].SendAmount!.Amount);
        Assert.Equal(["EUR/USD", "USD/JPY"], latest.Rates.Select(rate => rate.Pair));
        Assert.Equal(Enumerable.Range(1, 24), forecast.Horizons.Select(horizon => horizon.HorizonHours));
    }

    [Fact]
    public async Task It_reads_history_page_by_page()
    {
        var stop = TestContext.Current.CancellationToken;
        var to = (await _client.LatestRatesAsync(["EUR/USD"], stop)).AsOf;
        var first = await _client.RateHistoryAsync("EUR/USD", to.AddDays(-120), to, cancellationToken: stop);
        var second = await _client.RateHistoryAsync("EUR/USD", to.AddDays(-120), to, first.NextCursor, stop);

        Assert.Equal(1000, first.Items.Count);
        Assert.True(second.Items[0].Time > first.Items[^1].Time, "The second page goes on where the first ended.");
    }

    [Fact]
    public async Task A_problem_is_thrown_with_its_code_and_field()
    {
        var fault = await Assert.ThrowsAsync<CambistProblemException>(() =>
            _client.ProvidersAsync("EUR", "EUR", 1m, TestContext.Current.CancellationToken));

        Assert.Equal(("same_currency", "to_currency", 422), (fault.Problem.Code, fault.Problem.Field, fault.Problem.Status));
    }
}
