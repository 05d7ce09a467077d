using System.Runtime.CompilerServices;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;

namespace Cambist.Domain.Features;

/// <summary>
/// Follows the volatility of a pair hour by hour: an exponentially weighted average of squared returns, freed of the hour-of-week shape and of announcements, and
/// drawn a little towards its two-year average. What it says of an hour is a function of the bars that had closed by its end. The season changes at each
/// Sunday open.
/// </summary>
/// <remarks>The half-life of 120 market hours is J. P. Morgan's RiskMetrics idea (1996) at the length that scored best on hourly majors before 2020.</remarks>
public sealed class VarianceTrack
{
    /// <summary>
    /// Weeks of history before an hour that reach into what is said of it: the announcements of two years, each measured against a volatility that has settled for half a
    /// year in a season of the two years before it. What lies earlier has faded to a fifty-millionth.
    /// </summary>
    public const int WeeksOfHistory = EffectFit.Weeks + SettlingWeeks + SeasonFit.Weeks;

    /// <summary>The least number of hourly returns before a Sunday open to measure on: almost one full week of the market.</summary>
    public const int LeastReturns = FxWeek.Hours - 1;

    internal const double HalfLifeHours = 120;

    // Volatility returns to its long-run level, so a fifth of the forecast is the average level of two years: lower CRPS at every horizon on
    // EUR/USD, USD/JPY and AUD/USD of 2015 to 2019 than a share of 0, 0.1 or 0.3.
    internal const double LongRunShare = 0.2;

    // 26 half-lives, so that 1.5e-8 is left of the level that a history began with.
    private const int SettlingWeeks = 26;

    // A wrong high or low in one hour must not fill the averages of weeks: no hour counts as more than this many times the expected variance.
    private const float MostOfLevel = 200;

    // The mean square of ln(high/low) of a random walk is 4 ln 2 times its variance (Parkinson 1980).
    private const double Parkinson = 4 * 0.69314718055994531;

    private static readonly double[] Keep = [.. Enumerable.Range(0, 1000).Select(hours => Math.Pow(0.5, hours / HalfLifeHours))];

    private readonly SeasonOfWeek[] _seasons;
    private readonly double[] _levels;
    private readonly float[] _squares;
    private readonly float[] _hourVariances;

    // Of each row the effect of an announcement, −1 where there is none.
    private readonly short[] _effects;

    private VarianceTrack(HourlyPath path, AnnouncedHours announced, int weeks)
    {
        Path = path;
        Announced = announced;
        _seasons = new SeasonOfWeek[weeks];
        _levels = new double[path.Rows];
        _squares = new float[path.Rows];
        _hourVariances = new float[path.Rows];
        _effects = new short[path.Rows];
        Array.Fill(_effects, (short)-1);
        var times = announced.Between(path.Start - 1, path.Start + path.Rows - 1, out var effects);
        for (var i = 0; i < times.Length; i++)
        {
            _effects[times[i] - path.Start] = (short)effects[i];
        }
    }

    /// <summary>The history.</summary>
    public HourlyPath Path { get; }

    /// <summary>The announcements that were allowed for.</summary>
    public AnnouncedHours Announced { get; }

    /// <summary>The first row with a level: a Sunday open with at least <see cref="LeastReturns"/> hourly returns before it, not all zero; the number of rows where there is none.</summary>
    public int FirstReady { get; private set; }

    /// <summary>The variance of a market hour of weight 1 expected at the end of each hour; not a number before <see cref="FirstReady"/>, and later in a week before which two years held too few returns, or none that moved.</summary>
    public ReadOnlySpan<double> Levels => _levels;

    /// <summary>Squared return of each hour per unit of season; not a number where the hour has no bar.</summary>
    public ReadOnlySpan<float> Squares => _squares;

    /// <summary>Parkinson's variance of each hour per unit of season, the squared return where no range is known; not a number where the hour has no bar.</summary>
    public ReadOnlySpan<float> HourVariances => _hourVariances;

