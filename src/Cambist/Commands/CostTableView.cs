using System.Globalization;
using Cambist.Client;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary>The cost table on a terminal.</summary>
internal static class CostTableView
{
    // Rate and fees need a wide terminal; what arrives and what it costs need none.
    private const int WideEnough = 110;

    /// <param name="quotes">The table, best first.</param>
    /// <param name="receives">Whether what arrives is fixed, so that what is paid tells providers apart.</param>
    public static void Write(IReadOnlyList<ProviderQuote> quotes, bool receives)
    {
        var wide = AnsiConsole.Profile.Width >= WideEnough;
        var table = new Table().Border(TableBorder.Simple).AddColumn("Provider");
        table.AddColumn(new TableColumn(receives ? "Paid" : "Arrives").RightAligned());
        if (wide)
        {
            table.AddColumn(new TableColumn("Rate").RightAligned());
            table.AddColumn(new TableColumn("Fees").RightAligned());
            table.AddColumn(new TableColumn("Hidden").RightAligned());
        }

        table.AddColumn(new TableColumn("All-in cost").RightAligned());
        table.AddColumn("Delivery");
        var isTimed = wide && quotes.Any(quote => quote.LatestSafeDate is not null);
        if (isTimed)
        {
            table.AddColumn("Order by (UTC)");
        }

        if (wide)
        {
            table.AddColumn("Rests on");
        }

        foreach (var column in table.Columns)
        {
            column.NoWrap().Padding(0, 0, 2, 0);
        }

        foreach (var (quote, index) in quotes.Where(quote => quote.Status == "ranked").Select((quote, index) => (quote, index)))
        {
            var style = index == 0 ? "green bold" : "default";
            List<string> cells = [$"[{style}]{Markup.Escape(quote.Name)}[/]", $"[{style}]{Money(receives ? quote.SendAmount : quote.ReceiveAmount)}[/]"];
            if (wide)
            {
                cells.AddRange([quote.ExchangeRate!.Value.ToString(CultureInfo.InvariantCulture), Fees(quote), Money(quote.HiddenFee)]);
            }

            cells.Add(string.Create(CultureInfo.InvariantCulture, $"{Money(quote.TotalCost)} ({quote.TotalCostBps:0} bps)"));
            cells.Add(Markup.Escape(quote.DeliveryTime?.Text ?? "not known"));
            if (isTimed)
            {
                cells.Add(quote.LatestSafeDate is { } safe ? safe.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "not known");
            }

            if (wide)
            {
                cells.Add(string.Create(CultureInfo.InvariantCulture, $"{(quote.Outdated ? "[yellow]outdated[/] " : "")}[grey]{quote.Provenance} {quote.CollectedAt:yyyy-MM-dd}[/]"));
            }

            table.AddRow([.. cells]);
        }

        AnsiConsole.Write(table);
        foreach (var quote in quotes.Where(quote => quote.Promotion is not null))
        {
            AnsiConsole.MarkupLineInterpolated($"[grey]  {quote.Name}: {quote.Promotion!.Terms} {Money(quote.Promotion.ReceiveAmount)}[/]");
        }

        foreach (var quote in quotes.Where(quote => quote.BetterThanMid))
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]  {quote.Name}: its rate is better than mid; look twice[/]");
        }

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
