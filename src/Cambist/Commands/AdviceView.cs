using System.Globalization;
using Cambist.Client;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary>Advice on a terminal: the verdict first, then the money, then the evidence.</summary>
internal static class AdviceView
{
    public static void Write(AnalyzeResponse advice)
    {
        if (advice.Simulated)
        {
            AnsiConsole.MarkupLine("[black on yellow] SIMULATED [/]");
        }

        var waits = advice.Recommendation == "WAIT";
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLineInterpolated($"[grey]{CostTableView.Money(advice.Amount)}, {advice.FromCurrency} to {advice.ToCurrency} by {Time(advice.Deadline)}[/]");
        AnsiConsole.Write(new Markup(waits ? "[yellow bold]WAIT[/]\n" : "[green bold]CONVERT NOW[/]\n"));
        AnsiConsole.MarkupLineInterpolated($"{advice.Reason}");
        AnsiConsole.MarkupLineInterpolated($"[grey]{advice.ChangesIf}[/]");
        AnsiConsole.WriteLine();

        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        Row(grid, "Best provider", $"{advice.BestProvider.Name}, {advice.BestProvider.Offer}");
        Row(grid, "Arrives", CostTableView.Money(advice.BestProvider.ReceiveAmount));
        Row(grid, "Cost against mid", $"{CostTableView.Money(advice.BestProvider.TotalCost)} ({advice.BestProvider.TotalCostBps:0} bps)");
        Row(grid, "Mid-market rate", $"{advice.CurrentRate} ({advice.Rate.Source}, {Age(advice.Rate.AgeSeconds)} old, market {advice.Rate.Market})");
        Row(grid, "Expected rate", advice.PredictionInterval is { } interval
            ? $"{advice.PredictedRate} in {advice.HorizonHours:0.#} h, 95 % between {interval.Lower} and {interval.Upper} ({advice.Model!.Id}: {advice.Model.Edge})"
            : "not known");
        Row(grid, "Waiting saves", advice.ExpectedSavings is null
            ? "not known"
            : $"{CostTableView.Money(advice.ExpectedSavings)} expected, 80 % between {CostTableView.Money(advice.Range!.Lower)} and {CostTableView.Money(advice.Range.Upper)}");
        Row(grid, "Confidence", advice.Confidence is { } confidence ? $"{confidence:0.# %} that waiting is cheaper" : "not known");
        Row(grid, "Money at risk", advice.MoneyAtRisk is null ? "not known" : $"{CostTableView.Money(advice.MoneyAtRisk)} in the worst 5 % if you wait to the latest safe date");
        Row(grid, "Latest safe date", advice.LatestSafeDate is { } safe ? Time(safe) : "not known");
        Row(grid, "Look again", Time(advice.NextCheck));
        AnsiConsole.Write(grid);

        if (advice.Plan is { } plan)
        {
            AnsiConsole.WriteLine();
            AnsiConsole.MarkupLineInterpolated($"[green]Cheaper for certain, at today's rate, by {CostTableView.Money(plan.CertainSaving)}:[/]");
            foreach (var transfer in plan.Transfers)
            {
                AnsiConsole.MarkupLineInterpolated($"  {Time(transfer.At)}  {CostTableView.Money(transfer.SendAmount)} with {transfer.Name} brings {CostTableView.Money(transfer.ReceiveAmount)} [grey]({transfer.Why})[/]");
            }

            AnsiConsole.MarkupLineInterpolated($"[grey]  What waits may lose {CostTableView.Money(plan.AtRisk)} in the worst 5 % of rates, and gain as much.[/]");
        }

        CostTableView.Write(advice.Providers, advice.AmountSide == "receive");
        AnsiConsole.WriteLine();
        foreach (var reason in advice.Reasons)
        {
            AnsiConsole.MarkupLineInterpolated($"[grey]• {reason.Finding}[/]");
        }

        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLineInterpolated($"[grey]As of {Time(advice.AsOf)}. {advice.Disclaimer}[/]");
    }

    private static void Row(Grid grid, string name, FormattableString value) => Row(grid, name, value.ToString(CultureInfo.InvariantCulture));

    private static void Row(Grid grid, string name, string value) => grid.AddRow(new Markup($"[grey]{name}[/]"), new Text(value));

    private static string Time(DateTimeOffset instant) => string.Create(CultureInfo.InvariantCulture, $"{instant.UtcDateTime:ddd d MMM yyyy HH:mm} UTC");

    private static string Age(double seconds) => seconds switch
    {
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.#} h"),
    };
}
