using System.Globalization;
using Cambist.Domain.Currencies;
using Cambist.TestKit;
using Xunit;
using static Cambist.Domain.Tests.Quotes.Offers;

namespace Cambist.Domain.Tests.Quotes;

public sealed class RecordedQuotesTests
{
    [Fact]
    public void Recorded_quotes_of_real_providers_are_computed_to_the_rounding_of_their_rate()
    {
        var rows = Rows(SharedData.File("remittance/provider_quotes_2026-09-27.csv"));

        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            var offer = Deducted(row.Source, Flat(row.Fee)) with { MarkupPercent = (1m - row.Rate / row.Mid) * 100m };
            var received = Cost(offer, Send($"{row.Source}/{row.Target}", row.Amount, row.Mid)).Received;

            // The data holds received = (amount − fee) × rate within 0.001 %, for its rates are rounded.
            Assert.InRange(received.Amount - row.Received, -Tolerance(received), Tolerance(received));
        });
    }

    private static decimal Tolerance(Money received) => received.Currency.SmallestAmount + received.Amount * 0.00001m;

    private static List<Row> Rows(string file)
    {
        var lines = File.ReadAllLines(file);
        var header = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => line.Split(',')).Select(cells =>
        {
            string Text(string column) => cells[Array.IndexOf(header, column)];
            decimal Number(string column) => decimal.Parse(Text(column), CultureInfo.InvariantCulture);
            return new Row(Text("source"), Text("target"), Number("send_amount"), Number("rate"), Number("fee"), Number("received"), Number("mid_rate"));
        })];
    }

    private sealed record Row(string Source, string Target, decimal Amount, decimal Rate, decimal Fee, decimal Received, decimal Mid);
}
