using System.Globalization;
using Cambist.Client;

namespace Cambist.Web.Record;

/// <summary>How the figures of a score read.</summary>
internal static class ScoreText
{
    /// <summary>The gain against a strategy with half of its interval: <c>+1.5 ± 0.5</c>.</summary>
    public static string Against(AdviceScore row, string strategy) => Of(row, strategy) switch
    {
        { MeanBps: { } mean, LowBps: { } low, HighBps: { } high } => $"{Signed(mean)} ± {One((high - low) / 2)}",
        { MeanBps: { } mean } => Signed(mean),
        _ => "not known",
    };

    /// <summary>The class of that gain: whether its interval lies on one side of zero.</summary>
    public static string Sense(AdviceScore row, string strategy) => Of(row, strategy) switch
    {
        { LowBps: > 0 } => "gain",
        { HighBps: < 0, Strategy: not "hindsight" } => "loss",
        null or { MeanBps: null } => "unknown",
        _ => "",
    };

    /// <summary>The gain itself; null where it is not known.</summary>
    public static double? Mean(AdviceScore row, string strategy) => Of(row, strategy)?.MeanBps;

    /// <summary><c>12.3 %</c> of a share from 0 to 1; what is not zero is not called so.</summary>
    public static string Share(double share) => share is > 0 and < 0.001 ? "below 0.1 %" : One(share * 100) + " %";

    /// <summary>One decimal.</summary>
    public static string One(double value) => (Math.Round(value, 1) + 0.0).ToString("#,0.0", CultureInfo.InvariantCulture).Replace('-', '\u2212');

    private static AdviceComparison? Of(AdviceScore row, string strategy) => row.Against.FirstOrDefault(against => against.Strategy == strategy);

    private static string Signed(double value) => Math.Round(value, 1) > 0 ? "+" + One(value) : One(value);
}
