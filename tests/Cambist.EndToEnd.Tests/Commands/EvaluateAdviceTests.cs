using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Commands;

[Collection(ImportedHistoryTests.Name)]
public sealed class EvaluateAdviceTests(ImportedHistory history)
{
    private const string Header = "goal_id,pair,side,amount,amount_currency,asked_at,deadline,decided_at,action,confidence,expected_saving_usd,executed_at,rate_used,provider,all_in_cost_bps,reason_code";

    private static readonly string[] Goals = ["evaluate", "advice", "--pair", "EURUSD", "--from", "2026-02-02", "--to", "2026-02-15", "--amount", "1000,10000", "--deadline-days", "7,30", "--model", "baseline"];

    [Fact]
    public async Task Each_goal_of_both_sides_has_rows_that_end_with_its_conversion()
    {
        var told = await CommandLine.RunAsync([.. Goals, "--data", history.Data]);

        Assert.Equal(0, told.ExitCode);
        var lines = told.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Header, lines[0]);
        var goals = lines.Skip(1).Select(line => line.Split(',')).GroupBy(row => row[0]).ToList();
        Assert.Equal(2 * 2 * 2 * 14, goals.Count);
        Assert.All(goals, goal => Assert.Equal((16, "EURUSD", "CONVERT_NOW"), (goal.Last().Length, goal.Last()[1], goal.Last()[8])));
        Assert.Equal(["BUY_BASE", "SELL_BASE"], goals.Select(goal => goal.First()[2]).Distinct().Order());
    }

    [Fact]
    public async Task A_summary_is_one_document_or_tables_and_the_same_rows_are_written_beside_it()
    {
        using var files = new TemporaryFolder();
        var document = await CommandLine.RunAsync([.. Goals, "--risk", "all", "--summary", "--json", "--out", files.File("one.csv"), "--data", history.Data]);
        var tables = await CommandLine.RunAsync([.. Goals, "--risk", "all", "--summary", "--out", files.File("other.csv"), "--data", history.Data]);

        Assert.Equal((0, 0), (document.ExitCode, tables.ExitCode));
        var report = document.Json();
        Assert.Equal((336, 336, true), (report.GetProperty("goals").GetInt32(), report.GetProperty("rows")[0].GetProperty("goals").GetInt32(), report.GetProperty("replay").GetBoolean()));
        Assert.Equal(3 * 3 * 3 * 4, report.GetProperty("rows").GetArrayLength());
        Assert.All(new[] { "last safe day", "one way trading", "SELL_BASE", "10,000 USD", "as often as the confidence said" }, word => Assert.Contains(word, tables.Out, StringComparison.Ordinal));
        Assert.Equal(await File.ReadAllBytesAsync(files.File("one.csv"), TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(files.File("other.csv"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(2, "invalid_span", "--to", "2026-02-01")]
    [InlineData(2, "invalid_span", "--from", "1999-02-01")]
    [InlineData(2, "unknown_pair", "--pair", "EURXXX")]
    [InlineData(2, "invalid_amount", "--amount", "0")]
    [InlineData(2, "invalid_amount", "--amount", "-5")]
    [InlineData(2, "invalid_amount", "--amount", "much")]
    [InlineData(2, "amount_too_precise", "--amount", "0.001")]
    [InlineData(2, "unknown_side", "--side", "SELL")]
    [InlineData(2, "unknown_risk", "--risk", "wild")]
    [InlineData(2, "invalid_deadline", "--deadline-days", "91")]
    [InlineData(2, "invalid_deadline", "--deadline-days", "7,soon")]
    [InlineData(2, "invalid_step", "--every", "0h")]
    [InlineData(2, "too_many_goals", "--every", "1m", "--deadline-days", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30")]
    [InlineData(2, "unknown_currency", "--amount-currency", "CHF")]
    [InlineData(1, "model_not_found", "--model", "oracle")]
    [InlineData(1, "history_not_found", "--pair", "USDTRY")]
    [InlineData(1, "storage_failed", "--out", "no/such/folder/rows.csv")]
    public async Task What_is_wrong_is_told(int exitCode, string code, params string[] wrong)
    {
        // An option that is named twice is wrong in itself, save where it may have several values.
        var options = new Dictionary<string, string>
        {
            ["--pair"] = "EURUSD", ["--from"] = "2026-02-02", ["--to"] = "2026-02-15", ["--amount"] = "1000", ["--out"] = "never.csv", ["--model"] = "baseline",
        };
        for (var i = 0; i < wrong.Length; i += 2)
        {
            options[wrong[i]] = wrong[i + 1];
        }

        using var folder = new TemporaryFolder();
        options["--out"] = folder.File(options["--out"]);
        var told = await CommandLine.RunAsync(["evaluate", "advice", .. options.SelectMany(option => new[] { $"{option.Key}={option.Value}" }), "--json", "--data", history.Data]);

        Assert.Equal((exitCode, code), (told.ExitCode, told.Json().GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Rows_for_a_program_need_a_file_of_their_own()
    {
        var told = await CommandLine.RunAsync([.. Goals, "--json", "--data", history.Data]);

        Assert.Equal((2, "missing_field"), (told.ExitCode, told.Json().GetProperty("code").GetString()));
    }
}
