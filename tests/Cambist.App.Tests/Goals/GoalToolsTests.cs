using System.Text.Json;
using System.Text.Json.Nodes;
using Cambist.App.Audit;
using Cambist.App.Tests.Accounts;
using Cambist.Client;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Xunit;
using static Cambist.App.Tests.Goals.GoalHouse;

namespace Cambist.App.Tests.Goals;

/// <summary>What an AI assistant with a person's token sees and keeps of their goals is what the routes do.</summary>
public sealed class GoalToolsTests : IAsyncLifetime
{
    private GoalHouse _house = null!;
    private CambistClient _ann = null!;
    private McpClient _assistant = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _house = await StartAsync();
        _ann = await _house.EnterAsync();
        _assistant = await McpClient.CreateAsync(
            new HttpClientTransport(new HttpClientTransportOptions
            {
                Endpoint = new Uri(_house.House.Http.BaseAddress!, "/mcp"),
                TransportMode = HttpTransportMode.StreamableHttp,
                AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {(await _house.House.LoginAsync()).AccessToken}" },
            }),
            cancellationToken: Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _assistant.DisposeAsync();
        await _house.DisposeAsync();
    }

    [Fact]
    public async Task A_goal_is_made_seen_and_followed_as_by_the_routes()
    {
        var made = await CallAsync("add_goal", new() { ["amount"] = "12,000", ["from_currency"] = "USD", ["to_currency"] = "EUR", ["deadline"] = "2026-06-30", ["name"] = "tuition", ["usual_provider"] = "wise" });
        var id = made["id"]!.GetValue<string>();
        _house.House.Clock.Advance(TimeSpan.FromMilliseconds(2));
        var monthly = await CallAsync("add_goal", new()
        {
            ["amount"] = "500", ["amount_side"] = "receive", ["from_currency"] = "USD", ["to_currency"] = "EUR", ["type"] = "recurring",
            ["recurrence_unit"] = "months", ["recurrence_day_of_month"] = 31, ["recurrence_time"] = "09:00", ["time_zone"] = "Europe/Berlin",
        });
        var recorded = await CallAsync("record_conversion", new() { ["id"] = id, ["send_amount"] = "2400", ["rate"] = "0.9", ["fee"] = "10", ["provider"] = "a friend" });
        var listed = await CallAsync("list_goals", new() { ["status"] = "active" });
        var seen = await CallAsync("goal", new() { ["id"] = id });

        Assert.Equal("0.2", recorded["progress"]!["share"]!.GetValue<string>());
        Assert.Equal("receive", monthly["amount_side"]!.GetValue<string>());
        AssertSame(JsonSerializer.Serialize(await _ann.Goals.GetAsync(id, Stop), CambistJson.Wire.ConversionGoal), seen);
        AssertSame(JsonSerializer.Serialize(await _ann.Goals.PageAsync("active", cancellationToken: Stop), CambistJson.Wire.GoalPage), listed);
        Assert.All(_house.House.Cambist.Service<AuditTrail>().Last(3).Where(one => one.Kind.StartsWith("goal.", StringComparison.Ordinal)), one => Assert.Equal(one.Subject, one.Actor));
    }

    [Fact]
    public async Task A_key_has_its_effect_once_whether_it_comes_to_a_tool_or_to_the_route()
    {
        var asked = new Dictionary<string, object?> { ["amount"] = "500", ["from_currency"] = "USD", ["to_currency"] = "EUR", ["deadline"] = "2026-06-30", ["key"] = "k1" };
        var goal = await CallAsync("add_goal", asked);
        var id = goal["id"]!.GetValue<string>();
        var conversion = new Dictionary<string, object?> { ["id"] = id, ["send_amount"] = "100", ["receive_amount"] = "89", ["provider"] = "wise", ["key"] = "k2" };

        var again = await CallAsync("add_goal", asked);
        var byRoute = await _ann.Goals.CreateAsync(new GoalRequest { Amount = 500m, FromCurrency = "USD", ToCurrency = "EUR", Deadline = "2026-06-30" }, "k1", Stop);
        var other = await RefusedAsync("add_goal", new(asked) { ["amount"] = "501" });
        await _ann.Goals.RecordAsync(id, new ConversionRequest(100m, 89m, Provider: "wise"), "k2", Stop);
        await CallAsync("record_conversion", conversion);
        var large = await RefusedAsync("record_conversion", new(conversion) { ["send_amount"] = "900", ["key"] = "k3" });
        var stillLarge = await RefusedAsync("record_conversion", new(conversion) { ["send_amount"] = "900", ["key"] = "k3" });

        Assert.Equal((id, id), (again["id"]!.GetValue<string>(), byRoute.Id));
        Assert.Contains("idempotency_mismatch: ", other, StringComparison.Ordinal);
        Assert.Single((await _ann.Goals.PageAsync(cancellationToken: Stop)).Goals);
        Assert.Single((await _ann.Goals.GetAsync(id, Stop)).Conversions!);
        Assert.Contains("conversion_too_large: ", large, StringComparison.Ordinal);
        Assert.Equal(large, stillLarge);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_the_code_of_the_route_and_of_somebody_elses_goal_nothing_is_told()
    {
        var bob = await _house.EnterAsync("bob@example.org");
        var theirs = (await bob.Goals.CreateAsync(OneTime(500m, "2026-06-30"), cancellationToken: Stop)).Id;

        Assert.Contains("goal_not_found: ", await RefusedAsync("goal", new() { ["id"] = theirs }), StringComparison.Ordinal);
        Assert.Contains("goal_not_found: ", await RefusedAsync("record_conversion", new() { ["id"] = theirs, ["send_amount"] = "5", ["receive_amount"] = "4", ["provider"] = "wise" }), StringComparison.Ordinal);
        Assert.Empty((await CallAsync("list_goals", []))["goals"]!.AsArray());
        Assert.Contains("contradictory_goal: ", await RefusedAsync("add_goal", new() { ["amount"] = "5", ["from_currency"] = "USD", ["to_currency"] = "EUR" }), StringComparison.Ordinal);
        Assert.Contains("target_already_reached: ", await RefusedAsync("add_goal", new() { ["amount"] = "5", ["from_currency"] = "USD", ["to_currency"] = "EUR", ["type"] = "threshold", ["target_rate"] = "0.5" }), StringComparison.Ordinal);
        Assert.Contains("invalid_amount: ", await RefusedAsync("add_goal", new() { ["amount"] = "much", ["from_currency"] = "USD", ["to_currency"] = "EUR" }), StringComparison.Ordinal);
        Assert.Contains("unknown_status: ", await RefusedAsync("list_goals", new() { ["status"] = "asleep" }), StringComparison.Ordinal);
    }

    private static void AssertSame(string route, JsonNode tool) => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(route), tool), $"The route said {route}\nthe tool {tool}");

    private async Task<JsonNode> CallAsync(string tool, Dictionary<string, object?> arguments)
    {
        var answer = await _assistant.CallToolAsync(tool, arguments, cancellationToken: Stop);
        Assert.True(answer.IsError is not true, TextOf(answer));
        return JsonNode.Parse(TextOf(answer))!;
    }

    private async Task<string> RefusedAsync(string tool, Dictionary<string, object?> arguments)
    {
        var answer = await _assistant.CallToolAsync(tool, arguments, cancellationToken: Stop);
        Assert.True(answer.IsError, TextOf(answer));
        return TextOf(answer);
    }

    private static string TextOf(CallToolResult answer) => Assert.IsType<TextContentBlock>(Assert.Single(answer.Content)).Text;
}
