using Cambist.App.Rates.History;
using Cambist.App.Rates;
using Cambist.Domain.Rates;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Rates.History;

public sealed class HistoryImportTests : HistoryImportFixture
{
    [Fact]
    public void Good_rows_go_in_with_all_their_figures()
    {
        var file = RunOne("EURUSD.csv", Header, "2020-01-06T00:00:00Z,1.1,1.3,1.05,1.2,117.16,0.0002,Q", "2020-01-06T01:00:00Z,1.2,1.2,1.2,1.2,,,P");

        Assert.Equal(new UpsertCounts(2, 0, 0), file.Rows);
        Assert.Equal((EurUsd, 0, null, false), (file.Pair, file.RefusedRows, file.Fault, file.IsStopped));
        Assert.Equal([new HourlyBar(Monday, 1.1m, 1.3m, 1.05m, 1.2m, 117.16m, 0.0002m, "Q"), new HourlyBar(Monday.AddHours(1), 1.2m, 1.2m, 1.2m, 1.2m, null, null, "P")], Stored(EurUsd));
    }

    [Fact]
    public void Columns_are_found_by_name_in_any_order_and_unknown_ones_are_passed_over()
    {
        RunOne("EURUSD.csv", "Close, Open,note,LOW,high,Time", "1.2,1.1,hello,1.05,1.3,2020-01-06T00:00:00Z");

        Assert.Equal([new HourlyBar(Monday, 1.1m, 1.3m, 1.05m, 1.2m, null, null, "file")], Stored(EurUsd));
    }

    [Theory]
    [InlineData("2020-01-06T00:00:00Z")]
    [InlineData("2020-01-06T00:00:00+00:00")]
    [InlineData("2020-01-06T02:00:00+02:00")]
    [InlineData("2020-01-05T19:00:00-05:00")]
    [InlineData("2020-01-06T00:00:00.000Z")]
    [InlineData("2020-01-06T00:00:00")]
    [InlineData("2020-01-06 00:00:00")]
    public void A_time_is_read_as_UTC_or_by_its_offset(string time)
    {
        RunOne("EURUSD.csv", Header, $"{time},1,1,1,1,,,T");

        Assert.Equal(Monday, Assert.Single(Stored(EurUsd)).OpenTime);
    }

    [Theory]
    [InlineData("EURUSD.csv")]
    [InlineData("eur_usd.csv")]
    [InlineData("EUR-USD.CSV")]
    public void The_pair_is_taken_from_the_name_of_the_file(string name) => Assert.Equal(EurUsd, RunOne(name, Rows(1)).Pair);

    [Fact]
    public void A_pair_that_is_given_goes_before_the_name()
    {
        var file = Assert.Single(Run(Write("USDEUR.csv", Rows(3)), EurUsd).Files);

        Assert.Equal(EurUsd, file.Pair);
        Assert.Equal([EurUsd], Bars.Pairs().Select(held => held.Pair));
    }

    [Fact]
    public void A_folder_is_read_in_the_order_of_names_and_other_files_are_left_out()
    {
        Write("USDEUR.csv", Rows(2));
        Write("EURUSD.csv.gz", Gzip(Rows(3)));
        Write("README.md", "time,open");

        var result = Run();

        Assert.Equal(["EURUSD.csv.gz", "USDEUR.csv"], result.Files.Select(file => Path.GetFileName(file.File)));
        Assert.Equal(new UpsertCounts(5, 0, 0), result.Rows);
    }

    [Fact]
    public void Importing_again_changes_nothing_and_says_so()
    {
        Write("EURUSD.csv.gz", Gzip(Rows(24)));
        Run();
        var before = Stored(EurUsd);

        Assert.Equal(new UpsertCounts(0, 0, 24), Run().Rows);
        Assert.Equal(before, Stored(EurUsd));
    }

    [Fact]
    public void A_corrected_file_changes_only_what_was_corrected()
    {
        RunOne("EURUSD.csv", Rows(24));

        var corrected = Rows(25);
        corrected[7] = Row(6, "1.5");

        Assert.Equal(new UpsertCounts(1, 1, 23), RunOne("EURUSD.csv", corrected).Rows);
        Assert.Equal(1.5m, Stored(EurUsd)[6].Close);
    }

