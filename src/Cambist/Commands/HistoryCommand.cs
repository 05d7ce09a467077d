using System.CommandLine;
using System.Globalization;
using Cambist.App.Edge;
using Cambist.App.Rates.History;
using Cambist.App.Rates.Ticks;
using Cambist.App.Rates;
using Cambist.Domain.Currencies;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary><c>cambist history import</c>: brings hourly files into the store.</summary>
internal static class HistoryCommand
{
    private static readonly Argument<string> Source = new("FILE-or-DIR") { Description = "A CSV or CSV.gz file with a header: hourly bars (time, open, high, low, close, …) or ticks (time, bid, ask; the name tells pair and source as in EURUSD_oanda.csv.gz); or a folder of them." };
    private static readonly Option<string?> Pair = new("--pair") { Description = "The pair of the file (default: from its name, as in EURUSD.csv.gz).", HelpName = "PAIR" };

    public static Command Create()
    {
        var import = new Command("import", "Bring hourly history into the store. Importing again changes nothing; a stopped import goes on where it was.");
        import.Arguments.Add(Source);
        import.Options.Add(Pair);
        import.SetAction(Run);
        return new Command("history", "Recorded market history.") { import, BackfillCommand.Create() };
    }

    private static Task<int> Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        var json = parsed.GetValue(CommonOptions.Json);
        CurrencyPair? pair = null;
        if (parsed.GetValue(Pair) is { } named && !CurrencyPair.TryParse(named, out pair))
        {
            return Task.FromResult(Output.Fail(Problems.Invalid("unknown_pair", "--pair", "two different active ISO 4217 codes as in EURUSD", named), json));
        }

        var path = parsed.GetRequiredValue(Source);
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            return Task.FromResult(Output.Fail(Problems.Invalid("no_such_file", "FILE-or-DIR", "a file or a folder", path), json));
        }

        using var store = parsed.OpenStore();
        var bars = new BarStore(store);
        var import = new HistoryImport(bars, TimeProvider.System);
        var ticks = new TickImport(new RateHistory(bars), new TickStore(store), RatesOptions.Read(ProgramSettings.Read()), TimeProvider.System);
        var (result, ofTicks) = WithProgressBar(json, progress => (
            import.Run(path, pair, progress, cancellationToken),
            ticks.Run(HistoryImport.TickFilesOf(path), progress, cancellationToken)));

        if (json)
        {
            Output.WriteJson(ImportReport.Of(result, ofTicks));
        }
        else
        {
            if (result.Files.Count > 0 || ofTicks.Files.Count == 0)
            {
                Write(result);
            }

            TickImportView.Write(ofTicks);
        }

        var failed = result.IsStopped || ofTicks.IsStopped || result.Files.Count + ofTicks.Files.Count == 0
            || result.Files.Any(file => file.Fault is not null) || ofTicks.Files.Any(file => file.Fault is not null) || result.RefusedRows > 0;
        return Task.FromResult(failed ? ExitCode.Failed : ExitCode.Done);
    }

    private static T WithProgressBar<T>(bool json, Func<IProgress<ImportProgress>?, T> import) => json || Console.IsErrorRedirected
        ? import(null)
        : Output.Errors.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => import(new Meter(context.AddTask("import"))));

    private static void Write(ImportResult result)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("File", "Pair", "New", "Changed", "Unchanged", "Refused");
        foreach (var file in result.Files)
        {
            table.AddRow(
                Markup.Escape(Path.GetFileName(file.File)),
                file.Pair?.ToString() ?? "",
                Count(file.Rows.Inserted),
                Count(file.Rows.Changed),
                Count(file.Rows.Unchanged),
                file.Fault is null ? Count(file.RefusedRows) : "[red]whole file[/]");
        }

        AnsiConsole.Write(table);
        foreach (var file in result.Files)
        {
            if (file.Fault is { } fault)
            {
                Output.Errors.MarkupLineInterpolated($"[red]{Path.GetFileName(file.File)}:[/] refused whole: {fault}");
            }

            foreach (var refusal in file.Refusals)
            {
                Output.Errors.MarkupLineInterpolated($"[yellow]{refusal.File}:{refusal.Line}:[/] {refusal.Reason}");
            }

            if (file.RefusedRows > file.Refusals.Count)
            {
                Output.Errors.MarkupLineInterpolated($"[yellow]{Path.GetFileName(file.File)}:[/] and {file.RefusedRows - file.Refusals.Count} more rows were refused");
            }
        }

        var rows = result.Rows.Inserted + result.Rows.Changed + result.Rows.Unchanged + result.RefusedRows;
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{rows:#,0} rows of {result.Files.Count} files in {result.Elapsed.TotalSeconds:0.0} s ({rows / result.Elapsed.TotalSeconds:#,0} rows/s).");
        if (result.IsStopped)
        {
            AnsiConsole.MarkupLine("[yellow]Stopped.[/] What was read is stored; the same command goes on from here.");
        }
    }

    private static string Count(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private sealed class Meter(ProgressTask bar) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            bar.Description = Markup.Escape(value.File);
            bar.MaxValue = Math.Max(1, value.BytesTotal);
            bar.Value = value.BytesRead;
        }
    }
}
