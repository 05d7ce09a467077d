using System.Globalization;
using Cambist.Client;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary>The cost table on a terminal.</summary>
internal static class CostTableView
{
    public static void Write(IReadOnlyList<ProviderQuote> quotes)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("Provider");
        table.AddColumn(new TableColumn("Arrives").RightAligned());
        table.AddColumn(new TableColumn("Paid").RightAligned());
        table.AddColumn(new TableColumn("Rate").RightAligned());
        table.AddColumn(new TableColumn("Markup").RightAligned());
        table.AddColumn(new TableColumn("Fees").RightAligned());
        table.AddColumn(new TableColumn("Total cost").RightAligned());
        table.AddColumn("Delivery");
        table.AddColumn("Rests on");
        foreach (var (quote, index) in quotes.Select((quote, index) => (quote, index)).Where(row => row.quote.Status == "ranked"))
        {
            var style = index == 0 ? "green bold" : "default";
            table.AddRow(
                new Markup($"[{style}]{Markup.Escape(quote.Name)}[/]"),
                new Markup($"[{style}]{Money(quote.ReceiveAmount)}[/]"),
                new Markup(Money(quote.SendAmount)),
                new Markup(string.Create(CultureInfo.InvariantCulture, $"{quote.ExchangeRate}")),
                new Markup(string.Create(CultureInfo.InvariantCulture, $"{quote.MarkupBps:0.#} bps")),
                new Markup(Fees(quote)),
                new Markup(string.Create(CultureInfo.InvariantCulture, $"{Money(quote.TotalCost)} ({quote.TotalCostBps:0} bps)")),
                new Markup(Markup.Escape(quote.DeliveryTime?.Text ?? "not known")),
                new Markup(string.Create(CultureInfo.InvariantCulture, $"[grey]{quote.Provenance}, {quote.CollectedAt:yyyy-MM-dd}[/]")));
        }

        AnsiConsole.Write(table);
        foreach (var quote in quotes.Where(quote => quote.Status != "ranked"))
        {
            AnsiConsole.MarkupLineInterpolated($"[grey]  {quote.Name}: {quote.Note}[/]");
        }
    }

    // Amounts come with the decimals of their currency, so their own scale is the right one.
    public static string Money(MoneyValue? money) => money is null
        ? "not known"
        : $"{money.Amount.ToString($"N{money.Amount.Scale}", CultureInfo.InvariantCulture)} {money.Currency}";

    private static string Fees(ProviderQuote quote) => quote is { FixedFee: { } fixedFee, VariableFee: { } variableFee }
        ? Money(new MoneyValue(fixedFee.Amount + variableFee.Amount, fixedFee.Currency))
        : "not known";
}
