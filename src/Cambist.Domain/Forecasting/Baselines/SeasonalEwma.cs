using Cambist.Domain.Calendars;

namespace Cambist.Domain.Forecasting.Baselines;

/// <summary>
/// The baseline: a driftless random walk whose volatility is an exponentially weighted average of squared returns, freed of the hour-of-week
/// shape and put back into it for the hours of the horizon, with Student-t tails. Shape and tails are fitted once a week, at the Sunday open, on the
/// 104 weeks before it; the level follows every bar and is drawn a little towards its two-year average. A forecast is therefore a function of its instant and of the bars closed by then, and of nothing else.
/// </summary>
/// <remarks>The half-life of 120 market hours is J. P. Morgan's RiskMetrics idea (1996) at the length that scored best on hourly majors before 2020.</remarks>
public sealed class SeasonalEwma
{
    /// <summary>The model's id in answers and on the command line.</summary>
    public const string Id = "baseline";

    /// <summary>Weeks of history that a fit reads.</summary>
    public const int FitWeeks = 104;

    /// <summary>The least number of hourly bars before the Sunday open to fit on: one full week of the market.</summary>
    public const int LeastBars = FxWeek.Hours;

    private const double HalfLifeHours = 120;

    // Volatility returns to its long-run level, so a fifth of the forecast is the average level of the fit: lower CRPS at every horizon on
    // EUR/USD, USD/JPY and AUD/USD of 2015 to 2019 than a share of 0, 0.1 or 0.3.
    private const double LongRunShare = 0.2;

    // Levels settle for ten days before returns are measured in units of them.
    private const int WarmUpHours = 240;

    private readonly string _model;
    private readonly HourOfWeekSeason _season;
    private readonly ReturnShape[] _tails;
    private readonly double _longRunLevel;
    private readonly double _levelAtFit;
    private readonly HourlySeries _lastBar;

    private SeasonalEwma(string model, HourOfWeekSeason season, ReturnShape[] tails, double[] levels, HourlySeries lastBar, DateTimeOffset fittedUntil)
    {
        _model = model;
        _season = season;
        _tails = tails;
        _longRunLevel = levels.Average();
        _levelAtFit = levels[^1];
        _lastBar = lastBar;
        FittedUntil = fittedUntil;
    }

    /// <summary>The Sunday open that ended the history of the fit.</summary>
    public DateTimeOffset FittedUntil { get; }

    /// <summary>Start of the history that a forecast at this instant reads.</summary>
    public static DateTimeOffset HistoryStart(DateTimeOffset asOf) => FxWeek.OpenOf(asOf).AddDays(-7 * FitWeeks);

    /// <summary>
    /// Fits shape and tails on the 104 weeks before the Sunday open of the week that the instant belongs to. Null where fewer than
    /// <see cref="LeastBars"/> bars closed in them or the rate never moved: then there is no forecast.
    /// </summary>
    public static SeasonalEwma? Fit(HourlySeries history, DateTimeOffset asOf) => Fit(history, asOf, Id, () => new TailFit());

    /// <summary>The same with another shape of returns around the same volatility.</summary>
    internal static SeasonalEwma? Fit(HourlySeries history, DateTimeOffset asOf, string model, Func<IReturnTally> tally)
    {
        var fitUntil = FxWeek.OpenOf(asOf);
        var window = history.Until(fitUntil).After(HistoryStart(asOf));
        if (window.Count < LeastBars)
        {
            return null;
        }

        var path = MarketPath.Of(window);
        var season = HourOfWeekSeason.Fit(path.HourlyReturns());
        var levels = path.Levels(season, HalfLifeHours);
        return levels[^1] > 0
            ? new SeasonalEwma(model, season, FitTails(path, season, levels, tally), levels, window.After(window.LastCloseTime.AddHours(-1)), fitUntil)
            : null;
    }

    /// <summary>Follows the bars of the fit's week up to an instant.</summary>
    /// <param name="history">The bars; those that close after <paramref name="asOf"/> are not read.</param>
    /// <param name="asOf">The instant.</param>
    /// <exception cref="ArgumentException">The instant belongs to another week than the fit.</exception>
    public Volatility Follow(HourlySeries history, DateTimeOffset asOf)
    {
        if (FxWeek.OpenOf(asOf) != FittedUntil)
        {
            throw new ArgumentException($"The fit of {FittedUntil:O} serves its own week, asked was {asOf:O}.", nameof(asOf));
        }

        var level = Blend(LevelAt(history.Until(asOf).After(_lastBar.LastCloseTime)), _longRunLevel);
        return new Volatility(_model, history.Pair, level, _season, _tails, FittedUntil);
    }

    private double LevelAt(HourlySeries barsSinceFit)
    {
        var level = _levelAtFit;
        var close = _lastBar.Closes[0];
        var time = FxWeek.MarketHours(_lastBar.LastCloseTime);
        for (var i = 0; i < barsSinceFit.Count; i++)
        {
            var next = FxWeek.MarketHours(UnixHour.ToInstant(barsSinceFit.CloseHours[i]));
            level = MarketPath.NextLevel(level, Math.Log(barsSinceFit.Closes[i] / close), time, next, _season, HalfLifeHours);
            (close, time) = (barsSinceFit.Closes[i], next);
        }

        return level;
    }

    private static double Blend(double level, double longRun) => (1 - LongRunShare) * level + LongRunShare * longRun;

    private static ReturnShape[] FitTails(MarketPath path, HourOfWeekSeason season, double[] levels, Func<IReturnTally> tally)
    {
        var longRun = levels.Average();
        var tails = new ReturnShape[Forecast.LongestFittedHorizon];
        for (var hours = 1; hours <= tails.Length; hours++)
        {
            var fit = tally();
            for (var t = WarmUpHours; t + hours < path.Length; t++)
            {
                var variance = Blend(levels[t], longRun) * season.Between(path.MarketTime(t), path.MarketTime(t + hours));
                fit.Add((path.LogClose(t + hours) - path.LogClose(t)) / Math.Sqrt(variance));
            }

            tails[hours - 1] = fit.Shape();
        }

        return tails;
    }
}
