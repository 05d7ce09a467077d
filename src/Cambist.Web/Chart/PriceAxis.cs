using System.Globalization;

namespace Cambist.Web.Chart;

/// <summary>The vertical axis. Its ends are multiples of a nice step (1, 2 or 5 times a power of ten), so that it holds still while the rate moves.</summary>
public sealed record PriceAxis(double Low, double High, double Step)
{
    private const int WantedSteps = 5;

    // A flat series has no range of its own: it is drawn in the middle of one per cent of its level.
    private const double SmallestRange = 0.01;

    public static PriceAxis Around(double lowest, double highest)
    {
        var range = highest - lowest;
        if (range <= Math.Abs(highest) * 1e-6)
        {
            var half = Math.Max(Math.Abs(highest) * SmallestRange, double.Epsilon * 1e6) / 2;
            (lowest, highest, range) = (lowest - half, highest + half, 2 * half);
        }

        var step = NiceStep(range / WantedSteps);
        return new PriceAxis(Math.Floor(lowest / step) * step, Math.Ceiling(highest / step) * step, step);
    }

    /// <summary>The inner grid lines, from low to high; the ends carry none.</summary>
    public IEnumerable<double> Ticks()
    {
        var count = (int)Math.Round((High - Low) / Step);
        for (var i = 1; i < count; i++)
        {
            yield return Low + i * Step;
        }
    }

    /// <summary>Thousandths of the height, from the top.</summary>
    public double Place(double rate) => (High - rate) / (High - Low) * 1000;

    /// <summary>The label of a grid line, with as many decimals as the step has.</summary>
    public string Label(double tick) => tick.ToString("F" + Math.Max(0, -(int)Math.Floor(Math.Log10(Step))), CultureInfo.InvariantCulture);

    private static double NiceStep(double wanted)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        return (wanted / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }
}