    [Fact]
    public void Line_ends_of_Windows_blank_lines_and_a_byte_order_mark_do_no_harm()
    {
        var text = "\uFEFF" + string.Join("\r\n", Header, Row(0), "", Row(1), "nonsense");
        var file = Assert.Single(Run(Write("EURUSD.csv", System.Text.Encoding.UTF8.GetBytes(text))).Files);

        Assert.Equal(new UpsertCounts(2, 0, 0), file.Rows);
        Assert.Equal(5, Assert.Single(file.Refusals).Line);
    }

    [Fact]
    public void A_path_that_leads_nowhere_is_said_so() =>
        Assert.Contains("nowhere.csv", Assert.Throws<FileNotFoundException>(() => Run(Path.Combine(Folder, "nowhere.csv"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Progress_rises_to_the_bytes_of_all_files()
    {
        Write("EURUSD.csv", YearsOfRows(20_000));
        Write("USDEUR.csv.gz", Gzip(YearsOfRows(20_000)));
        var told = new List<ImportProgress>();

        Run(progress: new Told(told.Add));

        var total = new DirectoryInfo(Folder).EnumerateFiles().Sum(file => file.Length);
        Assert.All(told, progress => Assert.Equal(total, progress.BytesTotal));
        Assert.Equal(told.OrderBy(progress => progress.BytesRead).ThenBy(progress => progress.Rows), told);
        Assert.Equal((total, 40_000), (told[^1].BytesRead, told[^1].Rows));
        Assert.InRange(told.Count, 8, 40);
    }

    [Fact]
    public void A_stopped_import_keeps_what_it_read_and_a_second_run_completes_it()
    {
        Write("EURUSD.csv.gz", Gzip(YearsOfRows(20_000)));
        Write("USDEUR.csv", Rows(5));
        using var stop = new CancellationTokenSource();

        var stopped = Import.Run(Folder, null, new Told(_ => stop.Cancel()), stop.Token);

        var file = Assert.Single(stopped.Files);
        Assert.True(stopped.IsStopped && file.IsStopped);
        Assert.InRange(file.Rows.Inserted, 1, 19_999);
        Assert.Equal(file.Rows.Inserted, Stored(EurUsd).Count);

        var completed = Run();

        Assert.False(completed.IsStopped);
        Assert.Equal(new UpsertCounts(20_005 - file.Rows.Inserted, 0, file.Rows.Inserted), completed.Rows);
    }

    [Fact]
    public void A_cancelled_token_starts_nothing()
    {
        Write("EURUSD.csv", Rows(5));

        var result = Import.Run(Folder, cancellationToken: new CancellationToken(canceled: true));

        Assert.True(result.IsStopped);
        Assert.Empty(result.Files);
        Assert.Empty(Bars.Pairs());
    }

    [Fact]
    public void A_process_that_dies_in_the_middle_leaves_whole_files_only()
    {
        Write("EURUSD.csv", YearsOfRows(20_000));
        Write("USDEUR.csv", YearsOfRows(20_000));
        using var copy = new TemporaryCopy();

        // What a killed process leaves is what lies on disk in the middle of its second file.
        Run(progress: new Told(progress =>
        {
            if (progress is { File: "USDEUR.csv", Rows: < 36_000 }) copy.Take(Store.DatabasePath);
        }));

        using var survivor = copy.Open();
        Assert.Equal(20_000, Assert.Single(new BarStore(survivor).Pairs()).Bars);
        Assert.Equal("ok", TemporaryCopy.IntegrityOf(survivor));
        Assert.Equal(new UpsertCounts(20_000, 0, 20_000), new HistoryImport(new BarStore(survivor), new FakeTimeProvider(Now)).Run(Folder, cancellationToken: TestContext.Current.CancellationToken).Rows);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(0.7)]
    [InlineData(0.999)]
    public void A_log_that_was_cut_off_leaves_whole_files_only(double kept)
    {
        RunOne("EURUSD.csv", YearsOfRows(3_000));
        RunOne("USDEUR.csv", YearsOfRows(3_000));
        using var copy = new TemporaryCopy();
        copy.Take(Store.DatabasePath);
        copy.CutLog(kept);

        using var survivor = copy.Open();

        Assert.Equal("ok", TemporaryCopy.IntegrityOf(survivor));
        Assert.All(new BarStore(survivor).Pairs(), pair => Assert.Equal(3_000, pair.Bars));
    }
}
