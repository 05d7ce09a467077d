using System.Text.Json;
using System.Text.Json.Nodes;
using Cambist.App.Rates;
using Cambist.App.Storage;
using Cambist.Client;
using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Commands;

/// <summary><c>cambist goals</c>, and the tools of goals of <c>cambist mcp</c>.</summary>
public sealed class GoalsTests(HomeStore home) : IClassFixture<HomeStore>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_goal_is_made_converted_once_by_its_key_paused_resumed_and_given_up()
    {
        var goal = await home.MakeAsync("--email", HomeStore.Bob, "--usual", "wise");
        var id = goal.GetProperty("id").GetString()!;

        var first = await OfBobAsync("convert", id, "--amount", "2,400", "--received", "1900.50", "--provider", "a friend", "--key", "k1");
        var again = await OfBobAsync("convert", id, "--amount", "2,400", "--received", "1900.50", "--provider", "a friend", "--key", "k1");
        var other = await OfBobAsync("convert", id, "--amount", "2,400", "--received", "1900.51", "--provider", "a friend", "--key", "k1");
        var paused = await OfBobAsync("pause", id);
        var active = await OfBobAsync("list");
        var all = await OfBobAsync("list", "--all");
        var resumed = await OfBobAsync("resume", id);
        var savings = (await OfBobAsync("dashboard")).Json().GetProperty("savings").GetProperty("all_time");
        var cancelled = await OfBobAsync("cancel", id);

        Assert.Equal(5, goal.GetProperty("schedule").GetArrayLength());
        Assert.Equal(("0.2", "0.2", 1), (Share(first), Share(again), again.Json().GetProperty("conversions").GetArrayLength()));
        Assert.Equal((2, "idempotency_mismatch"), (other.ExitCode, other.Json().GetProperty("code").GetString()));
        Assert.Equal(("paused", "active", "cancelled"), (Status(paused), Status(resumed), Status(cancelled)));
        Assert.Equal((false, true), (Ids(active).Contains(id), Ids(all).Contains(id)));
        Assert.Equal((1, "wise"), (savings.GetProperty("counted").GetInt32(), first.Json().GetProperty("conversions")[0].GetProperty("saved_against").GetString()));
        var trail = await CommandLine.RunAsync("audit", "show", "--last", "5", "--json", "--data", home.Data);
        Assert.Equal(
            [("goal.cancelled", "operator"), ("goal.resumed", "operator"), ("goal.paused", "operator"), ("goal.converted", "operator")],
            trail.Json().EnumerateArray().Where(one => one.GetProperty("details").GetString()!.Contains(id, StringComparison.Ordinal)).Take(4).Select(one => (one.GetProperty("kind").GetString()!, one.GetProperty("actor").GetString()!)));
    }

    [Theory]
    [InlineData(2, "account_needed", "list")]
    [InlineData(1, "account_not_found", "list", "--email", "nobody@example.org")]
    [InlineData(1, "goal_not_found", "show", "BOBS", "--email", HomeStore.Ann)]
    [InlineData(1, "goal_not_found", "cancel", "BOBS", "--email", HomeStore.Ann)]
    [InlineData(1, "goal_not_found", "show", "ffffffff", "--email", HomeStore.Ann)]
    [InlineData(2, "ambiguous_goal", "show", "0", "--email", HomeStore.Ann)]
    [InlineData(2, "bad_usage", "show", "--email", HomeStore.Ann)]
    [InlineData(2, "bad_usage", "add", "5", "USD", "EUR", "--every", "often", "--email", HomeStore.Ann)]
    [InlineData(2, "contradictory_goal", "add", "5", "USD", "EUR", "--email", HomeStore.Ann)]
    [InlineData(2, "contradictory_goal", "add", "5", "USD", "EUR", "--by", "2099-01-01", "--unit", "days", "--email", HomeStore.Ann)]
    [InlineData(2, "target_already_reached", "add", "5", "USD", "EUR", "--type", "threshold", "--target", "0.5", "--email", HomeStore.Ann)]
    [InlineData(2, "invalid_recurrence", "add", "5", "USD", "EUR", "--type", "recurring", "--unit", "days", "--every", "0", "--email", HomeStore.Ann)]
    [InlineData(2, "invalid_amount", "add", "five", "USD", "EUR", "--by", "2027-01-01", "--email", HomeStore.Ann)]
    [InlineData(2, "conversion_too_large", "convert", "ANNS", "--amount", "12000.02", "--received", "9000", "--provider", "wise", "--email", HomeStore.Ann)]
    [InlineData(2, "contradictory_conversion", "convert", "ANNS", "--amount", "100", "--received", "80", "--rate", "0.8", "--provider", "wise", "--email", HomeStore.Ann)]
    [InlineData(2, "conversion_in_future", "convert", "ANNS", "--amount", "100", "--received", "80", "--at", "2099-01-01", "--provider", "wise", "--email", HomeStore.Ann)]
    [InlineData(2, "missing_field", "convert", "ANNS", "--amount", "100", "--received", "80", "--email", HomeStore.Ann)]
    [InlineData(2, "bad_request", "convert", "ANNS", "--amount", "100", "--received", "80", "--provider", "wise", "--key", "two words", "--email", HomeStore.Ann)]
    public async Task What_cannot_be_is_refused_as_by_the_route_and_changes_nothing(int exit, string code, params string[] arguments)
    {
        var run = await home.RunAsync([.. arguments.Select(one => one == "ANNS" ? home.AnnsGoal : one == "BOBS" ? home.BobsGoal : one), "--json"]);

        Assert.Equal((exit, code), (run.ExitCode, run.Json().GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Text_stays_within_80_columns_without_colour_and_a_beginning_of_an_id_is_enough()
    {
        var beginning = home.AnnsGoal[..20];

        var runs = await Task.WhenAll(home.RunAsync("list", "--email", HomeStore.Ann), home.RunAsync("show", beginning, "--email", HomeStore.Ann), home.RunAsync("dashboard", "--email", HomeStore.Ann));

        Assert.All(runs, run => Assert.Equal((0, ""), (run.ExitCode, run.Error)));
        Assert.All(runs.SelectMany(run => run.Out.Split('\n')), line => Assert.True(line.TrimEnd().Length <= 80 && !line.Contains('\e', StringComparison.Ordinal), line));
        Assert.All(runs, run => Assert.Contains("tuition: 12,000.00 USD to EUR", run.Out, StringComparison.Ordinal));
        Assert.Matches("\n(CONVERT NOW with [a-z-]+|WAIT) \\(as of ", runs[1].Out); // At weekends it may be cheaper for certain to wait.
    }

    [Fact]
    public async Task An_assistant_on_the_same_machine_keeps_the_goals_of_the_account_that_is_named()
    {
        await using var assistant = new McpConversation("--data", home.Data, "--email", HomeStore.Ann);
        await assistant.HelloAsync();

        var tools = await assistant.ToolsAsync();
        var listed = await assistant.CallAsync("list_goals", """{"status":"active"}""");
        var others = await assistant.CallAsync("goal", $$"""{"id":"{{home.BobsGoal}}"}""");
        var large = await assistant.CallAsync("record_conversion", $$"""{"id":"{{home.AnnsGoal}}","send_amount":"12000.02","receive_amount":"9000","provider":"wise"}""");

        Assert.Equal(
            ["add_goal", "ask", "compare_providers", "forecast", "goal", "latest_rates", "list_goals", "record_conversion", "target_probability"],
            tools.Select(tool => tool.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
        Assert.All(tools.SelectMany(tool => tool.GetProperty("inputSchema").GetProperty("properties").EnumerateObject()), argument => Assert.NotEmpty(argument.Value.GetProperty("description").GetString()!));
        Assert.Equal([home.AnnsGoal], JsonDocument.Parse(listed.Text).RootElement.GetProperty("goals").EnumerateArray().Select(goal => goal.GetProperty("id").GetString()));
        Assert.Equal((true, true), (others.IsError, large.IsError));
        Assert.Contains("goal_not_found: ", others.Text, StringComparison.Ordinal);
        Assert.Contains("conversion_too_large: ", large.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_several_accounts_and_nobody_named_an_assistant_has_no_tools_of_goals_and_a_wrong_name_is_told()
    {
        await using var assistant = new McpConversation("--data", home.Data);
        await assistant.HelloAsync();

        var tools = await assistant.ToolsAsync();
        var wrong = await CommandLine.RunAsync("mcp", "--email", "nobody@example.org", "--data", home.Data);

        Assert.DoesNotContain(tools, tool => tool.GetProperty("name").GetString()!.Contains("goal", StringComparison.Ordinal));
        Assert.Equal(1, wrong.ExitCode);
    }

    [Fact]
    public async Task Beside_a_service_the_only_account_need_not_be_named_and_the_answer_is_that_of_the_route()
    {
        await using var service = await RunningCambist.StartAsync(MarketMode.Replay, settings: new Dictionary<string, string?> { ["RateLimits:Auth"] = "0", ["Forecasting:Models:ShippedFolder"] = "/no/model/was/shipped" });
        var data = Path.GetDirectoryName(((SqliteStore)service.Store).DatabasePath)!;
        var nobody = await CommandLine.RunAsync("goals", "list", "--json", "--data", data);
        await HomeStore.AddAccountAsync(data, HomeStore.Ann);
        var client = new CambistClient(service.Http, new CambistTokens());
        await client.Account.LoginAsync(new LoginRequest(HomeStore.Ann, "four unrelated words here"), Stop);

        var made = await CommandLine.RunAsync(home.Settings, "goals", "add", "800", "USD", "EUR", "--type", "recurring", "--unit", "months", "--day-of-month", "31", "--receive", "--json", "--data", data);
        var id = made.Json().GetProperty("id").GetString()!;
        var shown = await CommandLine.RunAsync(home.Settings, "goals", "show", id, "--json", "--data", data);
        var listed = await CommandLine.RunAsync(home.Settings, "goals", "list", "--json", "--data", data);

        Assert.Equal((1, "account_not_found"), (nobody.ExitCode, nobody.Json().GetProperty("code").GetString()));
        AssertSame(JsonSerializer.Serialize(await client.Goals.GetAsync(id, Stop), CambistJson.Wire.ConversionGoal), shown.Out);
        AssertSame(JsonSerializer.Serialize(await client.Goals.PageAsync(cancellationToken: Stop), CambistJson.Wire.GoalPage), listed.Out);
    }

    private static void AssertSame(string route, string command) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(route), JsonNode.Parse(command)), $"The route said {route}\nthe command {command}");

    private static string Share(CommandResult run) => run.Json().GetProperty("progress").GetProperty("share").GetString()!;

    private static string Status(CommandResult run) => run.Json().GetProperty("status").GetString()!;

    private static IReadOnlyList<string?> Ids(CommandResult run) => [.. run.Json().GetProperty("goals").EnumerateArray().Select(goal => goal.GetProperty("id").GetString())];

    private Task<CommandResult> OfBobAsync(params string[] arguments) => home.RunAsync([.. arguments, "--json", "--email", HomeStore.Bob]);
}
