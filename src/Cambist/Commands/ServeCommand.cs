using System.CommandLine;
using System.Globalization;
using Cambist.App.Edge;
using Cambist.App.Rates.History;
using Cambist.App.Rates.Replay;
using Cambist.App.Rates;
using Cambist.App.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace Cambist.Commands;

/// <summary><c>cambist serve</c>: the service and its pages.</summary>
internal static class ServeCommand
{
    private static readonly Option<bool> Demo = new("--demo") { Description = "Show a simulated market, in a throw-away store: no network, no key, no other server." };
    private static readonly Option<DirectoryInfo?> Replay = new("--replay") { Description = "Show the recorded hourly history of this folder as if live, in a throw-away store.", HelpName = "DIR" };
    private static readonly Option<string?> From = new("--from") { Description = "With --replay: the instant at which it starts.", HelpName = "TIME" };
    private static readonly Option<double> Speed = new("--speed") { Description = "With --replay: seconds of market time in a second.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> Urls = new("--urls") { Description = $"Where to listen (default {CambistHost.DefaultUrls}).", HelpName = "URLS" };

    public static Command Create()
    {
        var command = new Command("serve", "The service: REST at /api/v1, its description at /docs, pages at /.");
        command.Options.Add(Demo);
        command.Options.Add(Replay);
        command.Options.Add(From);
        command.Options.Add(Speed);
        command.Options.Add(Urls);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Demo) && result.GetValue(Replay) is not null)
            {
                result.AddError("--demo and --replay are two markets: choose one.");
            }

            if (result.GetValue(Replay) is { } folder && (!folder.Exists || result.GetValue(From) is null))
            {
                result.AddError(folder.Exists ? "--replay needs --from, the instant at which it starts." : $"--replay: a folder of hourly files was expected, there is none at '{folder}'.");
            }
        });
        Speed.Validators.Add(result =>
        {
            if (!(result.GetValueOrDefault<double>() is > 0 and <= 100_000))
            {
                result.AddError("--speed is above 0 and at most 100000.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var fields = new FieldReader();
        var from = fields.Instant("--from", parsed.GetValue(From));
        if (fields.Problem is { } wrong)
        {
            return Output.Fail(wrong, parsed.GetValue(CommonOptions.Json));
        }

        var market = new MarketFacts(parsed.GetValue(Demo) ? MarketMode.Simulated : parsed.GetValue(Replay) is not null ? MarketMode.Replay : MarketMode.Live);
        using Database store = market.Mode == MarketMode.Live ? parsed.OpenStore() : SqliteStore.OpenThrowAway();
        if (parsed.GetValue(Replay) is { } folder)
        {
            Output.Errors.MarkupLineInterpolated($"[grey]Reading {folder.FullName} …[/]");
            var read = new HistoryImport(new BarStore(store), TimeProvider.System).Run(folder.FullName, cancellationToken: cancellationToken);
            if (read.Rows.Inserted == 0)
            {
                return Output.Fail(Problems.NotFound("history_not_found", $"No hourly bars could be read from '{folder.FullName}'.", "--replay"), parsed.GetValue(CommonOptions.Json));
            }
        }

        await using var app = CambistHost.Build(
            parsed.GetValue(Urls),
            store,
            market,
            services =>
            {
                if (from is { } start)
                {
                    services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new ReplayClock(start, parsed.GetValue(Speed))));
                }
            },
            data: parsed.DataFolder());
        // The host would log the whole trace of a wrong setting before it throws.
        app.Services.GetService<IStartupValidator>()?.Validate();
        await app.StartAsync(cancellationToken);
        Output.Errors.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[green]Cambist[/] ({Name(market)}) listens on {string.Join(", ", app.Urls)}. Ctrl-C stops it.");
        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Done;
    }

    private static string Name(MarketFacts market) => market.Mode switch
    {
        MarketMode.Simulated => "SIMULATED market",
        MarketMode.Replay => "replay of recorded history",
        _ => "live",
    };
}
