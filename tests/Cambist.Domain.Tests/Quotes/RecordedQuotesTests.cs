using System.Globalization;
using Cambist.Domain.Currencies;
using Cambist.Domain.Quotes;
using Cambist.TestKit;
using Xunit;
using static Cambist.Domain.Tests.Quotes.Offers;

namespace Cambist.Domain.Tests.Quotes;

/// <summary>Every recorded row of real quotes, by each identity that its source states.</summary>
public sealed class RecordedQuotesTests
{
    // Percentages are recorded with three digits.
    private const decimal HalfOfTheLastDigit = 0.0005m;

    [Fact]
    public void Received_is_amount_less_fee_times_rate_to_the_rounding_of_the_recorded_rate() => Assert.All(Quotes(), row =>
    {
        var offer = Deducted(row.Source, Flat(row.Fee)) with { MarkupPercent = (1m - row.Rate / row.Mid) * 100m };
        var received = Cost(offer, row.Question).Received;

        // The data holds received = (amount − fee) × rate within 0.001 %, for its rates are rounded.
        Assert.InRange(received.Amount - row.Received, -Tolerance(received), Tolerance(received));
    });

    [Fact]
    public void An_answer_is_priced_with_its_own_figures_and_its_total_cost_is_the_recorded_one() => Assert.All(Quotes(), row =>
    {
        var cost = Cost(row.Answer().AsOffer(row.Mid, Provenance.Estimate), row.Question);

        Assert.Equal((row.Amount, row.Received, row.Fee), (cost.Paid.Amount, cost.Received.Amount, cost.FixedFee.Amount));
        Assert.InRange(cost.TotalCostBps / 100m - row.TotalCostPercent, -HalfOfTheLastDigit, HalfOfTheLastDigit);
        Assert.Equal(row.Rate > row.Mid, cost.IsBetterThanMid);
    });

    [Fact]
    public void Total_cost_is_fee_by_amount_plus_margin_in_every_row_of_the_World_Bank() => Assert.All(Rows("remittance/worldbank_rpw_2025q3_excerpt.csv"), row =>
    {
        // The survey's amount is what is converted, its fee comes on top. Two digits are recorded, of a margin that may be negative.
        var (amount, fee) = (row.Number("send_amount"), row.Number("fee"));
        var offer = OnTop(row.Text("source_currency"), Flat(fee)) with { MarkupPercent = row.Number("fx_margin_pct") };
        var pair = row.Text("source_currency") == "EUR" ? "EUR/MAD" : "USD/MXN";

        var cost = Cost(offer, Send(pair, amount + fee, mid: 18.5m));

        var smallest = 100m * cost.Received.Currency.SmallestAmount / cost.MidRate / amount;
        Assert.InRange(cost.TotalCost.Amount / amount * 100m - row.Number("total_cost_pct"), -0.01m - smallest, 0.01m + smallest);
        Assert.Equal(Math.Round(Math.Max(0m, amount * row.Number("fx_margin_pct") / 100m), 2), Math.Round(cost.HiddenFee.Amount, 2));
    });

    private static decimal Tolerance(Money received) => received.Currency.SmallestAmount + received.Amount * 0.00001m;

    private static List<Row> Rows(string file)
    {
        var lines = File.ReadAllLines(SharedData.File(file));
        var header = lines[0].Split(',');
        var rows = lines.Skip(1).Select(line => new Row(header, line.Split(','))).ToList();
        Assert.NotEmpty(rows);
        return rows;
    }

    private static IEnumerable<Quote> Quotes() => Rows("remittance/provider_quotes_2026-09-27.csv").Select(row => new Quote(
        row.Text("provider"), row.Text("source"), row.Text("target"), row.Number("send_amount"), row.Number("rate"), row.Number("fee"), row.Number("received"), row.Number("mid_rate"), row.Number("total_cost_pct")));

    private sealed record Row(string[] Header, string[] Cells)
    {
        public string Text(string column) => Cells[Array.IndexOf(Header, column)];

        public decimal Number(string column) => decimal.Parse(Text(column), CultureInfo.InvariantCulture);
    }

    private sealed record Quote(string Provider, string Source, string Target, decimal Amount, decimal Rate, decimal Fee, decimal Received, decimal Mid, decimal TotalCostPercent)
    {
        public PriceQuestion Question => Send($"{Source}/{Target}", Amount, Mid);

        public CollectedQuote Answer() => new()
        {
            Provider = Provider,
            Name = Provider,
            Kind = ProviderKind.MoneyTransfer,
            Title = "Transfer",
            Pair = Question.Pair,
            Paid = Question.Amount,
            Received = new Money(Received, Question.Pair.Quote),
            ExchangeRate = Rate,
            Fee = new Money(Fee, Question.Pair.Base),
            FeeMode = FeeMode.Deducted,
            Delivery = null,
            Provenance = Provenance.Estimate,
            CollectedAt = Question.At,
            SourceUrl = new Uri("https://example.com/quotes"),
        };
    }
}
