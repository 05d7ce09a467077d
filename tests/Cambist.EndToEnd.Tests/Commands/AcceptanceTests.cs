using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Commands;

/// <summary>The program over recorded market history.</summary>
public sealed class AcceptanceTests
{
    [Fact]
    public async Task Over_the_first_half_of_2021_the_95_percent_interval_holds_and_a_question_of_June_is_answered_in_full()
    {
        var files = new[] { "EURUSD", "GBPUSD", "USDJPY" }.Select(pair => SharedData.File($"fx/hourly/{pair}.csv.gz")).ToList();
        using var data = new TemporaryFolder();
        foreach (var file in files)
        {
            Assert.Equal(0, (await CommandLine.RunAsync("history", "import", file, "--data", data.Path)).ExitCode);
        }

        var score = (await CommandLine.RunAsync(
            "evaluate", "forecasts", "--pair", "EURUSD", "--from", "2021-01-01", "--to", "2021-06-30", "--every", "6h", "--model", "baseline", "--out", data.File("rows.csv"), "--json", "--data", data.Path)).Json();
        var asked = await CommandLine.RunAsync("ask", "5000", "EUR", "USD", "--by", "2021-07-15", "--as-of", "2021-06-15T12:00:00Z", "--json", "--data", data.Path);

        TestContext.Current.SendDiagnosticMessage("{0}", score.ToString());
        Assert.InRange(score.GetProperty("coverage95").GetDouble(), 0.94, 0.96);
        var asOfs = score.GetProperty("as_ofs").GetInt32();
        Assert.InRange(asOfs, 480, 520);
        Assert.Equal(asOfs * 24 + 1, File.ReadLines(data.File("rows.csv")).Count());
        Assert.Equal(0, asked.ExitCode);
        var advice = asked.Json();
        Assert.All(
            new[]
            {
                "recommendation", "reason", "reasons", "current_rate", "predicted_rate", "prediction_interval", "confidence", "best_provider", "providers", "expected_savings",
                "range", "money_at_risk", "latest_safe_date", "next_check", "model", "as_of", "disclaimer",
            },
            field => Assert.NotEqual(System.Text.Json.JsonValueKind.Null, advice.GetProperty(field).ValueKind));
    }
}
