using System.Text.Json;
using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Commands;

/// <summary>What an operator asks the program about itself, against stand-ins of the services. Answers are of a documented shape.</summary>
public sealed class DoctorTests : IDisposable
{
    private const string Secret = "planted-s3cret";
    private static readonly string[] Keyed = ["alphavantage", "fixer", "xe", "openexchangerates", "twelvedata", "wise"];

    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task In_good_order_nothing_fails_and_what_is_off_says_how_to_turn_it_on()
    {
        await using var server = await StandInServer.StartAsync();
        server.Answers("/v1/latest", $$$"""{"amount":1.0,"base":"EUR","date":"{{{DateTime.UtcNow.AddDays(-2):yyyy-MM-dd}}}","rates":{"GBP":0.83652,"JPY":162.84,"USD":1.0845}}""");
        await using var feed = await StandInFeed.StartAsync();
        var speaking = SpeakAsync(feed);

        var run = await CommandLine.RunAsync(Only("frankfurter", server, ("Rates__Feeds__kraken__BaseUrl", feed.Address.AbsoluteUri)), "doctor", "--json", "--data", _data.Path);
        await speaking;

        var checks = Checks(run);
        Assert.True(run.ExitCode == 0, run.Out + run.Error);
        Assert.Equal("ok", Status(checks, "source:frankfurter"));
        Assert.Equal("ok", Status(checks, "feed:kraken"));
        Assert.Equal("ok", Status(checks, "storage"));
        Assert.Equal("ok", Status(checks, "clock"));
        Assert.Equal("warning", Status(checks, "history"));
        Assert.Equal("off", Status(checks, "source:fixer"));
        Assert.Contains("Rates__Sources__fixer__ApiKey", checks["source:fixer"].GetProperty("mend").GetString(), StringComparison.Ordinal);
        Assert.Contains("schema", checks["storage"].GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_reached_fails_and_every_fault_says_how_to_mend_it_within_80_columns()
    {
        var json = await CommandLine.RunAsync("doctor", "--json", "--data", _data.Path);
        var plain = await CommandLine.RunAsync("doctor", "--data", _data.Path);

        Assert.Equal((1, 1), (json.ExitCode, plain.ExitCode));
        var checks = Checks(json);
        Assert.Equal("failed", json.Json().GetProperty("status").GetString());
        Assert.Equal(("failed", "failed"), (Status(checks, "source:kraken"), Status(checks, "feed:kraken")));
        Assert.Equal("skipped", Status(checks, "clock"));
        Assert.All(checks.Values.Where(check => check.GetProperty("status").GetString() is "failed" or "warning"), check => Assert.NotEmpty(check.GetProperty("mend").GetString()!));
        Assert.All(plain.Out.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
    }

    [Theory]
    [InlineData("Rates__Sources__krakn__ApiKey", Secret, "Did you mean Rates:Sources:kraken?", "warning")]
    [InlineData("Rates__MajorIntervall", "30", "Did you mean Rates:MajorInterval?", "warning")]
    [InlineData("Storage__Providr", "sqlite", "Did you mean Storage:Provider?", "warning")]
    [InlineData("Retention__InactivDays", "90", "Did you mean Retention:InactiveDays?", "warning")]
    [InlineData("Retention__InactiveDays", "3", "Retention:InactiveDays", "failed")]
    [InlineData("Auth__SessionIdleHour", "2", "Did you mean Auth:SessionIdleHours?", "warning")]
    [InlineData("Auth__PublicUrl", "cambist.example", "Auth:PublicUrl", "failed")]
    [InlineData("Rates__MajorInterval", "often", "Rates:MajorInterval", "failed")]
    [InlineData("Rates__Sources__kraken__QuotaPerDay", "0", "Rates:Sources:kraken:QuotaPerDay", "failed")]
    [InlineData("Rates__Sources__kraken__Enabled", "perhaps", "Rates:Sources:kraken:Enabled", "failed")]
    [InlineData("Rates__Sources__kraken__BaseUrl", "api.kraken.com?key=" + Secret, "Rates:Sources:kraken:BaseUrl", "failed")]
    [InlineData("Rates__Feeds__kraken__BaseUrl", "http://ann:" + Secret + "@x/?key=" + Secret, "Rates:Feeds:kraken:BaseUrl", "failed")]
    [InlineData("Storage__Provider", "oracle", "Storage:Provider", "failed")]
    public async Task A_wrong_setting_is_told_by_its_key_and_a_value_that_may_be_secret_is_not(string key, string value, string told, string status)
    {
        var run = await CommandLine.RunAsync(new Dictionary<string, string> { [key] = value }, "doctor", "--json", "--data", _data.Path);

        var found = run.Json().GetProperty("checks").EnumerateArray().First(check => check.ToString().Contains(told, StringComparison.Ordinal));
        Assert.Equal(("configuration", status), (found.GetProperty("name").GetString(), found.GetProperty("status").GetString()));
        Assert.DoesNotContain(Secret, run.Out + run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("doctor")]
    [InlineData("doctor", "--json")]
    [InlineData("rates", "sources")]
    [InlineData("rates", "sources", "--json")]
    [InlineData("rates", "sources", "--no-ask", "--json")]
    [InlineData("rates", "latest", "EUR/USD")]
    public async Task A_key_in_the_environment_is_in_no_output_whatever_the_services_say(params string[] arguments)
    {
        await using var server = await StandInServer.StartAsync();
        var settings = new Dictionary<string, string>();
        foreach (var id in Keyed)
        {
            settings[$"Rates__Sources__{id}__BaseUrl"] = server.Address.AbsoluteUri;
            settings[$"Rates__Sources__{id}__ApiKey"] = Secret;
        }

        settings["Rates__Feeds__twelvedata__ApiKey"] = Secret;
        // Services repeat a key to whoever asks with it.
        foreach (var path in new[] { "/query", "/api/latest", "/v1/convert_from.json", "/api/latest.json", "/exchange_rate", "/v1/rates", "/quote", "/price" })
        {
            server.Answers(path, $$$"""{"Error Message":"the key {{{Secret}}} is wrong","message":"{{{Secret}}}","code":401,"success":false,"error":{"code":101,"type":"{{{Secret}}}","info":"{{{Secret}}}"},"status":"error","description":"{{{Secret}}}"}""", status: 401);
        }

        var run = await CommandLine.RunAsync(settings, [.. arguments, "--data", _data.Path]);

        Assert.True(server.Requests.Count > 0 || arguments.Contains("--no-ask"));
        Assert.DoesNotContain(Secret, run.Out + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_of_sources_fits_80_columns_and_its_document_is_that_of_the_service()
    {
        await using var server = await StandInServer.StartAsync();
        server.Answers("/v1/latest", $$$"""{"amount":1.0,"base":"EUR","date":"{{{DateTime.UtcNow.AddDays(-2):yyyy-MM-dd}}}","rates":{"GBP":0.83652,"JPY":162.84,"USD":1.0845}}""");
        var settings = Only("frankfurter", server);

        var plain = await CommandLine.RunAsync(settings, "rates", "sources", "--data", _data.Path);
        var stored = await CommandLine.RunAsync(settings, "rates", "sources", "--no-ask", "--json", "--data", _data.Path);

        Assert.Equal((0, 0), (plain.ExitCode, stored.ExitCode));
        Assert.All(plain.Out.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
        Assert.Contains(plain.Out.Split('\n'), line => line.Contains("openexchangerates", StringComparison.Ordinal));
        var source = stored.Json().GetProperty("sources").EnumerateArray().Single(one => one.GetProperty("id").GetString() == "frankfurter");
        Assert.Equal("waiting", source.GetProperty("status").GetString());
        Assert.True(source.GetProperty("last_24_hours").GetArrayLength() > 0, "What the first run was told is stored.");
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("Rates__Feeds__kraken__BaseUrl", "http://x", "serve", "--urls", "http://127.0.0.1:0")]
    [InlineData("Rates__MajorInterval", "often", "rates", "latest")]
    [InlineData("Rates__Sources__kraken__QuotaPerDay", "many", "rates", "latest")]
    public async Task A_wrong_setting_ends_a_command_with_one_sentence(string key, string value, params string[] arguments)
    {
        var run = await CommandLine.RunAsync(new Dictionary<string, string> { [key] = value }, [.. arguments, "--data", _data.Path]);

        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.StartsWith("The configuration is wrong: Rates:", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    private static async Task SpeakAsync(StandInFeed feed)
    {
        var connection = await feed.NextAsync(TestContext.Current.CancellationToken);
        await connection.SendAsync("""{"channel":"heartbeat"}""", TestContext.Current.CancellationToken);
        await connection.Ended;
    }

    private static Dictionary<string, string> Only(string id, StandInServer server, params (string Key, string Value)[] more)
    {
        var settings = new[] { "kraken", "coinbase", "ecb", "exchange-api" }.ToDictionary(other => $"Rates__Sources__{other}__Enabled", _ => "false");
        settings[$"Rates__Sources__{id}__BaseUrl"] = server.Address.AbsoluteUri;
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        return settings;
    }

    private static Dictionary<string, JsonElement> Checks(CommandResult run) =>
        run.Json().GetProperty("checks").EnumerateArray().GroupBy(check => check.GetProperty("name").GetString()!).ToDictionary(name => name.Key, name => name.First());

    private static string? Status(Dictionary<string, JsonElement> checks, string name) => checks[name].GetProperty("status").GetString();
}
