using System.CommandLine;
using System.Data.Common;
using Cambist.App.Accounts;
using Cambist.App.Accounts.Retention;
using Cambist.App.Edge;
using Cambist.App.Forecasting;
using Cambist.App.Rates;
using Cambist.App.Rates.History;
using Cambist.App.Storage;
using Cambist.App.Streaming;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace Cambist.Commands;

/// <summary><c>cambist doctor</c>: looks at everything that the program depends on, and says how to mend what is wrong.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "Check configuration, storage, keys, mail, clock, sources, feeds, models and port; says how to mend each fault.");
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var settings = ProgramSettings.Read();
        var checks = new List<DoctorCheck>();
        using var store = Open(parsed, checks);
        var times = new AnswerTimes();
        await using var services = Assemble(parsed, settings, store, times, checks);
        checks.AddRange(SettingChecks.UnknownKeys(settings, services));
        if (store is not null)
        {
            checks.AddRange(StorageChecks.Look(store, services?.GetService<RatesOptions>() ?? RatesOptions.Default));
        }

        checks.AddRange(KeyChecks.Look(parsed));
        checks.AddRange(await MailChecks.LookAsync(settings, cancellationToken));
        if (services is null)
        {
            checks.Add(DoctorCheck.Skipped("sources", "sources, feeds and model are looked at when storage and configuration are right"));
        }
        else
        {
            checks.AddRange(SettingChecks.Values(services));
            var sources = SourceChecks.LookAsync(services, cancellationToken);
            var feeds = FeedChecks.LookAsync(services, cancellationToken);
            checks.AddRange(await sources);
            checks.AddRange(await feeds);
            checks.Add(times.Check());
            checks.AddRange(ModelChecks.Look(services));
            checks.Add(Forecasts(services));
        }

        checks.Add(Port(settings["urls"] ?? CambistHost.DefaultUrls));
        if (!checks.Exists(check => check.Name == "configuration"))
        {
            checks.Insert(0, DoctorCheck.Ok("configuration", "every key is known and every value is in range"));
        }

        var report = DoctorReport.Of([.. checks.OrderBy(check => check.Name != "configuration")], DateTimeOffset.UtcNow);
        if (parsed.GetValue(CommonOptions.Json))
        {
            Output.WriteJson(report);
        }
        else
        {
            report.Write();
        }

        return report.Status == "failed" ? ExitCode.Failed : ExitCode.Done;
    }

    private static Database? Open(ParseResult parsed, List<DoctorCheck> checks)
    {
        try
        {
            return parsed.OpenStore();
        }
        catch (WrongSettingException fault)
        {
            checks.Add(DoctorCheck.Failed("configuration", fault.Message, $"Correct {fault.Key}."));
        }
        catch (Exception fault) when (fault is DbException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            checks.Add(DoctorCheck.Failed("storage", fault.Message, "Choose another folder with --data, or check --database and Storage:ConnectionString; docs/storage.md says more."));
        }

        return null;
    }

    private static ServiceProvider? Assemble(ParseResult parsed, IConfiguration settings, Database? store, AnswerTimes times, List<DoctorCheck> checks)
    {
        if (store is null)
        {
            return null;
        }

        try
        {
            var services = LocalAssistant.Create(parsed, store, knowsLiveSources: true);
            services.AddStreamSettings(settings).AddEdgeSettings(settings).AddSingleton(RetentionOptions.Read(settings)).AddSingleton(AuthOptions.Read(settings));
            services.PostConfigureAll<HttpClientFactoryOptions>(every => every.HttpMessageHandlerBuilderActions.Add(handler => handler.AdditionalHandlers.Add(times.Handler())));
            return services.BuildServiceProvider();
        }
        catch (WrongSettingException fault)
        {
            checks.Add(DoctorCheck.Failed("configuration", fault.Message, $"Correct or remove {fault.Key}; in the environment it is {SettingChecks.InEnvironment(fault.Key)}."));
            return null;
        }
    }

    private static DoctorCheck Forecasts(IServiceProvider services)
    {
        var now = DateTimeOffset.UtcNow;
        var history = services.GetRequiredService<RateHistory>();
        var forecasts = services.GetRequiredService<ForecastService>();
        var majors = services.GetRequiredService<PanelPairs>().Majors;
        var able = majors.Where(pair => forecasts.Predict(pair, now, history.LastClose(pair, now)?.Rate.Mid ?? 1m).Forecast is not null).ToList();
        var detail = $"{able.Count} of {majors.Count} major pairs have enough recent hours for a forecast";
        return able.Count > 0
            ? DoctorCheck.Ok("forecasts", $"{detail}: {string.Join(", ", able)}")
            : DoctorCheck.Warning("forecasts", detail, "Bring history: 'cambist history import FILE-or-DIR', or 'cambist history backfill --source kraken --pair EURUSD'.");
    }

    private static DoctorCheck Port(string urls) => ListenAddress.Fault(urls) is { } fault
        ? DoctorCheck.Warning("port", fault, "Where that is Cambist itself all is well; else 'cambist serve --urls http://127.0.0.1:PORT' listens elsewhere.")
        : DoctorCheck.Ok("port", $"{urls} is free");
}
