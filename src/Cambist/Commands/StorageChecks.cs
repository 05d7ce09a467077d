using System.Globalization;
using Cambist.App.Rates;
using Cambist.App.Rates.History;
using Cambist.App.Rates.Ticks;
using Cambist.App.Storage;
using Cambist.Domain.Currencies;

namespace Cambist.Commands;

/// <summary>Looks at the store: where it is, whether there is room, and how new its history is.</summary>
internal static class StorageChecks
{
    private const long Gibibyte = 1L << 30;
    private const long LeastFree = Gibibyte / 10;

    public static IEnumerable<DoctorCheck> Look(Database store, RatesOptions options)
    {
        if (store.Fault() is { } fault)
        {
            yield return DoctorCheck.Failed("storage", $"{store.Name}, {store.Place}: {fault}", "Start the database server, or check --data and --database.");
            yield break;
        }

        yield return DoctorCheck.Ok("storage", $"{store.Name}, {store.Place}, schema {store.SchemaVersion}");
        if (store is SqliteStore file)
        {
            yield return Disk(new DriveInfo(Path.GetDirectoryName(file.DatabasePath)!).AvailableFreeSpace);
        }

        yield return History(store, options.MajorPairs);
    }

    private static DoctorCheck Disk(long free)
    {
        var detail = string.Create(CultureInfo.InvariantCulture, $"{(double)free / Gibibyte:0.0} GiB free");
        const string Mend = "Make room, or choose another folder with --data; Rates:KeepTicksDays says how long ticks are kept.";
        return free < LeastFree ? DoctorCheck.Failed("disk", detail, Mend) : free < Gibibyte ? DoctorCheck.Warning("disk", detail, Mend) : DoctorCheck.Ok("disk", detail);
    }

    private static DoctorCheck History(Database store, IReadOnlyList<CurrencyPair> majors)
    {
        var now = DateTimeOffset.UtcNow;
        var (bars, ticks) = (new BarStore(store), new TickStore(store));
        var told = majors
            .Select(pair => (Pair: pair, Bar: bars.LastClosedBy(pair, now)?.CloseTime, Tick: ticks.NewestOf(pair)))
            .ToLookup(one => one.Bar is null && one.Tick is null);
        if (!told[false].Any())
        {
            return DoctorCheck.Warning(
                "history", "no hour and no tick of any major pair is stored", "The service records ticks while it runs; 'cambist history import FILE-or-DIR' and 'cambist history backfill' bring the past.");
        }

        var ages = string.Join("; ", told[false].Select(one => $"{one.Pair} {string.Join(", ", new[] { Age("tick", one.Tick, now), Age("bar", one.Bar, now) }.OfType<string>())}"));
        return DoctorCheck.Ok("history", $"age of the newest: {ages}" + (told[true].Any() ? $"; nothing of {string.Join(", ", told[true].Select(one => one.Pair))}" : ""));
    }

    private static string? Age(string what, DateTimeOffset? at, DateTimeOffset now) => at is { } known ? $"{what} {RateSourcesCommand.Age(now - known)}" : null;
}
