using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Cambist.App.Storage;

/// <summary>Single values of a section, as all settings are read: what is not allowed is named by its key, with what is.</summary>
internal static class SettingValues
{
    /// <summary>A whole number from 0 on.</summary>
    /// <exception cref="WrongSettingException">It is none, or out of range.</exception>
    public static int Whole(this IConfigurationSection section, string key, int otherwise, int least, int most) => section[key] switch
    {
        null or "" => otherwise,
        var told when int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least && count <= most => count,
        var told => throw new WrongSettingException($"{section.Path}:{key}", string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most} expected, found '{told}'")),
    };

    /// <summary>Whether something is on; null where nothing is said.</summary>
    /// <exception cref="WrongSettingException">It is neither true nor false.</exception>
    public static bool? Switch(this IConfigurationSection section, string key) => section[key] switch
    {
        null or "" => null,
        var told when bool.TryParse(told, out var isOn) => isOn,
        var told => throw new WrongSettingException($"{section.Path}:{key}", $"true or false expected, found '{told}'"),
    };

    /// <summary>Refuses a value that a section was read with.</summary>
    /// <exception cref="WrongSettingException">It is not allowed.</exception>
    public static void Require(this IConfigurationSection section, bool isAllowed, string key, string expected, object found)
    {
        if (!isAllowed)
        {
            throw new WrongSettingException($"{section.Path}:{key}", string.Create(CultureInfo.InvariantCulture, $"{expected} expected, found {found}"));
        }
    }

    /// <summary>A list in JSON, or words separated by commas or blanks as in an environment variable.</summary>
    public static IReadOnlyList<string> Words(this IConfiguration configuration, string key)
    {
        var section = configuration.GetSection(key);
        return section.Value is { } words
            ? words.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [.. section.GetChildren().Select(child => child.Value ?? "")];
    }
}
