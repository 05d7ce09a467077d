using AngleSharp.Dom;
using Bunit;
using Cambist.Client;
using Cambist.Web.Quotes;
using Xunit;

namespace Cambist.Web.Tests;

public sealed class CostTableTests : BunitContext
{
    private static readonly ProviderQuote Unknown = Sample.Quote with
    {
        Provider = "bank",
        Name = "High-street bank",
        Status = "unknown",
        Note = "The correspondents' fees are not published.",
        VariableFee = null,
        TotalCost = null,
        TotalCostBps = null,
        ReceiveAmount = null,
        DeliveryTime = null,
        Provenance = "published",
    };

    private static readonly ProviderQuote Unavailable = Unknown with
    {
        Provider = "ofx",
        Name = "OFX",
        Status = "unavailable",
        Offer = null,
        Note = "Takes 10,000 USD or more.",
        ExchangeRate = null,
        MarkupBps = null,
        FixedFee = null,
        SendAmount = null,
    };

    [Fact]
    public void The_table_keeps_its_roles_when_a_phone_shows_it_as_cards()
    {
        var table = Show(Sample.Quote, Unknown, Unavailable).Find("table");

        Assert.Equal("table", table.GetAttribute("role"));
        Assert.Equal(8, table.QuerySelectorAll("[role=columnheader]").Length);
        Assert.Equal(4, table.QuerySelectorAll("tr[role=row]").Length);
        Assert.All(table.QuerySelectorAll("tbody tr"), row => Assert.Single(row.QuerySelectorAll("[role=rowheader]")));
        Assert.All(table.QuerySelectorAll("td"), cell => Assert.Equal("cell", cell.GetAttribute("role")));
    }

    [Fact]
    public void Rows_without_a_price_stand_at_the_end_with_their_reason()
    {
        var rows = Rows(Unavailable, Unknown, Sample.Quote);

        Assert.StartsWith("Wise", rows[0].TextContent.Trim(), StringComparison.Ordinal);
        Assert.Contains("The correspondents' fees are not published.", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Takes 10,000 USD or more.", rows[2].TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("They get")]
    [InlineData("Fees")]
    [InlineData("Total cost")]
    [InlineData("On its way")]
    public void A_figure_that_is_not_known_is_not_a_zero(string column)
    {
        var cell = Cell(Rows(Unknown)[0], column);

        Assert.Contains("not known", cell, StringComparison.Ordinal);
        Assert.DoesNotContain("0.00", cell.Replace("1.20", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fee_of_nothing_is_a_zero()
    {
        var free = Sample.Quote with { FixedFee = Sample.Usd(0m), VariableFee = Sample.Usd(0m) };

        Assert.Equal("0.00 USD", Cell(Rows(free)[0], "Fees"));
    }

    [Fact]
    public void Each_row_tells_how_far_it_is_from_the_best()
    {
        var second = Sample.Quote with { Provider = "remitly", Name = "Remitly", ReceiveAmount = new MoneyValue(4575m, "EUR") };

        var rows = Rows(Sample.Quote, second);

        Assert.Contains("best", Cell(rows[0], "They get"), StringComparison.Ordinal);
        Assert.Contains("−8.58 EUR", Cell(rows[1], "They get"), StringComparison.Ordinal);
    }

    [Fact]
    public void Providers_are_told_by_what_is_paid_when_the_amount_to_arrive_is_given()
    {
        var table = Render<CostTable>(parameters => parameters
            .Add(costs => costs.Quotes, [Sample.Quote])
            .Add(costs => costs.Best, Sample.Quote)
            .Add(costs => costs.Receives, true));

        Assert.Contains("5,000.00 USD", Cell(table.Find("tbody tr"), "You pay"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_carries_its_kind_its_day_and_its_source()
    {
        var source = Rows(Sample.Quote)[0].QuerySelector(".source")!;

        Assert.Contains("LIVE", source.TextContent, StringComparison.Ordinal);
        Assert.Contains("27 Sep 2026", source.TextContent, StringComparison.Ordinal);
        Assert.Equal("https://example.com/wise", source.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void What_a_person_would_not_see_by_themselves_is_said_in_the_row()
    {
        var row = Show(Sample.Quote with
        {
            HiddenFee = new MoneyValue(145m, "USD"),
            BetterThanMid = true,
            Outdated = true,
            ReceiveAtLeast = null,
            Promotion = new PromotionalPrice(0.93m, new MoneyValue(0m, "USD"), new MoneyValue(4650m, "EUR"), null, "New customers only:"),
        }).Find("tbody tr").TextContent;

        Assert.Contains("hidden fee 145.00 USD", row, StringComparison.Ordinal);
        Assert.Contains("better than mid", row, StringComparison.Ordinal);
        Assert.Contains("OUTDATED", row, StringComparison.Ordinal);
        Assert.Contains("less what banks on the way take", row, StringComparison.Ordinal);
        Assert.Contains("New customers only: 4,650.00 EUR", row, StringComparison.Ordinal);
    }

    [Fact]
    public void What_arrives_at_least_is_said_where_it_is_less() =>
        Assert.Contains("at least 4,540.00 EUR", Show(Sample.Quote with { ReceiveAtLeast = new MoneyValue(4540m, "EUR") }).Find("tbody tr").TextContent, StringComparison.Ordinal);

    [Fact]
    public void A_source_that_is_no_web_address_is_no_link()
    {
        var hostile = Sample.Quote with { SourceUrl = new Uri("javascript:alert(1)") };

        Assert.Empty(Rows(hostile)[0].QuerySelectorAll("a"));
    }

    private IRenderedComponent<CostTable> Show(params ProviderQuote[] quotes) => Render<CostTable>(parameters => parameters
        .Add(table => table.Quotes, quotes)
        .Add(table => table.Best, Sample.Quote));

    private IReadOnlyList<IElement> Rows(params ProviderQuote[] quotes) => Show(quotes).FindAll("tbody tr");

    private static string Cell(IElement row, string column)
    {
        var text = row.QuerySelector($"[data-label='{column}']")!.TextContent;
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
