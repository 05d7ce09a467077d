using Cambist.Domain.Calendars;

namespace Cambist.Domain.Forecasting.Baselines;

/// <summary>
/// How variance is spread over the 120 hours of the FX week: the London and New York hours move several times more than the hours after the New York
/// close. Weights average to 1. "Market time" below is <see cref="FxWeek.MarketHours"/>, a clock that stands still at weekends.
/// </summary>
internal sealed class HourOfWeekSeason
{
    // A bucket of the week is shrunk towards its hour of day as if that many more weeks had shown the hour's average: five weekdays share a shape,
    // and a bucket of 104 weeks has 104 heavy-tailed returns only.
    private const double PriorWeeks = 10;
    private const int HoursPerDay = 24;

    private readonly double[] _cumulative = new double[FxWeek.Hours + 1];

    private HourOfWeekSeason(double[] weights)
    {
        for (var hour = 0; hour < FxWeek.Hours; hour++)
        {
            _cumulative[hour + 1] = _cumulative[hour] + weights[hour];
        }
    }

    /// <summary>Fits the shape to returns over exactly one market hour.</summary>
    /// <param name="returns">Log returns with the market time at their end.</param>
    public static HourOfWeekSeason Fit(IReadOnlyList<(int MarketTime, double LogReturn)> returns)
    {
        // Mean absolute returns rather than mean squares: one crash in a bucket must not own it.
        var sum = new double[FxWeek.Hours];
        var count = new int[FxWeek.Hours];
        foreach (var (time, logReturn) in returns)
        {
            var bucket = (time - 1) % FxWeek.Hours;
            sum[bucket] += Math.Abs(logReturn);
            count[bucket]++;
        }

        var overall = sum.Sum() / Math.Max(1, returns.Count);
        var weights = new double[FxWeek.Hours];
        for (var bucket = 0; bucket < FxWeek.Hours; bucket++)
        {
            var ofDay = HourOfDayMean(bucket % HoursPerDay, sum, count, overall);
            var mean = (sum[bucket] + PriorWeeks * ofDay) / (count[bucket] + PriorWeeks);
            weights[bucket] = mean * mean;
        }

        var average = weights.Average();
        for (var bucket = 0; bucket < FxWeek.Hours; bucket++)
        {
            weights[bucket] = average > 0 ? weights[bucket] / average : 1;
        }

        return new HourOfWeekSeason(weights);
    }

    /// <summary>The weight of the time between two readings of the market clock, fractions of hours included.</summary>
    public double Between(double from, double to) => Upto(to) - Upto(from);

    private double Upto(double marketTime)
    {
        var week = Math.Floor(marketTime / FxWeek.Hours);
        var inWeek = marketTime - week * FxWeek.Hours;
        var hour = Math.Min((int)inWeek, FxWeek.Hours - 1);
        return week * _cumulative[FxWeek.Hours] + _cumulative[hour] + (inWeek - hour) * (_cumulative[hour + 1] - _cumulative[hour]);
    }

    private static double HourOfDayMean(int hourOfDay, double[] sum, int[] count, double overall)
    {
        double total = PriorWeeks * overall, weight = PriorWeeks;
        for (var bucket = hourOfDay; bucket < FxWeek.Hours; bucket += HoursPerDay)
        {
            total += sum[bucket];
            weight += count[bucket];
        }

        return total / weight;
    }
}
