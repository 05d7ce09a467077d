using System.Net.Sockets;
using System.Text;
using Cambist.TestKit;
using Npgsql;
using Xunit;

namespace Cambist.EndToEnd.Tests.Fixtures;

public sealed class RealComponentTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostgreSQL_answers_a_question()
    {
        await using var source = NpgsqlDataSource.Create(RealComponents.Postgres.Where());
        await using var command = source.CreateCommand("select 1");

        Assert.Equal(1, await command.ExecuteScalarAsync(Cancelled));
    }

    [Fact]
    public async Task PostgreSQL_creates_and_drops_a_database_of_a_test()
    {
        await using var source = NpgsqlDataSource.Create(RealComponents.Postgres.Where());
        var name = $"fixture_{Guid.NewGuid():N}";

        await Run($"create database {name}");
        await Run($"drop database {name}");

        async Task Run(string sql)
        {
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(Cancelled);
        }
    }

    [Fact]
    public async Task Redis_answers_a_ping()
    {
        var where = new Uri($"redis://{RealComponents.Redis.Where()}");
        using var client = new TcpClient();
        await client.ConnectAsync(where.Host, where.Port, Cancelled);
        await using var stream = client.GetStream();

        await stream.WriteAsync("PING\r\n"u8.ToArray(), Cancelled);
        var answer = new byte[7];
        await stream.ReadExactlyAsync(answer, Cancelled);

        Assert.Equal("+PONG\r\n", Encoding.ASCII.GetString(answer));
    }

    [Fact]
    public async Task Chromium_runs_and_draws_a_local_page()
    {
        await using var chromium = await ChromiumBrowser.StartAsync();
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("page.html"), """
            <!doctype html><title>Rates</title><p id="rate" hidden>1</p>
            <script>rate.textContent = (1 / 0.8).toFixed(2); rate.hidden = false;</script>
            """, Cancelled);

        var page = await chromium.Browser.NewPageAsync();
        await page.GotoAsync(new Uri(folder.File("page.html")).AbsoluteUri);

        Assert.Equal("1.25", await page.InnerTextAsync("#rate"));
        Assert.True((await page.Locator("#rate").BoundingBoxAsync())?.Height > 0, "The shown paragraph has a height.");
    }
}
