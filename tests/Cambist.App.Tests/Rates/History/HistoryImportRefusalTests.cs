using System.Text;
using Cambist.App.Rates.History;
using Cambist.App.Rates;
using Cambist.Domain.Currencies;
using CsCheck;
using Xunit;

namespace Cambist.App.Tests.Rates.History;

public sealed class HistoryImportRefusalTests : HistoryImportFixture
{
    [Theory]
    [InlineData("2020-01-06T05:00:00Z,1.1,1.1,1.1", "expected 8 fields, found 4")]
    [InlineData("2020-01-06T05:00:00Z,1.1,1.1,1.1,1.1,,,T,more", "expected 8 fields, found 9")]
    [InlineData("2020-01-06T05:00:00Z,abc,1.1,1.1,1.1,,,T", "open is a decimal number of at most 15 significant digits, was 'abc'")]
    [InlineData("2020-01-06T05:00:00Z,1.1,,1.1,1.1,,,T", "high is a decimal number of at most 15 significant digits, was ''")]
    [InlineData("2020-01-06T05:00:00Z,1.1,1.1,NaN,1.1,,,T", "low is a decimal number of at most 15 significant digits, was 'NaN'")]
    [InlineData("2020-01-06T05:00:00Z,1.1,1.1,1.1,Infinity,,,T", "close is a decimal number of at most 15 significant digits, was 'Infinity'")]
    [InlineData("2020-01-06T05:00:00Z,1.1,1.1,1.1,1.1,many,,T", "volume is a decimal number of at most 15 significant digits, was 'many'")]
    [InlineData("2020-01-06T05:00:00Z,1.1,1.1,1.1,1.1,,-Infinity,T", "spread is a decimal number of at most 15 significant digits, was '-Infinity'")]
    [InlineData("2020-01-06T05:00:00Z,1e99,1.1,1.1,1.1,,,T", "open is a decimal number of at most 15 significant digits, was '1e99'")]
    [InlineData("2020-01-06T05:00:00Z,1e-40,1.1,1.1,1.1,,,T", "open is a decimal number of at most 15 significant digits, was '1e-40'")]
    [InlineData("2020-01-06T05:00:00Z,1.00000000000000000000000000000000001,1.1,1.0,1.1,,,T", "open is a decimal number of at most 15 significant digits")]
    [InlineData("2020-01-06T05:00:00Z,1.123456789012345,1.2,1.1,1.1,,,T", "open has at most 15 significant digits, was 1.123456789012345")]
    [InlineData("2020-01-06T05:00:00Z,1.1,1.1,1.1,1.1,1234567890123456,,T", "volume has at most 15 significant digits, was 1234567890123456")]
    [InlineData("2020-01-06T05:00:00Z,\"1.1\",1.1,1.1,1.1,,,T", "open is a decimal number")]
    [InlineData("2020-01-06T05:00:00Z,0,1.1,0,1.1,,,T", "prices are above zero, lowest was 0")]
    [InlineData("2020-01-06T05:00:00Z,1.1,1.1,-1.1,1.1,,,T", "prices are above zero, lowest was -1.1")]
    [InlineData("2020-01-06T05:00:00Z,1.1,1.0,1.2,1.1,,,T", "high is at least low, were 1.0 and 1.2")]
    [InlineData("2020-01-06T05:00:00Z,1.3,1.2,1.0,1.1,,,T", "open and close lie between low and high")]
    [InlineData("2020-01-06T05:00:00Z,1.1,1.1,1.1,1.1,,-0.1,T", "spread (ask minus bid) is not negative")]
    [InlineData("2020-01-06T05:30:00Z,1.1,1.1,1.1,1.1,,,T", "time is a full hour in UTC")]
    [InlineData("2020-01-06T05:00:00+00:30,1.1,1.1,1.1,1.1,,,T", "time is a full hour in UTC")]
    [InlineData("06.01.2020 05:00,1.1,1.1,1.1,1.1,,,T", "time is a UTC time as in 2003-01-02T00:00:00Z, was '06.01.2020 05:00'")]
    [InlineData("2020-02-30T05:00:00Z,1.1,1.1,1.1,1.1,,,T", "time is a UTC time as in")]
    [InlineData("9999-12-31T23:00:00Z,1.1,1.1,1.1,1.1,,,T", "the hour has ended by now")]
    [InlineData("0001-01-01T00:00:00Z,1.1,1.1,1.1,1.1,,,T", "time is not before 1971")]
    [InlineData("2020-01-04T12:00:00Z,1.1,1.1,1.1,1.1,,,T", "time lies in the FX week (Sunday 17:00 to Friday 17:00 New York), was 2020-01-04T12:00:00Z")]
    [InlineData("2020-01-03T22:00:00Z,1.1,1.1,1.1,1.1,,,T", "time lies in the FX week")]
    [InlineData("2020-01-05T21:00:00Z,1.1,1.1,1.1,1.1,,,T", "time lies in the FX week")]
    [InlineData("2020-01-08T12:00:00Z,1.1,1.1,1.1,1.1,,,T", "the hour has ended by now (2020-01-08T12:30:00Z), was 2020-01-08T12:00:00Z")]
    [InlineData("2020-01-06T00:00:00Z,1.2,1.2,1.2,1.2,,,T", "each hour is there once, 2020-01-06T00:00:00Z was on line 2 already")]
    public void A_bad_row_is_refused_with_its_line_and_the_good_ones_go_in(string row, string reason)
    {
        var file = RunOne("EURUSD.csv", Header, Row(0), row, Row(1));

        var refusal = Assert.Single(file.Refusals);
        Assert.Equal(("EURUSD.csv", 3), (refusal.File, refusal.Line));
        Assert.Contains(reason, refusal.Reason, StringComparison.Ordinal);
        Assert.Equal((new UpsertCounts(2, 0, 0), 1, null), (file.Rows, file.RefusedRows, file.Fault));
        Assert.Equal([1.1m, 1.1m], Stored(EurUsd).Select(bar => bar.Close));
    }

