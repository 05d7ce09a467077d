namespace Cambist.App.Rates.Demo;

/// <summary>
/// One source of price moves, such as news about the dollar or about a single currency. Its returns over an hour are Student-t with the season of
/// the hour and a volatility that clusters, and now and then it jumps. Moves are in units of its long-run standard deviation over a day.
/// </summary>
internal sealed class Shock(SplitMix64 random, IReadOnlyList<double> season)
{
    private const double JumpsPerHour = 1.0 / 1500;
    private const double JumpInHours = 6;
    private const double WeekendGapInHours = 1.5;
    private const int DegreesOfFreedom = 6;

    private static readonly double AverageHour = 1 / Math.Sqrt(24);

    private readonly LogVolatility _volatility = new(random, halfLifeHours: 60, deviation: 0.25);
    private double _scale;
    private double _leap;
    private int _leapSlot;

    /// <summary>Sets the volatility of the hour that begins.</summary>
    /// <param name="hourOfWeek">Its number in the week, from 0.</param>
    /// <param name="slots">Steps in an hour.</param>
    /// <param name="marketVolatility">The volatility of the whole market against its long run.</param>
    public void BeginHour(int hourOfWeek, int slots, double marketVolatility)
    {
        _volatility.NextHour();
        var level = AverageHour * marketVolatility * _volatility.Multiplier;
        _scale = level * season[hourOfWeek] * StudentMixing() / Math.Sqrt(slots);
        _leapSlot = -1;
        if (hourOfWeek == 0)
        {
            Leap(slot: 0, level * WeekendGapInHours);
        }
        else if (random.Uniform() < JumpsPerHour)
        {
            Leap((int)(random.Next() % (ulong)slots), level * JumpInHours);
        }
    }

    /// <summary>The move of the next slot of the hour.</summary>
    public double Move(int slot)
    {
        var move = _scale * random.Normal();
        return slot == _leapSlot ? move + _leap : move;
    }

    private void Leap(int slot, double size)
    {
        _leapSlot = slot;
        _leap = size * random.Normal();
    }

    // A normal over the root of an independent chi-square is Student-t; the chi-square of an even number of degrees is a sum of exponentials.
    // One draw for the whole hour makes its high-low range as wild as its return. Scaled to variance 1.
    private double StudentMixing()
    {
        var product = 1.0;
        for (var pair = 0; pair < DegreesOfFreedom / 2; pair++)
        {
            product *= random.Uniform();
        }

        return Math.Sqrt((DegreesOfFreedom - 2) / (-2 * Math.Log(product)));
    }
}
