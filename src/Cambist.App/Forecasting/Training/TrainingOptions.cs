using System.Globalization;
using Cambist.App.Rates.Sources;
using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;

namespace Cambist.App.Forecasting.Training;

/// <summary>When models are trained anew: section <c>Forecasting:Training</c>.</summary>
/// <param name="Enabled">Whether they are; null: where the market is the real one and the trainer is there.</param>
/// <param name="At">At what time of the day.</param>
/// <param name="Zone">By which clock.</param>
public sealed record TrainingOptions(bool? Enabled, TimeOnly At, TimeZoneInfo Zone)
{
    /// <summary>The section's path.</summary>
    public const string Section = "Forecasting:Training";

    /// <summary>Where nothing is configured: at 02:00 UTC.</summary>
    public static TrainingOptions Default { get; } = new(null, new TimeOnly(2, 0), TimeZoneInfo.Utc);

    /// <summary>Reads the section.</summary>
    /// <exception cref="WrongSettingException">A value is not allowed.</exception>
    public static TrainingOptions Read(IConfiguration configuration, TrainerOptions trainer)
    {
        var section = configuration.GetSection(Section);
        var enabled = section.Switch(nameof(Enabled));
        return enabled == true && trainer.Find() is null
            ? throw new WrongSettingException($"{Section}:Enabled", $"{TrainerOptions.Section}:ExecutablePath expected beside it, or the trainer in the program's folder, found neither")
            : new TrainingOptions(enabled, TimeOf(section["At"]), ZoneOf(section["TimeZone"]));
    }

    private static TimeOnly TimeOf(string? told) => told switch
    {
        null or "" => Default.At,
        _ when TimeOnly.TryParseExact(told, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) => at,
        _ => throw new WrongSettingException($"{Section}:At", $"a time such as 02:00 expected, found '{told}'"),
    };

    private static TimeZoneInfo ZoneOf(string? told) => told switch
    {
        null or "" => Default.Zone,
        _ when TimeZoneInfo.TryFindSystemTimeZoneById(told, out var zone) => zone,
        _ => throw new WrongSettingException($"{Section}:TimeZone", $"an IANA time zone such as Europe/Berlin expected, found '{told}'"),
    };
}
