using Cambist.Domain.Rates;

namespace Cambist.App.Rates.History;

/// <summary>What a bar must be to enter the store, whoever writes it.</summary>
internal static class BarRules
{
    /// <summary>What is wrong with the bar, expected before found, or null where nothing is.</summary>
    public static string? Fault(in HourlyBar bar) => bar.Fault() ?? Inexact(bar);

    private static string? Inexact(in HourlyBar bar)
    {
        if (!ExactReal.Holds(bar.Open)) return TooLong("open", bar.Open);
        if (!ExactReal.Holds(bar.High)) return TooLong("high", bar.High);
        if (!ExactReal.Holds(bar.Low)) return TooLong("low", bar.Low);
        if (!ExactReal.Holds(bar.Close)) return TooLong("close", bar.Close);
        if (bar.Volume is { } volume && !ExactReal.Holds(volume)) return TooLong("volume", volume);
        return bar.Spread is { } spread && !ExactReal.Holds(spread) ? TooLong("spread", spread) : null;
    }

    private static string TooLong(string field, decimal value) => $"{field} has at most {ExactReal.Digits} significant digits, was {value}";
}
