using System.Globalization;
using Cambist.App.Storage;
using Cambist.Domain.Currencies;
using Microsoft.Extensions.Configuration;

namespace Cambist.App.Rates;

/// <summary>Configuration of rates: <c>Rates</c>.</summary>
/// <param name="MajorPairs">The pairs that are asked for most often and kept as pairs of their own; every other currency is kept against the US dollar.</param>
/// <param name="MajorInterval">How often live sources are asked for them.</param>
/// <param name="OtherInterval">How often they are asked for all other pairs.</param>
/// <param name="KeepTicks">How long accepted observations are kept; hourly bars stay.</param>
/// <param name="KeepRefusals">How long refused ones are kept.</param>
public sealed record RatesOptions(
    IReadOnlyList<CurrencyPair> MajorPairs, TimeSpan MajorInterval, TimeSpan OtherInterval, TimeSpan KeepTicks, TimeSpan KeepRefusals)
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);
    private const int MostDays = 36_500;

    /// <summary>What holds where nothing is configured: every 30 seconds and every 5 minutes, as the specification says.</summary>
    public static RatesOptions Default { get; } = new(
        [
            .. "EUR/USD GBP/USD USD/JPY USD/CHF AUD/USD USD/CAD NZD/USD EUR/GBP EUR/JPY EUR/CHF EUR/AUD EUR/CAD GBP/JPY AUD/JPY"
                .Split(' ').Select(CurrencyPair.Parse),
        ],
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromDays(90),
        TimeSpan.FromDays(30));

    /// <summary>Reads the section <c>Rates</c>.</summary>
    /// <exception cref="WrongSettingException">A value is not allowed; the message names the key, what was found and what is allowed.</exception>
    public static RatesOptions Read(IConfiguration configuration)
    {
        var rates = configuration.GetSection("Rates");
        return new RatesOptions(
            Pairs(rates.GetSection("MajorPairs")),
            Interval(rates, "MajorInterval", Default.MajorInterval),
            Interval(rates, "OtherInterval", Default.OtherInterval),
            Days(rates, "KeepTicksDays", Default.KeepTicks),
            Days(rates, "KeepRefusalsDays", Default.KeepRefusals));
    }

    // A list in JSON, or words separated by commas or blanks in an environment variable.
    private static IReadOnlyList<CurrencyPair> Pairs(IConfigurationSection section)
    {
        string[] told = section.Value is { } words
            ? words.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
            : [.. section.GetChildren().Select(child => child.Value ?? "")];
        return told.Length == 0
            ? Default.MajorPairs
            : [.. told.Select(text => CurrencyPair.TryParse(text, out var pair) ? pair : throw Refuse(section.Path, "pairs of active currencies such as EUR/USD", text)).Distinct()];
    }

    // A bare number would be days to TimeSpan, and is seconds to everyone else.
    private static TimeSpan Interval(IConfiguration section, string key, TimeSpan otherwise)
    {
        if (section[key] is not { Length: > 0 } text)
        {
            return otherwise;
        }

        var interval = double.TryParse(text.TrimEnd('s'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= LongestInterval.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span : TimeSpan.Zero;
        return interval >= ShortestInterval && interval <= LongestInterval ? interval : throw Refuse($"Rates:{key}", "seconds (30) or hh:mm:ss (00:00:30), from one second to a day", text);
    }

    private static TimeSpan Days(IConfiguration section, string key, TimeSpan otherwise) => section[key] switch
    {
        null or "" => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= MostDays => TimeSpan.FromDays(days),
        var text => throw Refuse($"Rates:{key}", $"whole days from 1 to {MostDays}", text),
    };

    private static WrongSettingException Refuse(string key, string allowed, string found) => new(key, $"{allowed} expected, found '{found}'");
}
