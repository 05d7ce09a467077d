using System.IO.Compression;
using Cambist.App.Rates;
using Cambist.App.Rates.History;
using Cambist.App.Rates.Ticks;
using Cambist.App.Storage;
using Cambist.Domain.Currencies;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Rates.Ticks;

/// <summary>Recorded ticks go through checks, consensus and record as if they had just arrived.</summary>
public sealed class TickImportTests : IDisposable
{
    private static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");
    private static readonly DateTimeOffset Start = new(2014, 5, 6, 8, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStore _store = SqliteStore.OpenThrowAway();
    private readonly BarStore _bars;
    private readonly TickStore _ticks;

    public TickImportTests()
    {
        _bars = new BarStore(_store);
        _ticks = new TickStore(_store);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Files_of_one_pair_are_read_side_by_side_and_make_one_consensus()
    {
        Write("EURUSD_one_2014.csv", "2014-05-06T08:00:00Z,1.3900,1.3902", "2014-05-06T08:00:10Z,1.3904,1.3906");
        Write("EURUSD_two_2014.csv", "2014-05-06T08:00:05Z,1.3902,1.3904");

        var result = Run();

        Assert.Equal([(2, "one"), (1, "two")], result.Files.Select(file => (file.Accepted, file.Source!)));
        Assert.Equal(
            [("one", 1.3901m), ("two", 1.3902m), ("one", 1.3904m)],
            _ticks.Read(EurUsd, Start, Start.AddHours(1), 10).Select(tick => (tick.Source, tick.Consensus)));
    }

    [Fact]
    public void What_is_wrong_is_counted_by_its_code_and_kept_with_its_reason()
    {
        Write(
            "EURUSD_one_2014.csv",
            "2014-05-06T08:00:00Z,1.3900,1.3902",
            "2014-05-06T08:00:01Z,1.3905,1.3902",
            "2014-05-06T08:00:02Z,139.00,139.02",
            "2014-05-06T08:00:03Z,NaN,1.3902",
            "2014-05-06T08:00:03Z,0.7193,0.7194",
            "2014-05-06T08:00:04Z,1.4900,1.4902",
            "2014-05-06T07:00:00Z,1.3900,1.3902",
            "2014-05-06T08:00:05Z,1.3901,1.3903");

        var file = Assert.Single(Run().Files);

        Assert.Equal((2, 1, 5), (file.Accepted, file.Quarantined, file.Rejected));
        Assert.Equal("crossed 1, inverted 1, jump 1, off_by_100 1, out_of_order 1, unreadable 1", string.Join(", ", file.Findings.Select(one => $"{one.Key} {one.Value}")));
        Assert.Equal(6, _ticks.Refusals(DateTimeOffset.UnixEpoch, 100).Count);
        Assert.Contains("EURUSD_one_2014.csv, line 5: bid is a decimal number, was 'NaN'", _ticks.Refusals(DateTimeOffset.UnixEpoch, 100).Single(one => one.Code == "unreadable").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_import_changes_nothing()
    {
        Write("EURUSD_one_2014.csv", "2014-05-06T08:00:00Z,1.3900,1.3902", "2014-05-06T08:00:10Z,1.3904,1.3906");
        Run();

        var again = Assert.Single(Run().Files);

        Assert.Equal((0, 2), (again.Accepted, again.Present));
        Assert.Equal(2, _ticks.Read(EurUsd, Start, Start.AddHours(1), 10).Count);
    }

    [Fact]
    public void An_hour_that_is_covered_becomes_a_bar()
    {
        Write("EURUSD_one_2014.csv", [.. Enumerable.Range(0, 90).Select(minute => $"{Start.AddMinutes(minute):yyyy-MM-dd'T'HH:mm:ss'Z'},{1.3900m + minute * 0.0001m},{1.3902m + minute * 0.0001m}")]);

        Assert.Equal(1, Run().Bars);
        var bar = Assert.Single(_bars.Read(EurUsd, Start, Start.AddHours(2)));
        Assert.Equal((1.3901m, 1.3960m, 1.3901m, 1.3960m, "consensus"), (bar.Open, bar.High, bar.Low, bar.Close, bar.Source));
    }

    [Fact]
    public void A_file_whose_name_tells_no_pair_or_that_is_damaged_is_named_and_spoils_no_other()
    {
        Write("ticks.csv", "2014-05-06T08:00:00Z,1.3900,1.3902");
        Write("EURUSD_one_2014.csv", "2014-05-06T08:00:00Z,1.3900,1.3902");
        using (var zip = new GZipStream(File.Create(Path.Combine(_folder.Path, "GBPUSD_cut.csv.gz")), CompressionLevel.Fastest))
        {
            zip.Write("time,bid,ask\n2014-05-06T08:00:00Z,1.6900,1.6902\n"u8);
        }

        var cut = Path.Combine(_folder.Path, "GBPUSD_cut.csv.gz");
        File.WriteAllBytes(cut, File.ReadAllBytes(cut)[..^6]);

        var files = Run().Files.ToDictionary(file => Path.GetFileName(file.File));

        Assert.Null(files["EURUSD_one_2014.csv"].Fault);
        Assert.Contains("expected a name that tells pair and source", files["ticks.csv"].Fault, StringComparison.Ordinal);
        Assert.DoesNotContain("GBPUSD_cut.csv.gz", files.Where(file => file.Value.Fault is null).Select(file => file.Key));
    }

    [Fact]
    public void Two_recorded_providers_of_the_same_days_agree_once_crossed_quotes_are_rejected()
    {
        foreach (var name in new[] { "EURUSD_oanda_2014-05-01_12.csv.gz", "EURUSD_fxcm_2014-05-05_09.csv.gz" })
        {
            File.Copy(SharedData.File($"ticks/{name}"), Path.Combine(_folder.Path, name));
        }

        var result = Run();

        var (fxcm, oanda) = (result.Files.Single(file => file.Source == "fxcm"), result.Files.Single(file => file.Source == "oanda"));
        Assert.Equal((466_789, 0, 53_128), (fxcm.Accepted, fxcm.Quarantined, fxcm.Rejected));
        Assert.Equal(53_128, fxcm.Findings["crossed"]);
        Assert.Equal((354_843, 1, 0, 0), (oanda.Accepted, oanda.Unchanged, oanda.Quarantined, oanda.Rejected));
        Assert.InRange(result.Bars, 150, 192);
    }

    private void Write(string name, params string[] rows) => File.WriteAllLines(Path.Combine(_folder.Path, name), ["time,bid,ask", .. rows]);

    private TickImportResult Run() => new TickImport(new RateHistory(_bars), _ticks, RatesOptions.Default, TimeProvider.System)
        .Run(HistoryImport.TickFilesOf(_folder.Path), cancellationToken: TestContext.Current.CancellationToken);
}
