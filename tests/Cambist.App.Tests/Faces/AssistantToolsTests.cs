using System.Text.Json.Nodes;
using Cambist.App.Assistant;
using Cambist.App.Forecasting;
using Cambist.App.Rates;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;
using ModelContextProtocol;
using Xunit;

namespace Cambist.App.Tests.Faces;

/// <summary>What an AI assistant is told is what the API tells.</summary>
public sealed class AssistantToolsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 3, 18, 12, 20, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _history = new();
    private RunningCambist _service = null!;
    private int _looks;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private AssistantTools Tools => new(_service.Service<ConversionAssistant>(), _service.Service<RatesWire>(), _service.Service<ForecastDesk>(), Look, _service.Service<NoteAdvice>());

    public async ValueTask InitializeAsync()
    {
        SeededHistory.Write(_history.Path, Now.AddDays(2), weeks: 12);
        _service = await RunningCambist.StartAsync(MarketMode.Replay, new FakeTimeProvider(Now), _history.Path, settings: new Dictionary<string, string?> { ["Forecasting:Models:ShippedFolder"] = "/no/model/was/shipped" });
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _history.Dispose();
    }

    [Fact]
    public async Task Every_tool_answers_as_its_route_does()
    {
        await AssertSame((await _service.Http.Analyze("""{"amount":"5000","from_currency":"EUR","to_currency":"USD","deadline":"2026-04-15"}""")).Body, Tools.AskAsync("5000", "EUR", "USD", "2026-04-15", cancellationToken: Stop));
        await AssertSame(await Body("/api/v1/providers?amount=2500&from_currency=GBP&to_currency=EUR&amount_side=receive"), Tools.CompareProvidersAsync("2500", "GBP", "EUR", "receive", Stop));
        await AssertSame(await Body("/api/v1/rates/latest?pairs=EUR/USD,GBP/JPY"), Tools.LatestRatesAsync("EUR/USD,GBP/JPY", Stop));
        await AssertSame(await Body("/api/v1/forecasts/EUR/USD"), Tools.ForecastAsync("EUR/USD", Stop));
        await AssertSame(
            await Body("/api/v1/targets/probability?pair=EUR/USD&target=1.2&by=2026-03-20&time_zone=America/New_York"), Tools.TargetProbabilityAsync("EUR/USD", "1.2", "2026-03-20", "America/New_York", Stop));
        Assert.Equal(5, _looks);
    }

    [Fact]
    public async Task What_cannot_be_answered_is_an_error_with_the_code_of_the_api()
    {
        await AssertRefused("unknown_currency", () => Tools.AskAsync("5000", "EUR", "XXQ"));
        await AssertRefused("invalid_amount", () => Tools.CompareProvidersAsync("-1", "EUR", "USD"));
        await AssertRefused("same_currency", () => Tools.AskAsync("5000", "EUR", "EUR"));
        await AssertRefused("unknown_pair", () => Tools.LatestRatesAsync("EUR"));
        await AssertRefused("rate_not_found", () => Tools.ForecastAsync("BTN/GTQ", Stop));
        await AssertRefused("deadline_past", () => Tools.TargetProbabilityAsync("EUR/USD", "1.2", "2020-01-01"));
    }

    private static async Task AssertSame(string route, Task<string> tool)
    {
        var told = await tool;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(route), JsonNode.Parse(told)), $"The route said {route}\nthe tool {told}");
    }

    private static async Task AssertRefused(string code, Func<Task<string>> tool)
    {
        var refusal = await Assert.ThrowsAsync<McpException>(tool);
        Assert.StartsWith($"{code}: ", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<string> Body(string address) => await _service.Http.Get(address) is { Status: 200 } answer ? answer.Body : throw new InvalidOperationException(address);

    private ValueTask Look(CancellationToken cancellationToken)
    {
        _looks++;
        return ValueTask.CompletedTask;
    }
}
