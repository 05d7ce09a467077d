using System.Globalization;
using Cambist.App.Storage;
using Microsoft.Extensions.Configuration;

namespace Cambist.App.Quotes;

/// <summary>How long quotes are kept and waited for: section <c>Quotes</c>.</summary>
/// <param name="KeepFor">A quote is asked for again after this time.</param>
/// <param name="MidMoveBps">It is asked for again sooner where mid has moved by more than this, in basis points; until it comes, its markup is applied to the new rate and it is an estimate.</param>
/// <param name="Patience">No answer waits longer for slow services; what comes later follows over the stream.</param>
public sealed record QuotesOptions(TimeSpan KeepFor, decimal MidMoveBps, TimeSpan Patience)
{
    /// <summary>Four hours, 10 basis points, a second and a half.</summary>
    public static QuotesOptions Default { get; } = new(TimeSpan.FromHours(4), 10m, TimeSpan.FromSeconds(1.5));

    /// <summary>Reads the section <c>Quotes</c>.</summary>
    /// <exception cref="WrongSettingException">A value is not allowed; the message names the key, what was found and what is allowed.</exception>
    public static QuotesOptions Read(IConfiguration configuration)
    {
        var quotes = configuration.GetSection("Quotes");
        return new QuotesOptions(
            Seconds(quotes, "KeepFor", Default.KeepFor, least: TimeSpan.FromMinutes(1), most: TimeSpan.FromDays(1)),
            Bps(quotes, "MidMoveBps", Default.MidMoveBps),
            Seconds(quotes, "Patience", Default.Patience, least: TimeSpan.Zero, most: TimeSpan.FromSeconds(30)));
    }

    private static TimeSpan Seconds(IConfigurationSection section, string key, TimeSpan otherwise, TimeSpan least, TimeSpan most)
    {
        if (section[key] is not { Length: > 0 } told)
        {
            return otherwise;
        }

        var time = double.TryParse(told, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= most.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.TryParse(told, CultureInfo.InvariantCulture, out var exact) && told.Contains(':', StringComparison.Ordinal) ? exact : TimeSpan.MinValue;
        return time >= least && time <= most
            ? time
            : throw new WrongSettingException($"{section.Path}:{key}", $"seconds (1.5) or hh:mm:ss (04:00:00), from {least} to {most} expected, found '{told}'");
    }

    private static decimal Bps(IConfigurationSection section, string key, decimal otherwise)
    {
        if (section[key] is not { Length: > 0 } told)
        {
            return otherwise;
        }

        return decimal.TryParse(told, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var bps) && bps is > 0m and <= 1000m
            ? bps
            : throw new WrongSettingException($"{section.Path}:{key}", $"basis points above 0, up to 1000 expected, found '{told}'");
    }
}