    [Theory]
    [InlineData("2020-01-08T11:00:00Z")]
    [InlineData("2020-01-03T21:00:00Z")]
    [InlineData("2020-01-05T22:00:00Z")]
    [InlineData("2019-07-05T20:00:00Z")]
    public void The_last_hour_that_has_ended_and_the_edges_of_the_week_are_taken(string time) =>
        Assert.Equal(new UpsertCounts(1, 0, 0), RunOne("EURUSD.csv", Header, $"{time},1,1,1,1,,,T").Rows);

    [Fact]
    public void All_refusals_are_counted_and_the_first_are_kept()
    {
        var file = RunOne("EURUSD.csv", [Header, .. Enumerable.Repeat("nonsense", 250), Row(0)]);

        Assert.Equal((250, HistoryImport.RefusalsKept), (file.RefusedRows, file.Refusals.Count));
        Assert.Equal(2, file.Refusals[0].Line);
        Assert.Equal(1, file.Rows.Inserted);
    }

    [Fact]
    public void Control_letters_of_a_damaged_row_do_not_reach_the_reason()
    {
        var file = RunOne("EURUSD.csv", Header, "2020-01-06T05:00:00Z,\u001b[2J,1,1,1,,,T");

        Assert.DoesNotContain('\u001b', Assert.Single(file.Refusals).Reason);
    }

    [Theory]
    [InlineData("", "found an empty file")]
    [InlineData("\n\n\n", "found no text")]
    [InlineData("time,open,high,low\n", "expected a header with time, open, high, low, close")]
    [InlineData("time,open,high,low,close,close\n", "found 'time,open,high,low,close,close'")]
    [InlineData("time;open;high;low;close\n", "found 'time;open;high;low;close'")]
    [InlineData("2020-01-06T00:00:00Z,1,1,1,1\n", "expected a header")]
    public void A_file_with_another_beginning_is_refused_whole(string text, string reason) => AssertRefused("EURUSD.csv", Encoding.UTF8.GetBytes(text), reason);

