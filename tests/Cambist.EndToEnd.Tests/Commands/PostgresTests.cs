using System.Net.Http.Json;
using Cambist.App.Rates;
using Cambist.Client;
using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Commands;

public sealed class PostgresTests
{
    private static readonly DateTimeOffset From = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commands_and_the_service_share_the_database_that_is_named()
    {
        using var database = PostgresDatabase.Create(RealComponents.Postgres);
        using var files = new TemporaryFolder();
        var bars = SeededHistory.WriteFile(files.File("EURUSD.csv.gz"), 1.1, From, From.AddDays(30));
        var byEnvironment = new Dictionary<string, string> { ["Storage__Provider"] = "postgres", ["Storage__ConnectionString"] = database.ConnectionString };

        var imported = await CommandLine.RunAsync("history", "import", files.Path, "--json", "--database", database.ConnectionString);
        var again = await CommandLine.RunAsync(byEnvironment, "history", "import", files.Path, "--json");
        var history = await CommandLine.RunAsync(byEnvironment, "rates", "history", "EURUSD", "--from", "2024-01-01", "--to", "2024-01-05", "--json");

        Assert.True(imported.ExitCode == 0, imported.Error);
        Assert.Equal((bars, 0), (Count(imported, "inserted"), Count(imported, "unchanged")));
        Assert.Equal((0, bars), (Count(again, "inserted"), Count(again, "unchanged")));
        Assert.NotEqual(0, history.Json().GetProperty("items").GetArrayLength());

        await using var service = await RunningCambist.StartAsync(MarketMode.Live, database: database.ConnectionString);
        var page = await service.Http.GetStringAsync(new Uri("/api/v1/rates/history?pair=EURUSD&from=2024-01-01&to=2024-01-05", UriKind.Relative), Cancelled);
        Assert.Contains("2024-01-02T00:00:00", page, StringComparison.Ordinal);

        using var ready = await service.Http.GetAsync(new Uri("/readyz", UriKind.Relative), Cancelled);
        var report = await ready.Content.ReadFromJsonAsync(CambistJson.Wire.HealthReport, Cancelled);
        var storage = Assert.Single(report!.Checks, check => check.Name == "storage");
        Assert.Equal("ok", storage.Status);
        Assert.Matches(@"^PostgreSQL \d+.* answers$", storage.Detail);
        Assert.DoesNotContain("127.0.0.1", storage.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_told_in_a_sentence_without_the_password()
    {
        var asked = await CommandLine.RunAsync("rates", "latest", "--database", "Host=127.0.0.1;Port=1;Database=market;Username=ann;Password=secret1");

        Assert.Equal((1, ""), (asked.ExitCode, asked.Out));
        Assert.Contains("PostgreSQL at 127.0.0.1:1, database 'market'", asked.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret1", asked.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", asked.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_does_not_exist_is_named()
    {
        var asked = await CommandLine.RunAsync("rates", "latest", "--database", RealComponents.Postgres.Where() + ";Database=nobody_made_it");

        Assert.Equal(1, asked.ExitCode);
        Assert.Contains("database \"nobody_made_it\" does not exist", asked.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_is_none_is_refused_with_its_key_and_the_choice()
    {
        var asked = await CommandLine.RunAsync(new Dictionary<string, string> { ["Storage__Provider"] = "oracle" }, "rates", "history", "EURUSD");

        Assert.Equal(2, asked.ExitCode);
        Assert.Contains("Storage:Provider: 'sqlite' or 'postgres', was 'oracle'", asked.Error, StringComparison.Ordinal);
    }

    private static int Count(CommandResult import, string what) => import.Json().GetProperty(what).GetInt32();
}
