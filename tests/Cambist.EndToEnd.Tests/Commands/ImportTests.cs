using System.IO.Compression;
using System.Text;
using Cambist.App.Rates.History;
using Cambist.App.Rates;
using Cambist.App.Storage;
using Cambist.TestKit;
using Xunit;

namespace Cambist.EndToEnd.Tests.Commands;

public sealed class ImportTests : IDisposable
{
    private const string Header = "time,open,high,low,close,volume,spread,src";

    private readonly TemporaryFolder _files = new();
    private readonly TemporaryFolder _data = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _files.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Good_history_goes_in_and_again_changes_nothing()
    {
        var bars = SeededHistory.WriteFile(_files.File("EURUSD.csv.gz"), 1.1, new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero));

        var first = await Import("--json");
        var second = await Import("--json");

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Equal((bars, 0), (Count(first, "inserted"), Count(first, "refused")));
        Assert.Equal((0, 0, bars), (Count(second, "inserted"), Count(second, "changed"), Count(second, "unchanged")));
    }

    [Fact]
    public async Task Ticks_are_told_by_file_with_what_counts_and_why_the_rest_does_not_within_80_columns()
    {
        await File.WriteAllLinesAsync(
            _files.File("USDJPY_oanda_s5_bidask_2023-10-06.csv"),
            ["time,bid,ask", "2023-10-06T12:00:00Z,149.01,149.02", "2023-10-06T12:00:05Z,149.02,149.01", "2023-10-06T12:00:10Z,0,149.02", "2023-10-06T12:00:15Z,149.02,149.03"],
            Cancelled);

        var first = (await Import()).Out;
        var second = (await Import()).Out;

        Assert.All((first + second).Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
        Assert.Contains(first.Split('\n'), line => line.Contains("USDJPY_oanda_s5_bidask_", StringComparison.Ordinal));
        Assert.All(new[] { "Accepted", "Quarantined", "Rejected", "Because", "crossed", "not_positive" }, word => Assert.Contains(word, first, StringComparison.Ordinal));
        Assert.DoesNotContain("Present", first, StringComparison.Ordinal);
        Assert.Contains("Present", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_rows_are_refused_by_file_and_line_while_the_good_ones_go_in()
    {
        await File.WriteAllLinesAsync(
            _files.File("EURUSD.csv"),
            [
                Header,
                "2024-01-02T00:00:00Z,1.1,1.2,1.0,1.1,,,x",
                "2024-01-02T01:00:00Z,0,1.2,0,1.1,,,x",
                "2024-01-02T02:00:00Z,1.1,1.2,1.0,1.1,,-0.0002,x",
                "2024-01-02T03:00:00Z,1.1,1.0,1.2,1.1,,,x",
                "yesterday,1.1,1.2,1.0,1.1,,,x",
                "2024-01-02T05:00:00Z,1.1,1.2,1.0,abc,,,x",
                "2024-01-06T12:00:00Z,1.1,1.2,1.0,1.1,,,x",
                "2024-01-02T07:00:00Z,1.1,1.2",
                "2024-01-02T08:00:00Z,1.1,1.2,1.0,1.1,,,x",
            ],
            Cancelled);

        var plain = await Import();
        var json = await Import("--json");

        Assert.Equal((1, 1), (plain.ExitCode, json.ExitCode));
        Assert.All(new[] { 3, 4, 5, 6, 7, 8, 9 }, line => Assert.Contains($"EURUSD.csv:{line}: ", plain.Error, StringComparison.Ordinal));
        Assert.Contains("spread", LineOf(plain, 4), StringComparison.Ordinal);
        Assert.Contains("'abc'", LineOf(plain, 7), StringComparison.Ordinal);
        Assert.Equal((7, 2), (Count(json, "refused"), Count(json, "unchanged")));
    }

    [Theory]
    [InlineData("corrupt gzip")]
    [InlineData("truncated gzip")]
    [InlineData("wrong header")]
    [InlineData("empty file")]
    [InlineData("no text")]
    public async Task A_file_that_cannot_be_trusted_is_refused_whole_and_the_store_is_unharmed(string fault)
    {
        SeededHistory.WriteFile(_files.File("EURUSD.csv.gz"), 1.1, new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2024, 3, 1, 0, 0, 0, TimeSpan.Zero));
        await Import("--json");
        var before = Pairs();
        await File.WriteAllBytesAsync(_files.File("GBPUSD.csv.gz"), Damaged(fault), Cancelled);

        var import = await Import("--json");

        Assert.Equal(1, import.ExitCode);
        var refused = import.Json().GetProperty("files")[1];
        Assert.NotEmpty(refused.GetProperty("fault").GetString()!);
        Assert.Equal(before, Pairs());
        Assert.Contains("GBPUSD.csv.gz", (await Import()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_that_is_interrupted_keeps_what_it_read_and_goes_on_when_asked_again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs SIGTERM: this system has no signals");
        DateTimeOffset from = new(1975, 1, 1, 0, 0, 0, TimeSpan.Zero), until = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var first = SeededHistory.WriteFile(_files.File("AUDUSD.csv"), 0.7, until.AddDays(-30), until);
        var all = first + SeededHistory.WriteFile(_files.File("EURUSD.csv"), 1.1, from, until);
        File.Copy(_files.File("EURUSD.csv"), _files.File("GBPUSD.csv"));
        all += all - first;

        // On a busy machine the signal may come when everything is read: then once more, from the beginning.
        var stopped = await InterruptedImportAsync();
        for (var again = 0; again < 5 && stopped.ExitCode == 0; again++)
        {
            Directory.EnumerateFiles(_data.Path).ToList().ForEach(File.Delete);
            stopped = await InterruptedImportAsync();
        }

        Assert.Equal(1, stopped.ExitCode);
        Assert.True(stopped.Json().GetProperty("stopped").GetBoolean());
        var kept = Count(stopped, "inserted");
        Assert.InRange(kept, first, all - 1);
        Assert.Equal(kept, Pairs().Sum(pair => pair.Bars));

        var completed = await Import("--json");

        Assert.Equal((0, all - kept, kept), (completed.ExitCode, Count(completed, "inserted"), Count(completed, "unchanged")));
        Assert.Equal(all, Pairs().Sum(pair => pair.Bars));
    }

    private async Task<CommandResult> InterruptedImportAsync()
    {
        await using var running = CommandLine.Start(environment: null, "history", "import", _files.Path, "--json", "--data", _data.Path);
        while (running.IsRunning && Pairs().Count == 0)
        {
            await Task.Yield(); // The first file is small and its rows are one transaction: once they are there the second is being read.
        }

        // Not SIGINT, which a shell has its background jobs ignore, and what they start too.
        await running.SignalAsync("TERM");
        return await running.EndAsync();
    }

    private static int Count(CommandResult import, string what) => import.Json().GetProperty(what).GetInt32();

    private static string LineOf(CommandResult import, int line) => import.Error.Split('\n').Single(text => text.StartsWith($"EURUSD.csv:{line}: ", StringComparison.Ordinal));

    private static byte[] Damaged(string fault)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            var header = fault == "wrong header" ? "date;price" : Header;
            gzip.Write(Encoding.UTF8.GetBytes($"{header}\n" + string.Concat(Enumerable.Range(0, 20).Select(hour => $"2024-01-02T{hour:00}:00:00Z,1.1,1.2,1.0,1.1{hour},,,x\n"))));
        }

        var bytes = compressed.ToArray();
        switch (fault)
        {
            case "corrupt gzip":
                bytes[bytes.Length / 2] ^= 0xFF;
                return bytes;
            case "truncated gzip":
                return bytes[..^12];
            case "empty file":
                return [];
            case "no text":
                return [0x00, 0x01, 0xFF, 0xFE];
            default:
                return bytes;
        }
    }

    private Task<CommandResult> Import(params string[] more) => CommandLine.RunAsync(["history", "import", _files.Path, "--data", _data.Path, .. more]);

    private IReadOnlyList<PairHistory> Pairs()
    {
        using var store = SqliteStore.Open(_data.Path);
        return new BarStore(store).Pairs();
    }
}
