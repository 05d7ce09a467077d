using Cambist.Domain.Rates.Checks;

namespace Cambist.Domain.Rates;

/// <summary>
/// How much a pair moves, as the standard deviation of its log return over an hour of market time: an exponentially weighted mean of squared returns
/// with a half-life of a day. Not safe for use from several threads.
/// </summary>
public sealed class RecentVolatility
{
    /// <summary>What is taken for a pair until something is known of it: about twice a major pair's usual hour.</summary>
    public const double Usual = 0.0015;

    // A calm night or a peg must not make an ordinary move an outlier, and one shock must not open the gate for the next.
    private const double Least = 0.0004;
    private const double Most = 0.02;
    private const double Nothing = 1e-12;
    private const double OfOneShock = 16;
    private const int StepsToMeasure = 12;
    private const int StepsOfHistory = 1000;
    private static readonly TimeSpan HalfLife = TimeSpan.FromHours(24);

    // Shorter steps measure the bounce between bid and ask.
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    private double _variancePerHour = Usual * Usual;
    private decimal _lastMid;
    private DateTimeOffset _lastAt;
    private int _steps;

    /// <summary>Whether it rests on what the pair did, not on <see cref="Usual"/>.</summary>
    public bool IsMeasured => _steps >= StepsToMeasure;

    /// <summary>Standard deviation of the log return over an hour, as measured: nearly zero for a peg.</summary>
    public double Measured => Math.Sqrt(_variancePerHour);

    /// <summary>Standard deviation of the log return that must be reckoned with over a time, however calm the pair was.</summary>
    public double Over(TimeSpan time) => Math.Clamp(Measured, Least, Most) * Math.Sqrt(Math.Max(0, time.TotalHours));

    /// <summary>Takes a value known from elsewhere, such as recorded hourly closes.</summary>
    /// <param name="perHour">Standard deviation of the log return over an hour.</param>
    public void Start(double perHour)
    {
        _variancePerHour = Math.Pow(Math.Clamp(perHour, Least, Most), 2);
        _steps = StepsOfHistory;
    }

    /// <summary>Follows the rate.</summary>
    public void Follow(decimal mid, DateTimeOffset at)
    {
        if (_lastMid == 0m)
        {
            (_lastMid, _lastAt) = (mid, at);
            return;
        }

        if (at - _lastAt < Step)
        {
            return;
        }

        var hours = MarketAge.Between(_lastAt, at).TotalHours;
        var move = Math.Log((double)mid / (double)_lastMid);
        // At first each step weighs as much as those before it, so that a calm pair is soon known to be calm.
        var weight = Math.Max(1 - Math.Pow(2, -hours / HalfLife.TotalHours), 1.0 / (_steps + 2));
        _variancePerHour = Math.Max(Nothing, (1 - weight) * _variancePerHour + weight * Math.Min(move * move / hours, OfOneShock * _variancePerHour));
        (_lastMid, _lastAt) = (mid, at);
        _steps++;
    }
}
