using System.CommandLine;
using System.Globalization;
using Cambist.App;
using Cambist.App.Edge;
using Cambist.App.Rates;
using Cambist.App.Rates.History;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary><c>cambist history backfill</c>: fetches a source's history into the store.</summary>
internal static class BackfillCommand
{
    private const int MostDays = 36_500;

    private static readonly Option<string> Source = new("--source") { Description = "The source: kraken (hours), frankfurter or ecb (days), alphavantage, twelvedata (with a key).", HelpName = "ID", Required = true };
    private static readonly Option<string> Pair = new("--pair") { Description = "The pair, as in EURUSD.", HelpName = "PAIR", Required = true };
    private static readonly Option<int> Days = new("--days") { Description = "How many days back from now.", HelpName = "N", DefaultValueFactory = _ => 30 };

    public static Command Create()
    {
        var command = new Command("backfill", "Fetch a source's history into the store. What is there stays as it is; a stopped backfill goes on where it was.");
        command.Options.Add(Source);
        command.Options.Add(Pair);
        command.Options.Add(Days);
        Days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostDays)
            {
                result.AddError($"--days is from 1 to {MostDays}.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var json = parsed.GetValue(CommonOptions.Json);
        if (!CurrencyPair.TryParse(parsed.GetRequiredValue(Pair), out var pair))
        {
            return Output.Fail(Problems.Invalid("unknown_pair", "--pair", "two different active ISO 4217 codes as in EURUSD", parsed.GetRequiredValue(Pair)), json);
        }

        var services = new ServiceCollection();
        services.AddCambist(parsed.OpenStore(), new MarketFacts(MarketMode.Live)).AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddLiveMarket(ProgramSettings.Read());
        await using var provider = services.BuildServiceProvider();
        var sources = provider.GetServices<IHistorySource>().ToList();
        var id = parsed.GetRequiredValue(Source);
        if (sources.Find(source => source.Profile.Id == id) is not { } chosen)
        {
            var whyOff = provider.GetRequiredService<SourceRoster>().Sources.FirstOrDefault(source => source.Profile.Id == id)?.WhyOff;
            var allowed = $"a source with history ({string.Join(", ", sources.Select(source => source.Profile.Id).Order(StringComparer.Ordinal))})";
            return Output.Fail(Problems.Invalid("unknown_source", "--source", allowed, whyOff is null ? id : $"{id}, which is off: {whyOff}"), json);
        }

        var backfill = provider.GetRequiredService<HistoryBackfill>();
        var result = json || Console.IsErrorRedirected
            ? await backfill.RunAsync(chosen, pair, parsed.GetValue(Days), progress: null, cancellationToken)
            : await WithProgressBar(pair, progress => backfill.RunAsync(chosen, pair, parsed.GetValue(Days), progress, cancellationToken));
        if (json)
        {
            Output.WriteJson(BackfillReport.Of(result));
        }
        else
        {
            Write(result);
        }

        return result.End == BackfillEnd.Done ? ExitCode.Done : ExitCode.Failed;
    }

    private static Task<BackfillResult> WithProgressBar(CurrencyPair pair, Func<IProgress<BackfillProgress>, Task<BackfillResult>> run) => Output.Errors.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .StartAsync(context => run(new Meter(context.AddTask(pair.ToString(), maxValue: 1))));

    private static void Write(BackfillResult result)
    {
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{result.Added:#,0} {(result.Unit == HistoryUnit.Hour ? "hours" : "days")} of {result.Pair} from {result.Source} are new; it was asked back to {result.BackTo?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) ?? "nothing yet"}.");
        var retry = result.RetryAt is { } at ? $" It can go on at {at.UtcDateTime:yyyy-MM-dd HH:mm} UTC." : "";
        if (result.End == BackfillEnd.Stopped)
        {
            Output.Errors.MarkupLine("[yellow]Stopped.[/] What was fetched is stored; the same command goes on from here.");
        }
        else if (result.End != BackfillEnd.Done)
        {
            Output.Errors.MarkupLineInterpolated($"[red]{result.Source}:[/] {result.Fault}{retry} What was fetched is stored; the same command goes on from here.");
        }
    }

    private sealed class Meter(ProgressTask bar) : IProgress<BackfillProgress>
    {
        public void Report(BackfillProgress value) => bar.Value = value.Share;
    }
}

/// <summary>The JSON document of <c>history backfill</c>.</summary>
internal sealed record BackfillReport(
    string Source, string Pair, string Unit, string Status, DateTimeOffset? BackTo, int Pages, int Added, string? Fault, DateTimeOffset? RetryAt)
{
    public static BackfillReport Of(BackfillResult result) => new(
        result.Source,
        result.Pair.ToString(),
        result.Unit == HistoryUnit.Hour ? "hour" : "day",
        result.End switch
        {
            BackfillEnd.Done => "done",
            BackfillEnd.Stopped => "stopped",
            BackfillEnd.QuotaSpent => "quota_spent",
            BackfillEnd.Refused => "refused",
            _ => "failed",
        },
        result.BackTo,
        result.Pages,
        result.Added,
        result.Fault,
        result.RetryAt);
}