    /// <summary>Follows a history to its end.</summary>
    public static VarianceTrack Of(HourlyPath path, AnnouncedHours announced)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(announced);
        var first = MarketClock.WeekOf(path.Start);
        var weeks = MarketClock.WeekOf(path.Start + path.Rows - 1) - first + 1;
        var track = new VarianceTrack(path, announced, weeks) { FirstReady = path.Rows };
        track.Follow(first);
        return track;
    }

    /// <summary>The same of its last rows alone, at most as many as there are: what came of the years before stays, and takes a tenth of the memory.</summary>
    public VarianceTrack Last(int rows)
    {
        var path = Path.Last(rows);
        var (row, week) = (path.Start - Path.Start, MarketClock.WeekOf(path.Start) - MarketClock.WeekOf(Path.Start));
        var last = new VarianceTrack(path, Announced, _seasons.Length - week) { FirstReady = Math.Max(0, FirstReady - row) };
        _seasons.AsSpan(week).CopyTo(last._seasons);
        _levels.AsSpan(row).CopyTo(last._levels);
        _squares.AsSpan(row).CopyTo(last._squares);
        _hourVariances.AsSpan(row).CopyTo(last._hourVariances);
        return last;
    }

    /// <summary>The average variance of an hour of weight 1 over the two years before the week of a row.</summary>
    public double LongRun(int row) => SeasonAt(row).LongRun;

    /// <summary>The variance expected at a row for the return over the next market hours.</summary>
    /// <param name="row">The row.</param>
    /// <param name="hours">Whole market hours.</param>
    public double Variance(int row, int hours) => _levels[row] * Weight(row, Path.Start + row, Path.Start + row + hours);

    /// <summary>The variances expected at a row for the returns over the next 1, 2, 3, … market hours.</summary>
    public void Variances(int row, Span<double> variances)
    {
        var season = SeasonAt(row);
        var announced = Announced.Between(Path.Start + row, Path.Start + row + variances.Length, out _).Length > 0;
        double weight = 0;
        for (var hours = 1; hours <= variances.Length; hours++)
        {
            var time = Path.Start + row + hours;
            weight += season[MarketClock.HourOfWeek(time)] * (announced ? season.Effect(Announced.EffectAt(time)) : 1);
            variances[hours - 1] = _levels[row] * weight;
        }
    }

    /// <summary>What is expected at a row of all the time after it.</summary>
    public VarianceOutlook Outlook(int row) => new(_levels[row], SeasonAt(row), Announced);

    /// <summary>The season's weight between two whole readings of the market clock, announcements included, as it was measured for the week of a row.</summary>
    public double Weight(int row, int from, int to) => WeightWith(SeasonAt(row), from, to, SeasonAt(row).Effects);

    internal SeasonOfWeek SeasonAt(int row) => _seasons[MarketClock.WeekOf(Path.Start + row) - MarketClock.WeekOf(Path.Start)];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double WeightWith(SeasonOfWeek season, int from, int to, ReadOnlySpan<double> strengths)
    {
        var weight = season.Between(from, to);
        var times = Announced.Between(from, to, out var effects);
        for (var i = 0; i < times.Length; i++)
        {
            weight += season[MarketClock.HourOfWeek(times[i])] * (strengths[effects[i]] - 1);
        }

        return weight;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Follow(int firstWeek)
    {
        var fit = new SeasonFit();
        var effects = new EffectFit(Announced.Usual);
        var lastBar = 0;
        var level = double.NaN;
        for (var week = 0; week < _seasons.Length; week++)
        {
            _seasons[week] = fit.Fit(WeekClocks.Of(firstWeek + week), effects.Begin(week));
            if (!(fit.Count >= LeastReturns && _seasons[week].LongRun > 0))
            {
                level = double.NaN;
            }
            else if (double.IsNaN(level))
            {
                level = _seasons[week].LongRun;
                FirstReady = Math.Min(FirstReady, FirstRow(firstWeek, week));
            }

            var to = Math.Min(Path.Rows, FirstRow(firstWeek, week + 1));
            for (var row = FirstRow(firstWeek, week); row < to; row++)
            {
                _squares[row] = _hourVariances[row] = float.NaN;
                if (Path.HasBar[row] && row > 0)
                {
                    level = Step(row, lastBar, _seasons[week], level, effects);
                    lastBar = row;
                }

                _levels[row] = (1 - LongRunShare) * level + LongRunShare * _seasons[week].LongRun;
                if (_hourVariances[row] > MostOfLevel * _levels[row])
                {
                    _hourVariances[row] = MostOfLevel * (float)_levels[row];
                }
            }

            Enter(fit, firstWeek, week, 1);
            Enter(fit, firstWeek, week - SeasonFit.Weeks, -1);
        }
    }

    // The exponentially weighted average after one more return, which may span several hours where bars are missing.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Step(int row, int lastBar, SeasonOfWeek season, double level, EffectFit effects)
    {
        var closes = Path.LogCloses;
        var (hours, effect, hourOfWeek, range) = (row - lastBar, _effects[row], MarketClock.HourOfWeek(Path.Start + row), Path.LogRanges[row]);
        var move = closes[row] - closes[lastBar];
        var square = move * move / (hours == 1 ? season[hourOfWeek] * season.Effect(effect) : Weight(row, Path.Start + lastBar, Path.Start + row));
        var strength = season.Effect(effect);
        _squares[row] = (float)square;
        _hourVariances[row] = hours > 1 || float.IsNaN(range) ? (float)square : (float)(range * range / (Parkinson * season.Range(hourOfWeek) * strength));
        if (hours == 1 && level > 0)
        {
            effects.Add(effect, _hourVariances[row] / level * strength);
        }

        var keep = hours < Keep.Length ? Keep[hours] : 0;
        return keep * level + (1 - keep) * UsualSquare(row, lastBar, season, square, move);
    }

    // By what is usual of announcements rather than by what was learned from levels before them, or the level would never forget where the history began.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double UsualSquare(int row, int lastBar, SeasonOfWeek season, double square, double move) =>
        row - lastBar == 1 && _effects[row] < 0 ? square : move * move / WeightWith(season, Path.Start + lastBar, Path.Start + row, Announced.UsualStrengths);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Enter(SeasonFit fit, int firstWeek, int week, int sign)
    {
        if (week < 0)
        {
            return;
        }

        var clocks = WeekClocks.Of(firstWeek + week);
        var closes = Path.LogCloses;
        var ranges = Path.LogRanges;
        var hasBar = Path.HasBar;
        var to = Math.Min(Path.Rows, FirstRow(firstWeek, week + 1));
        for (var row = Math.Max(1, FirstRow(firstWeek, week)); row < to; row++)
        {
            if (hasBar[row] && hasBar[row - 1])
            {
                // By what is usual rather than by what was learned, or the season would depend on announcements long before its 104 weeks.
                var without = _effects[row] is >= 0 and var effect ? 1 / Math.Sqrt(Announced.UsualStrengths[effect]) : 1;
                fit.Add(clocks, MarketClock.HourOfWeek(Path.Start + row), (closes[row] - closes[row - 1]) * without, ranges[row] * without, sign);
            }
        }
    }

    private int FirstRow(int firstWeek, int week) => Math.Max(0, (firstWeek + week) * FxWeek.Hours + 1 - Path.Start);
}
