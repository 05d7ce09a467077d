using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.TestKit;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>The operator's file, of the shape that docs/sources.md documents.</summary>
public sealed class FileSourceTests : RateSourceContract, IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 3, 27, 14, 30, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    private string Path => System.IO.Path.Combine(_folder.Path, "rates.csv");

    protected override string Sample => "time,pair,mid\n2026-03-27 14:30:00,GBP-JPY,194.66\n2026-03-27T14:30:00Z,EUR@CODE,@FIGURE\n2026-03-27T14:30:00Z,BTCUSD,64000\n";

    protected override IReadOnlyList<string> Wanted => ["EUR/USD", "GBP/JPY"];

    protected override string Figure => "1.0845";

    protected override IReadOnlyList<Told> Expected => [Told.Mid("EUR/USD", 1.0845m, At), Told.Mid("GBP/JPY", 194.66m, At)];

    // Fields are not quoted; a comma would end one.
    protected override string With(string? figure = null, string? code = null) => base.With(figure?.Trim('"').Replace(',', '\''), code);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_sides_are_read_by_the_names_in_the_header()
    {
        var rate = (await LookAsync("ASK, bid ,pair,note,time\n1.08453,1.08446,eur/usd,hello,2026-03-27T15:30:00+01:00\n")).Rates.Single();

        Assert.Equal((1.08446m, 1.08453m, true, At), (rate.Bid, rate.Ask, rate.SpreadKnown, rate.EffectiveAt));
    }

    [Fact]
    public async Task The_newest_readable_row_of_a_pair_counts_and_newer_ones_are_kept_as_unreadable()
    {
        var sheet = await LookAsync("time,pair,mid\n2026-03-27T14:00:00Z,EURUSD,1.07\n2026-03-27T14:30:00Z,EURUSD,1.08\n2026-03-27T14:31:00Z,EURUSD,1.0x\n2026-03-27T13:00:00Z,EURUSD,old\n");

        Assert.Equal([1.08m], sheet.Rates.Select(rate => rate.Bid));
        Assert.Equal(["1.0x"], sheet.Unreadable.Select(row => row.Told));
    }

    [Theory]
    [InlineData("yesterday,EURUSD,1.08")]
    [InlineData(",EURUSD,1.08")]
    [InlineData("2026-03-27T14:30:00Z,EURUSD")]
    [InlineData("2026-03-27T14:30:00Z,EURUSD,1.08,9")]
    public async Task A_row_of_another_shape_is_unreadable_and_spoils_no_other(string row)
    {
        var sheet = await LookAsync($"time,pair,mid\n{row}\n2026-03-27T14:30:00Z,GBPUSD,1.29\n");

        Assert.Equal(["GBP/USD"], sheet.Rates.Select(rate => rate.Pair.ToString()));
        Assert.Equal(["EUR/USD"], sheet.Unreadable.Select(rate => rate.Pair.ToString()));
    }

    [Fact]
    public async Task The_file_is_read_again_at_every_look()
    {
        await LookAsync("time,pair,mid\n2026-03-27T14:30:00Z,EURUSD,1.08\n");

        Assert.Equal(1.09m, (await LookAsync("time,pair,mid\n2026-03-27T14:30:00Z,EURUSD,1.09\n")).Rates.Single().Bid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("2026-03-27T14:30:00Z,EURUSD,1.08\n")]
    [InlineData("time,pair,bid\n")]
    [InlineData("time,pair,mid,mid\n")]
    [InlineData("{\"rates\":{}}")]
    [InlineData("<html></html>")]
    public async Task A_file_without_the_header_is_unreadable(string text) =>
        Assert.Equal(SourceFault.Unreadable, (await Assert.ThrowsAsync<SourceFaultException>(() => LookAsync(text))).Kind);

    [Fact]
    public async Task A_field_of_great_length_is_unreadable() => Assert.Equal(
        SourceFault.Unreadable, (await Assert.ThrowsAsync<SourceFaultException>(() => LookAsync($"time,pair,mid\n{new string('1', 300)},EURUSD,1\n"))).Kind);

    [Fact]
    public async Task Bytes_that_are_no_text_are_unreadable()
    {
        await File.WriteAllBytesAsync(Path, [0x74, 0xC3, 0x28, 0xFF], TestContext.Current.CancellationToken);

        Assert.Equal(SourceFault.Unreadable, (await Assert.ThrowsAsync<SourceFaultException>(() => LookAsync())).Kind);
    }

    [Fact]
    public async Task A_file_over_the_limit_is_not_read()
    {
        await using (var file = File.Create(Path))
        {
            file.SetLength(16 * 1024 * 1024 + 1);
        }

        Assert.Equal(SourceFault.Unreadable, (await Assert.ThrowsAsync<SourceFaultException>(() => LookAsync())).Kind);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_unavailable() =>
        Assert.Equal(SourceFault.Unavailable, (await Assert.ThrowsAsync<SourceFaultException>(() => LookAsync())).Kind);

    [Fact]
    public async Task A_path_that_nobody_set_is_refused()
    {
        var source = new FileSource(new FakeTimeProvider(Now), new RateSourceOptions());

        Assert.Equal(SourceFault.Refused, (await Assert.ThrowsAsync<SourceFaultException>(() => source.LatestAsync([], TestContext.Current.CancellationToken))).Kind);
    }

    protected override async Task<RateSheet> LookAsync(string answer)
    {
        await File.WriteAllTextAsync(Path, answer, TestContext.Current.CancellationToken);
        return await LookAsync();
    }

    private async Task<RateSheet> LookAsync()
    {
        var source = new FileSource(new FakeTimeProvider(Now), new RateSourceOptions { BaseUrl = new Uri(Path) });
        return await source.LatestAsync([.. WantedPairs, CurrencyPair.Parse("GBP/USD")], TestContext.Current.CancellationToken);
    }
}
