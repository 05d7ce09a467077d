namespace Cambist.App.Rates.Demo;

/// <summary>
/// Stochastic volatility (Taylor 1986): the logarithm of the volatility is a stationary autoregression of one lag, stepped once per market
/// hour. High volatility is followed by high volatility; the half-life says for how long.
/// </summary>
internal sealed class LogVolatility
{
    private readonly SplitMix64 _random;
    private readonly double _persistence;
    private readonly double _innovation;
    private readonly double _variance;
    private double _level;

    /// <param name="random">Where its innovations come from; the first level is drawn from the stationary distribution.</param>
    /// <param name="halfLifeHours">Market hours after which half of a deviation is left.</param>
    /// <param name="deviation">Stationary standard deviation of the logarithm.</param>
    public LogVolatility(SplitMix64 random, double halfLifeHours, double deviation)
    {
        _random = random;
        _persistence = Math.Pow(0.5, 1 / halfLifeHours);
        _innovation = deviation * Math.Sqrt(1 - _persistence * _persistence);
        _variance = deviation * deviation;
        _level = deviation * random.Normal();
    }

    /// <summary>What a long-run volatility is multiplied by. Its mean square is 1, so that the long-run variance is kept.</summary>
    public double Multiplier => Math.Exp(_level - _variance);

    public void NextHour() => _level = _persistence * _level + _innovation * _random.Normal();
}
