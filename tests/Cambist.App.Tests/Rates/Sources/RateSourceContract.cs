using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Cambist.Domain.Rates;
using Xunit;

namespace Cambist.App.Tests.Rates.Sources;

/// <summary>A rate as it is expected of a source.</summary>
public sealed record Told(string Pair, decimal Bid, decimal Ask, bool SpreadKnown, DateTimeOffset EffectiveAt)
{
    public static Told Mid(string pair, decimal mid, DateTimeOffset at) => new(pair, mid, mid, SpreadKnown: false, at);

    public static Told TwoSided(string pair, decimal bid, decimal ask, DateTimeOffset at) => new(pair, bid, ask, SpreadKnown: true, at);
}

/// <summary>What every source must do with what it is told: the right rates in the right direction and time, and no figure made out of none.</summary>
public abstract class RateSourceContract
{
    /// <summary>When every look is taken.</summary>
    protected static readonly DateTimeOffset Now = new(2026, 3, 27, 14, 35, 0, TimeSpan.Zero);

    /// <summary>A good answer of a documented shape with invented figures: <c>@FIGURE</c> stands for the first price, <c>@CODE</c> for the code of its quote currency.</summary>
    protected abstract string Sample { get; }

    /// <summary>The first price as a JSON token, as the service writes it.</summary>
    protected abstract string Figure { get; }

    /// <summary>All that a look at the sample tells, the price of <see cref="Figure"/> first.</summary>
    protected abstract IReadOnlyList<Told> Expected { get; }

    /// <summary>What is asked for.</summary>
    protected virtual IReadOnlyList<string> Wanted => ["EUR/USD", "EUR/GBP", "USD/JPY"];

    /// <summary>One look at a source that answers so.</summary>
    protected abstract Task<RateSheet> LookAsync(string answer);

    /// <summary>The sample with another first price or code.</summary>
    protected virtual string With(string? figure = null, string? code = null) =>
        Sample.Replace("@FIGURE", figure ?? Figure, StringComparison.Ordinal).Replace("@CODE", code ?? Code, StringComparison.Ordinal);

    /// <summary>The code of the first price's quote currency, as the service writes it.</summary>
    protected virtual string Code => Expected[0].Pair[^3..];

    protected CurrencyPair[] WantedPairs => [.. Wanted.Select(CurrencyPair.Parse)];

    [Fact]
    public async Task It_tells_the_documented_rates_in_their_direction_and_time()
    {
        var sheet = await LookAsync(With());

        Assert.Equal(Expected, ToldBy(sheet));
        Assert.Empty(sheet.Unreadable);
        Assert.All(sheet.Rates, rate => Assert.Equal((Now, sheet.ObservedAt), (rate.ObservedAt, rate.ObservedAt)));
    }

    [Theory]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("\"abc\"")]
    [InlineData("\"1,08\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("1e400")]
    [InlineData("1e20")]
    [InlineData("\"99999999999999999999999999999999\"")]
    public async Task A_figure_that_is_no_number_is_kept_as_unreadable_and_spoils_no_other(string figure)
    {
        var sheet = await LookAsync(With(figure));

        Assert.Equal(Expected.Skip(1), ToldBy(sheet));
        Assert.Equal(Expected[0].Pair, Assert.Single(sheet.Unreadable).Pair.ToString());
    }

    [Theory]
    [InlineData("-1.0845", -1.0845)]
    [InlineData("\"-1.0845\"", -1.0845)]
    [InlineData("0", 0)]
    [InlineData("10845e-4", 1.0845)]
    [InlineData("\"1.57E-05\"", 0.0000157)]
    [InlineData("123456789", 123456789)]
    public async Task A_figure_is_passed_on_as_told(string figure, decimal expected)
    {
        var first = ToldBy(await LookAsync(With(figure)))[0];

        Assert.Equal((Expected[0].Pair, expected, expected), (first.Pair, first.Bid, first.Ask));
    }

    [Theory]
    [InlineData("BTC")]
    [InlineData("XAU")]
    [InlineData("ZZZ")]
    [InlineData("US")]
    [InlineData("")]
    public async Task A_code_that_is_no_currency_is_passed_over(string code)
    {
        var sheet = await LookAsync(With(code: code));

        Assert.Equal(Expected.Skip(1), ToldBy(sheet));
        Assert.Empty(sheet.Unreadable);
    }

    private static List<Told> ToldBy(RateSheet sheet) =>
        [.. sheet.Rates.Select(rate => new Told(rate.Pair.ToString(), rate.Bid, rate.Ask, rate.SpreadKnown, rate.EffectiveAt))];
}
