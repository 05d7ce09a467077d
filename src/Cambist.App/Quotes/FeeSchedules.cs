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

    /// <summary>Whether there is a provider of an id.</summary>
    public static bool Knows(string id) => All.Any(schedule => schedule.Id == id);

    internal static IReadOnlyList<FeeSchedule> Load(IEnumerable<(string File, string Json)> files) =>
        StrictJson.EachIdOnce(files, FeeScheduleReader.Read, schedule => schedule.Id);

    internal static IEnumerable<(string File, string Json)> EmbeddedFiles() => StrictJson.Embedded(Prefix);
}
