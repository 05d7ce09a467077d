using System.Globalization;
using Cambist.Client;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary>What concerns a person now, at the terminal: what to do, and what was saved.</summary>
internal static class DashboardView
{
    public static void Write(Dashboard dashboard)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        Row(grid, "Saved this month", dashboard.Savings.Month);
        Row(grid, "Saved this year", dashboard.Savings.Year);
        Row(grid, "Saved altogether", dashboard.Savings.AllTime);
        AnsiConsole.Write(grid);
        AnsiConsole.WriteLine();
        GoalsView.Write(dashboard.ActiveGoals, all: false);
    }

    private static void Row(Grid grid, string name, SavingsSum sum) => grid.AddRow(new Markup($"[grey]{name}[/]"), new Text(Told(sum)));

    private static string Told(SavingsSum sum)
    {
        if (sum is { Counted: 0, NotCounted: 0 })
        {
            return "nothing was converted";
        }

        List<string> parts = [CostTableView.Money(sum.Usd), string.Create(CultureInfo.InvariantCulture, $"over {Conversions(sum.Counted)}")];
        if (sum.ByCurrency.Any(money => money.Currency != sum.Usd.Currency))
        {
            parts[0] += $" ({string.Join(", ", sum.ByCurrency.Select(CostTableView.Money))})";
        }

        if (sum.WithoutUsd > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{sum.WithoutUsd} of them not in USD, whose rate was not known"));
        }

        return string.Join(", ", parts) + (sum.NotCounted > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {Conversions(sum.NotCounted)} not counted, because no provider was named before") : "");
    }

    private static string Conversions(int number) => number == 1 ? "1 conversion" : string.Create(CultureInfo.InvariantCulture, $"{number} conversions");
}
