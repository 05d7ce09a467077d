using System.Globalization;
using Cambist.Domain.Calendars;
using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Commands;

[Collection(ImportedHistoryTests.Name)]
public sealed class EvaluateTests(ImportedHistory history)
{
    private const string Header = "pair,as_of,horizon_hours,spot,mean,std,q025,q05,q10,q25,q50,q75,q90,q95,q975";

    private static readonly string[] February = ["evaluate", "forecasts", "--pair", "EURUSD", "--from", "2026-02-01", "--to", "2026-02-28", "--every", "6h", "--model", "baseline"];

    [Fact]
    public async Task Each_as_of_has_24_rows_in_the_open_market_and_none_lies_before_the_start()
    {
        var told = await CommandLine.RunAsync([.. February, "--data", history.Data]);

        Assert.Equal(0, told.ExitCode);
        var lines = told.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Header, lines[0]);
        var rows = lines.Skip(1).Select(line => line.Split(',')).ToList();
        Assert.All(rows, row => Assert.Equal((15, "EURUSD"), (row.Length, row[0])));
        var asOfs = rows.GroupBy(row => row[1]).ToList();
        Assert.Equal(4 * 20, asOfs.Count);
        Assert.All(asOfs, asOf => Assert.Equal(Enumerable.Range(1, 24), asOf.Select(row => int.Parse(row[2], CultureInfo.InvariantCulture))));
        Assert.All(asOfs, asOf =>
        {
            var instant = DateTimeOffset.ParseExact(asOf.Key, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            Assert.True(FxWeek.IsOpen(instant), $"The market is closed at {instant}.");
            Assert.InRange(instant, new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        });
        Assert.All(rows, row =>
        {
            var figures = row.Skip(3).Select(figure => double.Parse(figure, CultureInfo.InvariantCulture)).ToList();
            Assert.All(figures, figure => Assert.True(double.IsFinite(figure) && figure > 0));
            Assert.Equal(figures.Skip(3).Order(), figures.Skip(3));
        });
    }

    [Fact]
    public async Task Nothing_changes_where_later_bars_are_not_there()
    {
        using var files = new TemporaryFolder();
        using var data = new TemporaryFolder();
        using var rows = new TemporaryFolder();
        SeededHistory.Write(files.Path, ImportedHistory.End);
        CutAt(files.File("EURUSD.csv.gz"), files.File("cut.csv"), new DateTimeOffset(2026, 2, 28, 0, 0, 0, TimeSpan.Zero));
        var imported = await CommandLine.RunAsync("history", "import", files.File("cut.csv"), "--pair", "EURUSD", "--data", data.Path);
        Assert.True(imported.ExitCode == 0, imported.Error);

        var whole = await CommandLine.RunAsync([.. February, "--out", rows.File("whole.csv"), "--json", "--data", history.Data]);
        var cut = await CommandLine.RunAsync([.. February, "--out", rows.File("cut.csv"), "--json", "--data", data.Path]);

        Assert.Equal((0, 0), (whole.ExitCode, cut.ExitCode));
        Assert.Equal(80, whole.Json().GetProperty("as_ofs").GetInt32());
        Assert.Equal(await File.ReadAllTextAsync(rows.File("whole.csv"), TestContext.Current.CancellationToken), await File.ReadAllTextAsync(rows.File("cut.csv"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_summary_scores_a_family_against_the_others_in_one_document()
    {
        var told = await CommandLine.RunAsync([.. February[..^1], "fhs", "--summary", "--json", "--data", history.Data]);

        Assert.Equal(0, told.ExitCode);
        var report = told.Json();
        Assert.Equal(("fhs", 80), (report.GetProperty("model").GetString(), report.GetProperty("as_ofs").GetInt32()));
        var horizons = report.GetProperty("horizons").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, 24), horizons.Select(row => row.GetProperty("horizon_hours").GetInt32()));
        Assert.All(horizons, row =>
        {
            Assert.Equal(["random-walk", "baseline"], row.GetProperty("skills").EnumerateArray().Select(skill => skill.GetProperty("reference").GetString()));
            Assert.InRange(row.GetProperty("crps").GetDouble(), 1e-6, 1e-1);
            Assert.InRange(row.GetProperty("coverage80").GetDouble(), 0.4, 1);
            Assert.Equal((0, 1), (row.GetProperty("direction_calls").GetInt32(), row.GetProperty("mape_ratio").GetDouble())); // The median is the spot.
        });
        Assert.Equal(horizons.Sum(row => row.GetProperty("outcomes").GetInt32()), report.GetProperty("pooled").GetProperty("outcomes").GetInt32());
    }

    [Fact]
    public async Task A_summary_on_the_terminal_prints_no_rows()
    {
        var told = await CommandLine.RunAsync([.. February, "--summary", "--data", history.Data]);

        Assert.Equal(0, told.ExitCode);
        Assert.DoesNotContain(Header, told.Out, StringComparison.Ordinal);
        Assert.All(new[] { "random-walk", "fhs", "all 24" }, word => Assert.Contains(word, told.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_pairs_follow_one_another_and_a_doubled_one_counts_once()
    {
        var told = await CommandLine.RunAsync([.. February, "--pair", "USDEUR,EURUSD", "--data", history.Data]);

        Assert.Equal(0, told.ExitCode);
        var rows = told.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')[0]).ToList();
        Assert.Equal([("EURUSD", 80 * 24), ("USDEUR", 80 * 24)], rows.CountBy(pair => pair).Select(pair => (pair.Key, pair.Value)));
    }

    [Theory]
    [InlineData(2, "invalid_span", "--from", "2026-02-28", "--to", "2026-02-01")]
    [InlineData(2, "invalid_time", "--from", "0001-01-01", "--to", "2026-02-01")]
    [InlineData(2, "invalid_deadline", "--from", "2026-02-01", "--to", "9999-12-31T12:00:00Z")]
    [InlineData(2, "invalid_step", "--from", "2026-02-01", "--to", "2026-02-02", "--every", "0h")]
    [InlineData(1, "model_not_found", "--from", "2026-02-01", "--to", "2026-02-02", "--model", "oracle")]
    [InlineData(1, "history_not_found", "--from", "2035-02-01", "--to", "2035-02-02")]
    public async Task A_wrong_span_step_or_model_is_told(int exitCode, string code, params string[] arguments)
    {
        var told = await CommandLine.RunAsync(["evaluate", "forecasts", "--pair", "EURUSD", "--out", "never.csv", "--json", "--data", history.Data, .. arguments]);

        Assert.Equal((exitCode, code), (told.ExitCode, told.Json().GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_told()
    {
        var told = await CommandLine.RunAsync([.. February, "--out", Path.Combine(history.Data, "no", "such", "folder", "rows.csv"), "--json", "--data", history.Data]);

        Assert.Equal((1, "storage_failed"), (told.ExitCode, told.Json().GetProperty("code").GetString()));
    }

    private static void CutAt(string path, string target, DateTimeOffset until)
    {
        using var text = new StreamReader(new System.IO.Compression.GZipStream(File.OpenRead(path), System.IO.Compression.CompressionMode.Decompress));
        File.WriteAllLines(target, text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => string.CompareOrdinal(line, until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) < 0 || line.StartsWith("time", StringComparison.Ordinal)));
    }
}
