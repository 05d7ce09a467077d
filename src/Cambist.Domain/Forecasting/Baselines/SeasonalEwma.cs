using Cambist.Domain.Calendars;
using Cambist.Domain.Features;

namespace Cambist.Domain.Forecasting.Baselines;

/// <summary>
/// The baseline: a driftless random walk whose volatility is an exponentially weighted average of squared returns, freed of the hour-of-week
/// shape and put back into it for the hours of the horizon, with Student-t tails. Shape and tails are fitted once a week, at the Sunday open, on the
/// 104 weeks before it; the level follows every bar and is drawn a little towards its two-year average. A forecast is therefore a function of its instant and of the bars closed by then, and of nothing else.
/// </summary>
/// <remarks>Half-life and share of the long run are those of <see cref="VarianceTrack"/>, which learned models correct.</remarks>
public sealed class SeasonalEwma
{
    /// <summary>The model's id in answers and on the command line.</summary>
    public const string Id = "baseline";

    /// <summary>Weeks of history that a fit reads.</summary>
    public const int FitWeeks = 104;

    /// <summary>The least number of hourly bars before the Sunday open to fit on: one full week of the market.</summary>
    public const int LeastBars = FxWeek.Hours;

    // Levels settle for ten days before returns are measured in units of them.
    private const int WarmUpHours = 240;

    private readonly string _model;
    private readonly SeasonOfWeek _season;
    private readonly ReturnShape[] _tails;
    private readonly double _levelAtFit;
    private readonly DateTimeOffset _lastBar;

    private SeasonalEwma(string model, SeasonOfWeek season, ReturnShape[] tails, double levelAtFit, DateTimeOffset lastBar, DateTimeOffset fittedUntil)
    {
        _model = model;
        _season = season;
        _tails = tails;
        _levelAtFit = levelAtFit;
        _lastBar = lastBar;
        FittedUntil = fittedUntil;
    }

    /// <summary>The Sunday open that ended the history of the fit.</summary>
    public DateTimeOffset FittedUntil { get; }

    /// <summary>Start of the history that a forecast at this instant reads.</summary>
    public static DateTimeOffset HistoryStart(DateTimeOffset asOf) => FxWeek.OpenOf(asOf).AddDays(-7 * FitWeeks);

    /// <summary>
    /// Fits shape and tails on the 104 weeks before the Sunday open of the week that the instant belongs to. Null where fewer than
    /// <see cref="LeastBars"/> bars closed in them, too few of them an hour after another, or the rate never moved: then there is no forecast.
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

        var path = HourlyPath.Of(window);
        var fit = SeasonFit.Of(path);
        var seasons = new SeasonOfWeek?[WeekClocks.Kinds];
        SeasonOfWeek SeasonAt(int marketTime)
        {
            var clocks = WeekClocks.Of(MarketClock.WeekOf(marketTime));
            return seasons[clocks.Kind] ??= fit.Fit(clocks, []);
        }

        var season = SeasonAt((int)FxWeek.MarketHours(fitUntil) + 1);
        if (fit.Count < VarianceTrack.LeastReturns || !(season.LongRun > 0))
        {
            return null;
        }

        var levels = Levels(path, SeasonAt, season.LongRun);
        return new SeasonalEwma(model, season, FitTails(path, SeasonAt, levels, tally), levels[^1], window.LastCloseTime, fitUntil);
    }

    /// <summary>Follows the bars of the fit's week up to an instant.</summary>
    /// <param name="history">The bars, from the last one of the fit on; those that close after <paramref name="asOf"/> are not read.</param>
    /// <param name="asOf">The instant.</param>
    /// <exception cref="ArgumentException">The instant belongs to another week than the fit.</exception>
    public Volatility Follow(HourlySeries history, DateTimeOffset asOf)
    {
        if (FxWeek.OpenOf(asOf) != FittedUntil)
        {
            throw new ArgumentException($"The fit of {FittedUntil:O} serves its own week, asked was {asOf:O}.", nameof(asOf));
        }

        var sinceLastBar = history.Until(asOf).After(_lastBar.AddHours(-1));
        var level = sinceLastBar.Count > 0 ? Levels(HourlyPath.Of(sinceLastBar), _ => _season, _levelAtFit)[^1] : _levelAtFit;
        return new Volatility(_model, history.Pair, Blend(level, _season), _season, _tails, FittedUntil);
    }

    // The variance of a market hour of weight 1 at each hour of the path, from the bars up to it.
    private static double[] Levels(HourlyPath path, Func<int, SeasonOfWeek> seasonAt, double first)
    {
        var closes = path.LogCloses;
        var levels = new double[path.Rows];
        levels[0] = first;
        for (int row = 1, lastBar = 0; row < levels.Length; row++)
        {
            levels[row] = levels[row - 1];
            if (path.HasBar[row])
            {
                // A return that spans missing hours counts with all of them.
                var move = closes[row] - closes[lastBar];
                var keep = Math.Pow(0.5, (row - lastBar) / VarianceTrack.HalfLifeHours);
                levels[row] = keep * levels[row] + (1 - keep) * move * move / seasonAt(path.Start + row).Between(path.Start + lastBar, path.Start + row);
                lastBar = row;
            }
        }

        return levels;
    }

    private static double Blend(double level, SeasonOfWeek season) => (1 - VarianceTrack.LongRunShare) * level + VarianceTrack.LongRunShare * season.LongRun;

    private static ReturnShape[] FitTails(HourlyPath path, Func<int, SeasonOfWeek> seasonAt, double[] levels, Func<IReturnTally> tally)
    {
        var closes = path.LogCloses;
        var tails = new ReturnShape[Forecast.LongestFittedHorizon];
        for (var hours = 1; hours <= tails.Length; hours++)
        {
            var fit = tally();
            for (var row = WarmUpHours; row + hours < path.Rows; row++)
            {
                var season = seasonAt(path.Start + row);
                var variance = Blend(levels[row], season) * season.Between(path.Start + row, path.Start + row + hours);
                fit.Add((closes[row + hours] - closes[row]) / Math.Sqrt(variance));
            }

            tails[hours - 1] = fit.Shape();
        }

        return tails;
    }
}
