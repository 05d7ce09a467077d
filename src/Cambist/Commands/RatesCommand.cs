using System.CommandLine;
using System.Globalization;
using Cambist.App.Edge;
using Cambist.App.Rates.History;
using Cambist.App.Rates;
using Cambist.Client;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary><c>cambist rates</c>: the latest rates, and recorded history.</summary>
internal static class RatesCommand
{
    private static readonly Argument<string[]> Pairs = new("PAIR") { Description = "Pairs such as EUR/USD; none: every pair that the sources publish.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Argument<string> Pair = new("PAIR") { Description = "A pair such as EUR/USD." };
    private static readonly Option<string?> From = new("--from") { Description = "Start (default: seven days before the end).", HelpName = "TIME" };
    private static readonly Option<string?> To = new("--to") { Description = "End (default: now).", HelpName = "TIME" };
    private static readonly Option<string?> Interval = new("--interval") { Description = "1h (default) or 1d.", HelpName = "UNIT" };
    private static readonly Option<bool> Csv = new("--csv") { Description = "Print CSV." };

    public static Command Create()
    {
        var latest = new Command("latest", "The latest rate of each pair, with its sources and age.");
        latest.Arguments.Add(Pairs);
        latest.SetAction(LatestAsync);

        var history = new Command("history", "Recorded bars of a pair.");
        history.Arguments.Add(Pair);
        history.Options.Add(From);
        history.Options.Add(To);
        history.Options.Add(Interval);
        history.Options.Add(Csv);
        history.SetAction(HistoryAsync);

        return new Command("rates", "The latest rates, recorded history, and where rates come from.") { latest, history, RateSourcesCommand.Create() };
    }

    private static async Task<int> LatestAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var services = await LocalAssistant.StartAsync(parsed, asksLiveSources: true, cancellationToken);
        var pairs = parsed.GetValue(Pairs) is { Length: > 0 } named ? string.Join(',', named) : null;
        var answer = services.GetRequiredService<RatesWire>().Latest(pairs);
        if (answer.Problem is { } problem)
        {
            return Output.Fail(problem, parsed.GetValue(CommonOptions.Json));
        }

        if (parsed.GetValue(CommonOptions.Json))
        {
            Output.WriteJson(answer.Latest!);
            return ExitCode.Done;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Pair", "Rate", "Spread", "Kind", "Sources", "As of (UTC)", "State");
        foreach (var rate in answer.Latest!.Rates)
        {
            table.AddRow(
                rate.Pair,
                rate.Rate.ToString(CultureInfo.InvariantCulture),
                rate.SpreadBps is { } spread ? string.Create(CultureInfo.InvariantCulture, $"{spread:0.##} bps") : "",
                rate.Kind,
                Markup.Escape(string.Join(", ", rate.Sources)),
                string.Create(CultureInfo.InvariantCulture, $"{rate.EffectiveAt.UtcDateTime:MM-dd HH:mm:ss}"),
                rate.Stale ? "[red]stale[/]" : "[green]fresh[/]");
        }

        AnsiConsole.Write(table);
        return ExitCode.Done;
    }

    private static async Task<int> HistoryAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var services = await LocalAssistant.StartAsync(parsed, asksLiveSources: false, cancellationToken);
        var query = HistoryQuery.Read(
            parsed.GetValue(Pair), parsed.GetValue(From), parsed.GetValue(To), parsed.GetValue(Interval), cursor: null, limit: null, DateTimeOffset.UtcNow);
        var answer = services.GetRequiredService<RatesWire>().History(query);
        if (answer.Problem is { } problem)
        {
            return Output.Fail(problem, parsed.GetValue(CommonOptions.Json));
        }

        var bars = answer.Bars!;
        if (parsed.GetValue(CommonOptions.Json))
        {
            Output.WriteJson(new RateHistoryPage(query.Pair!.ToString(), query.Interval, bars, NextCursor: null, Simulated: false));
        }
        else if (parsed.GetValue(Csv))
        {
            BarsText.WriteCsv(Console.Out, bars);
        }
        else
        {
            var table = new Table().Border(TableBorder.Simple).AddColumns("Time (UTC)", "Open", "High", "Low", "Close", "Source");
            foreach (var bar in bars)
            {
                table.AddRow(
                    bar.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Shown(bar.Open), Shown(bar.High), Shown(bar.Low), Shown(bar.Close), Markup.Escape(bar.Source));
            }

            AnsiConsole.Write(table);
        }

        return ExitCode.Done;
    }

    private static string Shown(decimal? price) => price?.ToString(CultureInfo.InvariantCulture) ?? "";
}
