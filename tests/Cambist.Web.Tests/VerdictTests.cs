using Bunit;
using Cambist.Client;
using Cambist.Web.Advice;
using Xunit;

namespace Cambist.Web.Tests;

public sealed class VerdictTests : BunitContext
{
    [Theory]
    [InlineData("CONVERT_NOW", "Convert now")]
    [InlineData("WAIT", "Wait")]
    public void The_first_heading_is_the_verdict(string recommendation, string words)
    {
        var card = Show(Sample.Advice with { Recommendation = recommendation });

        Assert.Equal(words, card.Find("h1").TextContent.Trim());
    }

    [Fact]
    public void Money_that_arrives_comes_before_chances()
    {
        var text = Show(Sample.Advice).Markup;

        var money = text.IndexOf("4,583.58", StringComparison.Ordinal);
        Assert.InRange(money, 0, text.IndexOf("72 %", StringComparison.Ordinal));
    }

    [Fact]
    public void Confidence_is_a_meter_that_can_be_read_without_seeing_it()
    {
        var meter = Show(Sample.Advice).Find("[role=meter]");

        Assert.Equal("72", meter.GetAttribute("aria-valuenow"));
        Assert.Equal("72 %", meter.GetAttribute("aria-valuetext"));
        Assert.False(string.IsNullOrEmpty(meter.GetAttribute("aria-label")));
    }

    [Fact]
    public void A_saving_is_signed_and_carries_its_range()
    {
        var saving = Fact(Sample.Advice with { ExpectedSavings = Sample.Usd(-3.2m) }, "Expected saving of waiting");

        Assert.Contains("−3.20 USD", saving, StringComparison.Ordinal);
        Assert.Contains("80 %: −9.00 USD to +46.00 USD", saving, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deadline_at_midnight_is_the_day_that_it_ends()
    {
        Assert.Contains("by 25 Dec 2026", Show(Sample.Advice).Find(".question").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Times_are_told_by_the_clock_of_the_person()
    {
        var card = Render<Verdict>(parameters => parameters
            .Add(verdict => verdict.Advice, Sample.Advice)
            .AddCascadingValue(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata")));

        Assert.Contains("02:50 UTC+5:30", card.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_amount_to_receive_is_told_in_the_currency_that_arrives()
    {
        var advice = Sample.Advice with { AmountSide = "receive", Amount = new MoneyValue(900m, "EUR") };

        Assert.Contains("USD → 900.00 EUR", Show(advice).Find(".question").TextContent, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> UnknownFigures => new()
    {
        { "Chance that waiting is cheaper", "there is no forecast for this pair" },
        { "Expected saving of waiting", "there is no forecast for this pair" },
        { "Money at risk", "there is no forecast for this pair" },
        { "Latest safe date", "the delivery time of Wise is not known" },
    };

    [Theory]
    [MemberData(nameof(UnknownFigures))]
    public void A_figure_that_is_not_known_says_so_and_why(string figure, string reason)
    {
        var fact = Fact(WithoutForecast, figure);

        Assert.Contains("not known", fact, StringComparison.Ordinal);
        Assert.Contains(reason, fact, StringComparison.Ordinal);
        Assert.DoesNotContain('0', fact);
    }

    [Theory]
    [InlineData("Expected rate")]
    [InlineData("Model")]
    public void Evidence_that_is_not_known_says_so_and_why(string figure)
    {
        var evidence = Render<Evidence>(parameters => parameters.Add(card => card.Advice, WithoutForecast));
        var fact = evidence.FindAll("dt").Single(term => term.TextContent == figure).NextElementSibling!.TextContent;

        Assert.Contains("not known", fact, StringComparison.Ordinal);
        Assert.Contains("there is no forecast for this pair", fact, StringComparison.Ordinal);
        Assert.DoesNotContain('0', fact);
    }

    [Fact]
    public void A_closed_market_is_told_with_its_opening()
    {
        var opens = new DateTimeOffset(2026, 11, 29, 22, 0, 0, TimeSpan.Zero);
        var advice = Sample.Advice with { Rate = new RateFacts("kraken", Sample.Now, 54000, "closed", opens) };

        var text = Render<Evidence>(parameters => parameters.Add(card => card.Advice, advice)).Markup;

        Assert.Contains("Closed.", text, StringComparison.Ordinal);
        Assert.Contains("Sun 29 Nov 2026, 22:00 UTC", text, StringComparison.Ordinal);
        Assert.Contains("15 h old", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_names_the_model_and_what_it_has_proven()
    {
        var text = Render<Evidence>(parameters => parameters.Add(card => card.Advice, Sample.Advice)).Markup;

        Assert.Contains("baseline", text, StringComparison.Ordinal);
        Assert.Contains("no proven edge", text, StringComparison.Ordinal);
    }

    private static AnalyzeResponse WithoutForecast => Sample.Advice with
    {
        PredictedRate = null,
        PredictionInterval = null,
        HorizonHours = null,
        Confidence = null,
        ExpectedSavings = null,
        CertainSavings = null,
        Range = null,
        MoneyAtRisk = null,
        LatestSafeDate = null,
        Model = null,
    };

    private IRenderedComponent<Verdict> Show(AnalyzeResponse advice) =>
        Render<Verdict>(parameters => parameters.Add(card => card.Advice, advice));

    private string Fact(AnalyzeResponse advice, string figure) =>
        Show(advice).FindAll("dt").Single(term => term.TextContent == figure).NextElementSibling!.TextContent;
}
