using System.Reflection;
using Cambist.Domain.Quotes;

namespace Cambist.App.Quotes;

/// <summary>The fee schedules that Cambist ships: one embedded JSON file per provider.</summary>
public static class FeeSchedules
{
    private const string Prefix = "schedules/";

    private static readonly Lazy<ProviderPanel> Embedded = new(() => new ProviderPanel(Load(EmbeddedFiles())));

    /// <summary>All of them, to be asked for prices; read once.</summary>
    /// <exception cref="FormatException">A file is no valid schedule, or two have the same id.</exception>
    public static ProviderPanel Panel => Embedded.Value;

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<FeeSchedule> All => Panel.Providers;

    internal static IReadOnlyList<FeeSchedule> Load(IEnumerable<(string File, string Json)> files)
    {
        var byId = new SortedDictionary<string, (string File, FeeSchedule Schedule)>(StringComparer.Ordinal);
        foreach (var (file, json) in files)
        {
            var schedule = FeeScheduleReader.Read(json, file);
            if (!byId.TryAdd(schedule.Id, (file, schedule)))
                throw new FormatException($"{file}: $.id: an id of its own was expected, found \"{schedule.Id}\", which {byId[schedule.Id].File} has too.");
        }

        return [.. byId.Values.Select(entry => entry.Schedule)];
    }

    internal static IEnumerable<(string File, string Json)> EmbeddedFiles()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (name, Text(assembly.GetManifestResourceStream(name)!)));
    }

    private static string Text(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
