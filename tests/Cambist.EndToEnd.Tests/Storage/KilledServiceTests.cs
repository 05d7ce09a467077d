using System.Globalization;
using Cambist.App.Rates.Ticks;
using Cambist.App.Storage;
using Cambist.Domain.Currencies;
using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Storage;

/// <summary>The service is killed at any moment of collecting, again and again: its store opens each time, and what was stored stays.</summary>
public sealed class KilledServiceTests
{
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");

    [Fact]
    public async Task Killed_again_and_again_it_loses_nothing_that_was_stored()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs SIGKILL: this system has no signals");
        using var folder = new TemporaryFolder();
        await using var server = await StandInServer.StartAsync();
        var asked = new SemaphoreSlim(0);
        var answers = 0;
        server.Answers("/0/public/Ticker", _ =>
        {
            asked.Release();
            var bid = (1.08m + Interlocked.Increment(ref answers) * 0.00001m).ToString(CultureInfo.InvariantCulture);
            return "{'error':[],'result':{'ZEURZUSD':{'a':['1.0820','1','1'],'b':['*','1','1']}}}".Replace('\'', '"').Replace("*", bid, StringComparison.Ordinal);
        });
        var environment = new Dictionary<string, string>
        {
            ["Rates__Sources__kraken__BaseUrl"] = server.Address.AbsoluteUri,
            ["Rates__Sources__kraken__Gap"] = "00:00:00",
            ["Rates__MajorInterval"] = "1",
            ["Rates__OtherInterval"] = "1",
        };
        foreach (var other in new[] { "coinbase", "frankfurter", "ecb", "exchange-api" })
        {
            environment[$"Rates__Sources__{other}__Enabled"] = "false";
        }

        var stored = 0;
        for (var life = 0; life < 4; life++)
        {
            await using (var serve = CommandLine.Start(environment, "serve", "--data", folder.Path, "--urls", "http://127.0.0.1:0"))
            {
                await serve.SaysAsync("listens on");
                for (var turn = 0; turn <= life; turn++)
                {
                    Assert.True(await asked.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken), "No request came within a minute.");
                }

                await serve.SignalAsync("KILL");
                await serve.EndAsync();
            }

            while (asked.Wait(0, TestContext.Current.CancellationToken))
            {
            }

            using var store = SqliteStore.Open(folder.Path);
            using (var connection = store.Connect())
            {
                using var check = connection.CreateCommand();
                check.CommandText = "PRAGMA integrity_check;";
                Assert.Equal("ok", check.ExecuteScalar());
            }

            var ticks = new TickStore(store);
            var kept = ticks.Read(EurUsd, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, int.MaxValue).Count;
            Assert.InRange(kept, stored, Volatile.Read(ref answers));
            Assert.Equal(kept, ticks.Counts(DateTimeOffset.MinValue).Where(count => count.Verdict == "accepted").Sum(count => count.Count));
            stored = kept;
        }

        Assert.InRange(stored, 1, int.MaxValue);
    }
}
