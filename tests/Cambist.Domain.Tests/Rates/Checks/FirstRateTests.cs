using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Cambist.Domain.Rates.Checks;
using Cambist.TestKit;
using Xunit;

namespace Cambist.Domain.Tests.Rates.Checks;

/// <summary>The very first reports of a pair: nothing is known yet that could tell the liar.</summary>
public sealed class FirstRateTests
{
    [Fact]
    public void One_plausible_source_alone_is_believed()
    {
        var market = new Market();

        Assert.Null(market.Says(Market.A, 1.0845m));
        Assert.Equal(1.0845m, market.Mid);
    }

    [Theory]
    [InlineData("USD/JPY", "15000")]
    [InlineData("USD/JPY", "0.0067")]
    [InlineData("EUR/USD", "108.45")]
    public void One_source_alone_with_an_implausible_rate_waits_for_a_second(string pair, string told)
    {
        var market = new Market(pair);

        Assert.Equal("unconfirmed", market.Says(Market.A, decimal.Parse(told)));
        Assert.Null(market.Rate);
    }

    [Fact]
    public void What_waited_counts_as_soon_as_it_is_confirmed()
    {
        var market = new Market("USD/JPY");
        market.Says(Market.A, 15_000m);

        var judged = market.Later(1).Together(market.Mids(Market.B, 15_010m));

        Assert.Equal(["a", "b"], judged.Where(one => one.Verdict == Verdict.Accepted).Select(one => one.Report.Source.Id));
        Assert.Equal(15_005m, market.Mid);
    }

    [Fact]
    public void The_majority_of_those_that_speak_together_is_believed_whoever_speaks_first()
    {
        var market = new Market();

        var judged = market.Together(market.Mids(Market.A, 0.9221m), market.Mids(Market.B, 1.0845m), market.Mids(Market.C, 1.0846m));

        Assert.Equal(["inverted", null, null], judged.OrderBy(one => one.Report.Source.Id).Select(one => one.Finding?.Code));
        Assert.Equal(1.08455m, market.Mid);
    }

    [Fact]
    public void Of_two_that_contradict_each_other_the_one_that_a_central_bank_supports_is_believed()
    {
        var market = new Market();

        market.Together(market.Mids(Market.A, 0.9221m), market.Mids(Market.B, 1.0845m), market.Mids(Market.Bank, 1.0820m, Market.Noon.AddHours(-20)));

        Assert.Equal(1.0845m, market.Mid);
        Assert.Equal("b", market.Rate!.Source);
    }

    [Fact]
    public void Two_that_contradict_each_other_make_no_rate()
    {
        var market = new Market();

        var judged = market.Together(market.Mids(Market.A, 1.05m), market.Mids(Market.B, 1.10m));

        Assert.All(judged, one => Assert.Equal("unconfirmed", one.Finding!.Code));
        Assert.Null(market.Rate);
    }

    [Fact]
    public void After_a_long_pause_the_one_nearest_to_the_last_trusted_rate_is_believed_of_two_that_contradict_each_other()
    {
        var market = new Market();
        market.Start(1.0845m, Market.Noon.AddHours(-48), volatility: 0.0015);

        market.Together(market.Mids(Market.A, 1.0845m * 1.03m), market.Mids(Market.B, 1.0890m));

        Assert.Equal((1.0890m, "b"), (market.Mid, market.Rate!.Source));
    }

    [Fact]
    public void Rates_at_both_ends_of_what_can_be_told_are_compared_and_not_thrown_over()
    {
        var market = new Market();

        var judged = market.Together(market.Mids(Market.A, 7e27m), market.Mids(Market.B, 1e-27m), market.Mids(Market.C, 1.0845m));

        Assert.Equal(3, judged.Count);
    }

    [Fact]
    public void Recorded_history_is_the_first_level()
    {
        var market = new Market();
        market.Start(1.0845m, Market.Noon.AddHours(-1), volatility: 0.001);

        Assert.Equal("inverted", market.Says(Market.A, 0.9221m));
        Assert.Null(market.Says(Market.B, 1.0871m));
    }

    [Fact]
    public void Every_currency_has_a_usual_level_near_the_reference_rates_of_2022()
    {
        var euro = Currency.Parse("EUR");
        Assert.All(Iso4217.All.Where(currency => currency.Code != "USD"), currency =>
            Assert.InRange(UsualLevels.Of(new CurrencyPair(Currency.Parse("USD"), currency)), 0.01, 1e6));
        var rows = GzipLines(SharedData.File("fx/daily/ecb_euro_reference_rates.csv.gz"));
        var (names, last) = (rows[0].Split(','), rows.Skip(1).MaxBy(row => row, StringComparer.Ordinal)!.Split(','));
        for (var column = 1; column < names.Length; column++)
        {
            if (Currency.TryParse(names[column], out var currency) && last[column].Length > 0)
            {
                Assert.True(UsualLevels.AreLike(new CurrencyPair(euro, currency), decimal.Parse(last[column])), $"{currency}: {last[column]} an euro");
            }
        }
    }

    private static string[] GzipLines(string path)
    {
        using var text = new StreamReader(new System.IO.Compression.GZipStream(File.OpenRead(path), System.IO.Compression.CompressionMode.Decompress));
        return text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
