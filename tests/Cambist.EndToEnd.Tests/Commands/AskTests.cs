using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Commands;

[Collection(ImportedHistoryTests.Name)]
public sealed class AskTests(ImportedHistory history)
{
    private const string AsOf = "2026-03-18T12:00:00Z";

    [Fact]
    public async Task Advice_of_the_past_is_one_document()
    {
        var asked = await CommandLine.RunAsync("ask", "5000", "EUR", "USD", "--by", "2026-04-15", "--as-of", AsOf, "--risk", "aggressive", "--json", "--data", history.Data);

        Assert.Equal(0, asked.ExitCode);
        Assert.Equal("", asked.Error);
        var advice = asked.Json();
        Assert.Equal(AsOf, advice.GetProperty("as_of").GetString());
        Assert.Equal("aggressive", advice.GetProperty("risk_tolerance").GetString());
        Assert.Equal("2026-04-16T00:00:00Z", advice.GetProperty("deadline").GetString());
    }

    [Fact]
    public async Task Advice_in_a_pipe_is_plain_text_with_the_verdict_and_the_table()
    {
        var asked = await CommandLine.RunAsync("ask", "5,000.00", "eur", "usd", "--as-of", AsOf, "--data", history.Data);

        Assert.Equal(0, asked.ExitCode);
        Assert.Contains("CONVERT NOW", asked.Out, StringComparison.Ordinal);
        Assert.Contains("Wise", asked.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', asked.Out);
    }

    [Fact]
    public async Task Providers_are_compared_by_what_is_paid_for_an_amount_to_receive()
    {
        var asked = await CommandLine.RunAsync("providers", "2500", "USD", "EUR", "--receive", "--as-of", AsOf, "--json", "--data", history.Data);

        Assert.Equal(0, asked.ExitCode);
        var ranked = asked.Json().EnumerateArray().Where(provider => provider.GetProperty("status").GetString() == "ranked").ToList();
        Assert.True(ranked.Count >= 5);
        Assert.Equal("2500.00", ranked[0].GetProperty("receive_amount").GetProperty("amount").GetString());
        var costs = ranked.Select(provider => provider.GetProperty("total_cost_bps").GetDouble()).ToList();
        Assert.Equal(costs[0], costs.Min());
    }

    [Fact]
    public async Task History_as_CSV_is_the_history_as_JSON()
    {
        string[] question = ["rates", "history", "USD/EUR", "--from", "2026-03-16", "--to", AsOf, "--data", history.Data];

        var csv = await CommandLine.RunAsync([.. question, "--csv"]);
        var json = await CommandLine.RunAsync([.. question, "--json"]);

        var lines = csv.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("time,open,high,low,close,source", lines[0]);
        Assert.Equal(60, lines.Length - 1);
        Assert.Equal(lines.Skip(1), json.Json().GetProperty("items").EnumerateArray().Select(bar => string.Join(',', bar.EnumerateObject().Select(field => field.Value.GetString()))));
    }

    [Theory]
    [InlineData(2, "unknown_currency", "ask", "5000", "EUR", "XXY")]
    [InlineData(2, "same_currency", "ask", "5000", "EUR", "EUR")]
    [InlineData(2, "invalid_amount", "ask", "0", "EUR", "USD")]
    [InlineData(2, "invalid_amount", "ask", "1e5", "EUR", "USD")]
    [InlineData(2, "amount_too_precise", "ask", "10.5", "JPY", "USD")]
    [InlineData(2, "deadline_past", "ask", "5000", "EUR", "USD", "--by", "2020-01-01")]
    [InlineData(2, "invalid_deadline", "ask", "5000", "EUR", "USD", "--by", "2026-13-45")]
    [InlineData(2, "invalid_time", "ask", "5000", "EUR", "USD", "--as-of", "9999-12-31")]
    [InlineData(2, "invalid_as_of", "ask", "5000", "EUR", "USD", "--as-of", "2002-01-01")]
    [InlineData(2, "unknown_risk_tolerance", "ask", "5000", "EUR", "USD", "--risk", "high")]
    [InlineData(2, "unknown_time_zone", "ask", "5000", "EUR", "USD", "--time-zone", "Berlin")]
    [InlineData(2, "unknown_provider", "ask", "5000", "EUR", "USD", "--exclude", "nobody")]
    [InlineData(2, "unknown_country", "providers", "5000", "EUR", "USD", "--country", "XX")]
    [InlineData(1, "rate_not_found", "ask", "5000", "ZAR", "SEK", "--as-of", AsOf)]
    [InlineData(1, "rate_stale", "ask", "5000", "EUR", "USD", "--as-of", "2026-03-20T12:00:00Z")]
    [InlineData(1, "history_not_found", "rates", "history", "ZAR/SEK")]
    [InlineData(2, "unknown_pair", "rates", "history", "EURO")]
    [InlineData(2, "unknown_pair", "rates", "latest", "EUR/XXY")]
    [InlineData(1, "rate_not_found", "rates", "latest", "ZAR/SEK")]
    [InlineData(2, "no_such_file", "history", "import", "nowhere.csv")]
    [InlineData(2, "bad_usage", "ask", "5000", "EUR")]
    [InlineData(2, "bad_usage", "ask", "5000", "EUR", "USD", "--nonsense")]
    [InlineData(2, "bad_usage", "convert")]
    [InlineData(2, "bad_usage")]
    [InlineData(2, "bad_usage", "serve", "--demo", "--replay", ".")]
    [InlineData(2, "bad_usage", "serve", "--replay", "nowhere", "--from", "2020-01-01")]
    [InlineData(2, "bad_usage", "serve", "--speed", "0")]
    [InlineData(2, "wrong_setting", "ask", "5", "EUR", "USD", "--database", "nonsense")]
    [InlineData(1, "storage_failed", "ask", "5", "EUR", "USD", "--database", "Host=127.0.0.1;Port=1;Password=secret")]
    public async Task A_wrong_question_ends_with_2_and_an_unanswerable_one_with_1_and_one_document(int exitCode, string code, params string[] arguments)
    {
        var asked = await CommandLine.RunAsync([.. arguments, "--json", "--data", history.Data]);

        Assert.Equal(exitCode, asked.ExitCode);
        Assert.Equal(code, asked.Json().GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_wrong_question_is_told_on_standard_error_without_a_trace()
    {
        var asked = await CommandLine.RunAsync("ask", "5000", "EUR", "XXY", "--data", history.Data);

        Assert.Equal((2, ""), (asked.ExitCode, asked.Out));
        Assert.Contains("'to_currency' is the three-letter code", asked.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", asked.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_is_no_database_is_told_and_left_as_it_was()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("cambist.db"), "this was somebody's diary", TestContext.Current.CancellationToken);

        var asked = await CommandLine.RunAsync("ask", "5000", "EUR", "USD", "--as-of", AsOf, "--json", "--data", folder.Path);

        Assert.Equal((1, "storage_failed"), (asked.ExitCode, asked.Json().GetProperty("code").GetString()));
        Assert.Equal("this was somebody's diary", await File.ReadAllTextAsync(folder.File("cambist.db"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_where_a_data_folder_is_meant_is_bad_usage()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("data"), "", TestContext.Current.CancellationToken);

        var asked = await CommandLine.RunAsync("ask", "5000", "EUR", "USD", "--json", "--data", folder.File("data"));

        Assert.Equal((2, "bad_usage"), (asked.ExitCode, asked.Json().GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_question_about_now_looks_at_the_live_sources_where_the_environment_says_they_are()
    {
        await using var kraken = await StandInServer.StartAsync();
        kraken.Answers("/0/public/Ticker", """{"error":[],"result":{"ZEURZUSD":{"a":["1.08453","12000","12000.000"],"b":["1.08446","8000","8000.000"]}}}""");
        var environment = new Dictionary<string, string> { ["Rates__Sources__kraken__BaseUrl"] = kraken.Address.AbsoluteUri };

        var asked = await CommandLine.RunAsync(environment, "rates", "latest", "USD/EUR", "--json", "--data", history.Data);

        var rate = asked.Json().GetProperty("rates")[0];
        Assert.Equal(("kraken", false), (rate.GetProperty("source").GetString(), rate.GetProperty("stale").GetBoolean()));
        Assert.StartsWith("0.92208", rate.GetProperty("rate").GetString(), StringComparison.Ordinal);
    }
}
