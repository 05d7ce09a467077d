using Cambist.Domain.Calendars;

namespace Cambist.Domain.Forecasting;

/// <summary>
/// P(touch): the chance that the rate reaches a target at any moment until a deadline, where a touch is one by the highs and lows of recorded bars. By the reflection
/// principle (Lévy 1940; Ocone 1993 for any volatility that does not depend on the direction) it is twice the chance of ending beyond the target, and the tails of
/// the forecast do the rest; the small part that the principle misses was measured.
/// </summary>
/// <remarks>
/// Reads nothing but the forecast. Continuous in the target and falling with its distance; as continuous in the deadline as the forecast is, and rising with it where the
/// forecast's chance to end beyond the target does; the same for a pair and its inverse; never below the chance to end beyond the target.
/// </remarks>
public static class TouchProbability
{
    // The excess a of P = 2p · (1 + a · (1 − 4p²)), p the chance to end beyond the target, at so many market hours of average variance. Least squares over targets of
    // 0.25, 0.5 … 3 standard deviations, both sides, hourly highs and lows of ten majors and crosses, an as-of every 6 h up to a day and every 24 h beyond, 2013-03 to
    // 2019-12, under SeasonalEwma: 0.041, 0.057, 0.041, 0.014, 0.040, 0.053, 0.060 at 1 h, 6 h, 12 h, 1, 7, 14 and 30 days (flat to 90), rounded. Up to a day p was
    // first made to hold by the ends of those years, for such forecasts are recalibrated; beyond, p as it is. Between the halves of the span a moves by ± 0.04.
    private static readonly (double LogHours, double Excess)[] Excesses =
    [
        (Math.Log(1), 0.045), (Math.Log(6), 0.055), (Math.Log(12), 0.041), (Math.Log(24), 0.012), (Math.Log(120), 0.040), (Math.Log(240), 0.053), (Math.Log(514), 0.058),
    ];

    /// <summary>The furthest deadline that the answer was measured for.</summary>
    public static TimeSpan LongestDeadline { get; } = TimeSpan.FromDays(90);

    /// <summary>The chance that the rate comes to a target, from the side on which it is now; 1 where it is there already.</summary>
    /// <inheritdoc cref="Of(Forecast, double, DateTimeOffset, TargetSide)"/>
    public static double Of(Forecast forecast, double target, DateTimeOffset deadline) =>
        Of(forecast, target, deadline, SideOf(forecast, target));

    /// <summary>The side from which the rate would come to a target.</summary>
    public static TargetSide SideOf(Forecast forecast, double target) => target >= forecast.Spot ? TargetSide.AtOrAbove : TargetSide.AtOrBelow;

    /// <summary>The chance that the rate is at a target or beyond it at any moment until a deadline; 1 where it is there already.</summary>
    /// <param name="forecast">The forecast; its instant is where the waiting begins.</param>
    /// <param name="target">The target, quote currency per unit of base currency.</param>
    /// <param name="deadline">The deadline; at or before the forecast's instant only the present rate counts.</param>
    /// <param name="side">From where on the target is reached.</param>
    /// <exception cref="ArgumentOutOfRangeException">The target is no positive number, or the deadline is more than <see cref="LongestDeadline"/> ahead.</exception>
    public static double Of(Forecast forecast, double target, DateTimeOffset deadline, TargetSide side)
    {
        if (!(target > 0 && double.IsFinite(target)))
        {
            throw new ArgumentOutOfRangeException(nameof(target), target, "A target is a rate above zero.");
        }

        if (deadline - forecast.AsOf > LongestDeadline)
        {
            throw new ArgumentOutOfRangeException(nameof(deadline), deadline, $"A deadline is at most {LongestDeadline.TotalDays} days after the forecast of {forecast.AsOf:O}.");
        }

        var sign = side == TargetSide.AtOrAbove ? 1 : -1;
        var distance = sign * Math.Log(target / forecast.Spot);
        if (distance <= 0)
        {
            return 1;
        }

        return deadline > forecast.AsOf ? Ahead(forecast, distance, sign, deadline) : 0;
    }

    private static double Ahead(Forecast forecast, double distance, int sign, DateTimeOffset deadline)
    {
        var end = forecast.At(deadline);
        if (end.Volatility <= 0)
        {
            return 0; // The market is closed until then.
        }

        var standardised = distance / end.Volatility;
        var drift = sign * end.Drift / end.Volatility;

        // A drift d moves the maximum of a Brownian motion by less than its end: P = Φ(d − z) + exp(2dz) Φ(−d − z) is 2Φ(−z) + 2dz Φ(−z) to first order, and
        // z Φ(−z) is z / (z + 0.8) of the density within a seventh.
        var beyond = end.Shape.Cdf(drift * standardised / (standardised + 0.8) - standardised);
        var touch = 2 * beyond * (1 + ExcessAt(forecast, end) * (1 - 4 * beyond * beyond));
        var atTheEnd = drift == 0 ? beyond : end.Shape.Cdf(drift - standardised);
        return beyond >= 0.5 ? 1 : Math.Clamp(touch, atTheEnd, 1);
    }

    // The clock of the excess runs with the forecast's own variance, a week of it being the market's 120 hours: so quiet hours, in which the chance to end beyond the
    // target hardly grows, cannot lower the answer.
    private static double ExcessAt(Forecast forecast, RateDistribution end)
    {
        var week = forecast.AfterHours(7 * 24).Volatility;
        var logHours = week > 0 ? Math.Log(FxWeek.Hours) + 2 * Math.Log(end.Volatility / week) : 0;
        if (logHours <= Excesses[0].LogHours)
        {
            return Excesses[0].Excess;
        }

        for (var i = 1; i < Excesses.Length; i++)
        {
            if (logHours < Excesses[i].LogHours)
            {
                var ((from, low), (to, high)) = (Excesses[i - 1], Excesses[i]);
                return low + (high - low) * (logHours - from) / (to - from);
            }
        }

        return Excesses[^1].Excess;
    }
}
