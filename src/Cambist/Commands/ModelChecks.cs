using System.Data.Common;
using System.Globalization;
using Cambist.App.Forecasting.Registry;
using Cambist.App.Forecasting.Registry.Mlflow;
using Cambist.Domain.Calendars.Announcements;
using Microsoft.Extensions.DependencyInjection;

namespace Cambist.Commands;

/// <summary>Looks at the models: which serves, how old it is, and whether the files of all are whole.</summary>
internal static class ModelChecks
{
    private static readonly TimeSpan UpdatesWithin = TimeSpan.FromDays(60);

    public static IEnumerable<DoctorCheck> Look(IServiceProvider services)
    {
        yield return Serving(services);
        yield return Announcements(services.GetRequiredService<TimeProvider>().GetUtcNow());
        var mlflow = services.GetRequiredService<MlflowOptions>();
        yield return mlflow.Enabled
            ? Exported(services, mlflow)
            : DoctorCheck.Off("mlflow", $"models are told to no MLflow server; that is done with {MlflowOptions.Section}:Enabled");
    }

    private static DoctorCheck Announcements(DateTimeOffset now)
    {
        const string Name = "announcements";
        var ended = Enum.GetValues<AnnouncementKind>().Where(kind => AnnouncementCalendar.KnownUntil(kind) < now + UpdatesWithin).ToList();
        return ended.Count == 0
            ? DoctorCheck.Ok(Name, "the dates of central banks and statistics are on record for the next two months")
            : DoctorCheck.Warning(
                Name,
                $"dates are on record until {string.Join(", ", ended.GroupBy(AnnouncementCalendar.KnownUntil).OrderBy(of => of.Key).Select(of => $"the end of {of.Key.AddDays(-1):yyyy} for {of.Count()} of {Enum.GetValues<AnnouncementKind>().Length} kinds"))}; later ones are forecast as ordinary hours, a little too narrow",
                "Update the program.");
    }

    private static DoctorCheck Serving(IServiceProvider services)
    {
        const string Name = "model";
        try
        {
            var told = services.GetRequiredService<ModelsWire>().All();
            var broken = told.Models.Where(model => model.Fault is not null).Select(model => $"{model.Id}: {model.Fault}").ToList();
            if (broken.Count > 0)
            {
                return DoctorCheck.Warning(
                    Name,
                    $"{Who()}; not whole are {string.Join("; ", broken)}",
                    "Bring the files back from a backup, or 'cambist models rollback', or promote another: 'cambist models list'.");
            }

            return told.Serving == "baseline" && told.Models.Any(model => model.Stage == "champion")
                ? DoctorCheck.Warning(Name, Who(), "'cambist models show ID' tells what happened; the model serves again when its scores recover, or 'cambist models promote ID' another.")
                : DoctorCheck.Ok(Name, $"{Who()}{(told.Models.Count > 0 ? $"; the files of {told.Models.Count(model => model.Stage != "retired")} models are whole" : "")}");

            string Who() => told.Models.FirstOrDefault(model => model.Id == told.Serving) is { } champion
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{champion.Id} serves, trained until {champion.TrainedUntil.UtcDateTime:yyyy-MM-dd} ({RateSourcesCommand.Age(told.AsOf - champion.TrainedUntil)} ago), for {champion.Gates.Count(gate => gate is { Passed: true, Pair: not null })} of {champion.Gates.Count(gate => gate.Pair is not null)} measured pairs")
                : $"the baseline serves (no change, seasonal volatility): {told.Note}";
        }
        catch (DbException fault)
        {
            return DoctorCheck.Failed(Name, $"the registry of models cannot be read: {fault.Message}", "Check --data, --database and Storage:ConnectionString.");
        }
    }

    private static DoctorCheck Exported(IServiceProvider services, MlflowOptions options)
    {
        var failed = services.GetRequiredService<MlflowExports>().All().Where(export => export.Fault is not null).ToList();
        return failed.Count == 0
            ? DoctorCheck.Ok("mlflow", $"models are told to {options.Place}")
            : DoctorCheck.Warning("mlflow", string.Join("; ", failed.Select(export => $"{export.Model}: {export.Fault}")), $"When it is mended: 'cambist models export {failed[0].Model}'.");
    }
}