    [Fact]
    public void A_file_whose_name_is_no_pair_is_refused() => AssertRefused("prices.csv", Encoding.UTF8.GetBytes(Header), "as in EURUSD.csv.gz, found 'prices.csv'");

    [Fact]
    public void A_file_of_random_bytes_is_refused_whatever_its_name() => Gen.Byte.Array[1, 3000].Sample(bytes =>
    {
        AssertRefused("EURUSD.csv", bytes, "expected");
        AssertRefused("EURUSD.csv.gz", bytes, "expected");
    }, iter: 100, threads: 1);

    [Fact]
    public void A_file_that_turns_binary_is_refused_whole()
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Join('\n', Rows(20)) + '\n');
        AssertRefused("EURUSD.csv", [.. text, 0xFF, 0xFE, 0x80, (byte)'\n'], "expected UTF-8 text, found other bytes");
        AssertRefused("EURUSD.csv", [.. text, .. new byte[5_000_000]], "expected fields of at most 256 letters");
    }

    [Fact]
    public void A_gzip_that_was_cut_off_anywhere_is_refused_whole()
    {
        var whole = Gzip(Rows(40));
        for (var length = 0; length < whole.Length; length++)
            AssertRefused("EURUSD.csv.gz", whole[..length], "expected");
    }

    [Fact]
    public void A_gzip_with_a_flipped_bit_is_refused_whole_or_reads_as_before()
    {
        var whole = Gzip(Rows(40));
        RunOne("EURUSD.csv", Rows(40));
        var refused = 0;
        for (var index = 0; index < whole.Length; index++)
        {
            var damaged = whole.ToArray();
            damaged[index] ^= (byte)(1 << index % 8);
            var file = Assert.Single(Run(Write("EURUSD.csv.gz", damaged), EurUsd).Files);

            if (file.Fault is null) Assert.Equal((new UpsertCounts(0, 0, 40), 0), (file.Rows, file.RefusedRows));
            else refused++;
        }

        // Nothing is said by the time stamp and system in the header, nor by the padding of the last byte of the text.
        Assert.InRange(refused, whole.Length - 10, whole.Length);
    }

    [Fact]
    public void Joined_gzip_files_are_refused_because_their_second_header_stands_among_the_rows() =>
        AssertRefused("EURUSD.csv.gz", [.. Gzip(Rows(10)), .. Gzip(Rows(12))], "several gzip files were joined");

    [Fact]
    public void Text_that_calls_itself_gzip_is_refused() => AssertRefused("EURUSD.csv.gz", Encoding.UTF8.GetBytes(string.Join('\n', Rows(3))), "begins with 1F 8B");

    [Fact]
    public void A_refused_file_leaves_the_others_and_what_was_stored_before_alone()
    {
        RunOne("EURUSD.csv", Rows(5));
        File.Delete(Path.Combine(Folder, "EURUSD.csv"));
        var before = Stored(EurUsd);
        Write("EURUSD.csv.gz", Gzip(YearsOfRows(9_000))[..^9]);
        Write("USDEUR.csv", Rows(7));

        var result = Run();

        Assert.Equal([true, false], result.Files.Select(file => file.Fault is not null));
        Assert.Equal(new UpsertCounts(7, 0, 0), result.Rows);
        Assert.Equal(before, Stored(EurUsd));
    }

    private void AssertRefused(string name, byte[] bytes, string reason)
    {
        var file = Assert.Single(Run(Write(name, bytes)).Files);

        Assert.Contains(reason, file.Fault, StringComparison.Ordinal);
        Assert.Equal((default, 0), (file.Rows, file.RefusedRows));
        Assert.Empty(Bars.Pairs());
    }
}
