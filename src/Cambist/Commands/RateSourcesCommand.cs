using System.CommandLine;
using System.Globalization;
using Cambist.App.Rates;
using Cambist.App.Rates.Sources;
using Cambist.App.Rates.Ticks;
using Cambist.Client;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary><c>cambist rates sources</c>: where rates come from, and how each source fares.</summary>
internal static class RateSourcesCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);
    private static readonly string[] Headings = ["Source", "Kind", "Status", "Newest", "Quota left", "Accepted", "Refused"];
    private static readonly Option<bool> NoAsk = new("--no-ask") { Description = "Ask no source: show only what is configured and stored." };

    public static Command Create()
    {
        var command = new Command("sources", "Where rates come from: each source's health, quota and verdicts. Asks each that is on and whose turn it is once.");
        command.Options.Add(NoAsk);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var services = LocalAssistant.Create(parsed, parsed.OpenStore(), knowsLiveSources: true).BuildServiceProvider();
        if (!parsed.GetValue(NoAsk))
        {
            await services.GetRequiredService<Collector>().AskOnceAsync(Patience, cancellationToken);
            // What was asked has cost its quota, and is worth keeping.
            services.GetRequiredService<TickRecorder>().Flush();
        }

        var told = services.GetRequiredService<SourcesWire>().All();
        if (parsed.GetValue(CommonOptions.Json))
        {
            Output.WriteJson(told);
        }
        else
        {
            Write(told);
        }

        return ExitCode.Done;
    }

    private static void Write(RateSources told)
    {
        if (told.MarketOpensAt is { } opens)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[yellow]The market is closed[/] until {opens.UtcDateTime:yyyy-MM-dd HH:mm} UTC.");
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns([.. Headings.Select((heading, place) => Narrow(heading, isFigure: place > 2))]);
        foreach (var source in told.Sources)
        {
            table.AddRow(
                source.Id,
                source.Kind,
                Coloured(source.Status),
                source.LastPublishedAt is { } at ? Age(told.AsOf - at) : "",
                source.QuotaPerDay is { } quota ? string.Create(CultureInfo.InvariantCulture, $"{source.QuotaLeft}/{quota}") : "",
                Count(source.LastDay.Where(count => count.Verdict == "accepted")),
                Count(source.LastDay.Where(count => count.Verdict != "accepted")));
        }

        AnsiConsole.Write(table);
        AnsiConsole.MarkupLine("[grey]Accepted and refused: rates of the last 24 hours.[/]");
        foreach (var source in told.Sources)
        {
            Tell(source.Id, source.Status, source switch
            {
                { WhyOff: { } why } => why,
                { LastFault: { } fault } => fault + (source.NotBefore is { } until ? string.Create(CultureInfo.InvariantCulture, $" Left alone until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC.") : ""),
                { Status: "resting" } => string.Create(CultureInfo.InvariantCulture, $"left alone until {(source.NotBefore ?? source.QuotaResetsAt)?.UtcDateTime:yyyy-MM-dd HH:mm} UTC"),
                { Status: "closed" } => "its quota is kept for when the market opens",
                _ => null,
            });
        }

        foreach (var feed in told.Feeds)
        {
            Tell($"feed {feed.Id}", feed.Status, feed.WhyOff ?? feed.LastFault ?? (feed.Status == "waiting" ? "on; the service listens to it, 'cambist doctor' tries it" : null));
        }
    }

    private static void Tell(string name, string status, string? words)
    {
        if (words is not null)
        {
            AnsiConsole.MarkupLine($"{Markup.Escape(name)}: {Coloured(status)}, {Markup.Escape(words)}");
        }
    }

    private static string Coloured(string status) => status switch
    {
        "ok" => "[green]ok[/]",
        "failing" => "[red]failing[/]",
        "resting" or "closed" => $"[yellow]{status}[/]",
        _ => $"[grey]{status}[/]",
    };

    // With the usual padding on both sides seven columns do not fit into 80 letters.
    private static TableColumn Narrow(string heading, bool isFigure) => new(heading)
    {
        Padding = new Padding(0, 0),
        NoWrap = true,
        Alignment = isFigure ? Justify.Right : Justify.Left,
    };

    private static string Count(IEnumerable<RateVerdictCount> counts) => counts.Sum(count => count.Count).ToString("#,0", CultureInfo.InvariantCulture);

    internal static string Age(TimeSpan age) => age switch
    {
        _ when age < TimeSpan.FromMinutes(2) => $"{Math.Max(0, (int)age.TotalSeconds)} s",
        _ when age < TimeSpan.FromHours(2) => $"{(int)age.TotalMinutes} min",
        _ when age < TimeSpan.FromDays(2) => $"{(int)age.TotalHours} h",
        _ => $"{(int)age.TotalDays} d",
    };
}
