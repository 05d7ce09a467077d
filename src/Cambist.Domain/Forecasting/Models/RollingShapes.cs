using Cambist.Domain.Features;

namespace Cambist.Domain.Forecasting.Models;

/// <summary>
/// The shapes of a model's own errors on the last 52 weeks, measured anew at each Sunday open: an error counts in the week in which its outcome was known. This
/// recalibrates all quantiles at once, as conformal prediction does (Vovk, Gammerman and Shafer 2005), and forgets a regime with the weeks that leave.
/// </summary>
/// <remarks>
/// Each horizon has a shape. The first few hours have one for each hour of the day besides, drawn to that of all hours: returns of the hours in which quotes are thin are more
/// peaked than those of the hours in which London trades, and by one shape for all the middle interval was 3 points too narrow in some hours and 7 too wide in others.
/// </remarks>
internal sealed class RollingShapes
{
    /// <summary>Weeks of errors that shapes are measured on.</summary>
    public const int Weeks = 52;

    private const int HoursPerDay = WeekShapes.HoursPerDay;

    // The errors of all hours count as that many of one hour, which sees 260 in a year.
    private const double WeightOfAllHours = 100;

    // A year of hours are 6,200 errors; a few weeks of them are kept sane, months forget it.
    private const double PriorErrors = 200;

    private readonly Histograms _window = new();
    private readonly Action<int, int, Histograms> _count;
    private readonly int _firstWeek;
    private int _next;

    /// <summary>Shapes of a window that is still empty.</summary>
    /// <param name="firstWeek">The first week that has errors to count.</param>
    /// <param name="count">Counts the errors whose outcome was known in a week into histograms, with a sign: those of a week that leaves are taken out again.</param>
    public RollingShapes(int firstWeek, Action<int, int, Histograms> count)
    {
        _firstWeek = _next = firstWeek;
        _count = count;
    }

    /// <summary>The shapes for the forecasts of a week: from the errors of the weeks before it. Weeks are asked for in rising order.</summary>
    public WeekShapes For(int week)
    {
        for (; _next < week; _next++)
        {
            _count(_next, 1, _window);
            if (_next - Weeks >= _firstWeek)
            {
                _count(_next - Weeks, -1, _window);
            }
        }

        var all = Enumerable.Range(0, ReturnTargets.Horizons).Select(AllHours).ToArray();
        return new WeekShapes([.. all.Select(errors => errors.ToShape())], [.. Enumerable.Range(0, WeekShapes.ByHour * HoursPerDay).Select(cell => OfHour(cell, all[cell / HoursPerDay]))]);
    }

    private ReturnHistogram AllHours(int horizon)
    {
        var all = ReturnHistogram.Prior(PriorErrors);
        foreach (var errors in _window.Of(horizon))
        {
            all.Add(errors, 1);
        }

        return all;
    }

    private EmpiricalShape OfHour(int cell, ReturnHistogram all)
    {
        var errors = new ReturnHistogram();
        errors.Add(_window.Of(cell / HoursPerDay)[cell % HoursPerDay], 1);
        errors.Add(all, WeightOfAllHours / all.Total);
        return errors.ToShape();
    }

    /// <summary>Counts of errors by horizon, and by hour of the day where those are told apart.</summary>
    internal sealed class Histograms
    {
        private readonly ReturnHistogram[][] _errors =
        [
            .. Enumerable.Range(0, ReturnTargets.Horizons).Select(horizon => Enumerable.Range(0, horizon < WeekShapes.ByHour ? HoursPerDay : 1).Select(_ => new ReturnHistogram()).ToArray()),
        ];

        /// <summary>The histograms of a horizon.</summary>
        public ReturnHistogram[] Of(int horizon) => _errors[horizon];

        /// <summary>Counts an error, or takes it out again.</summary>
        /// <param name="marketTime">Market time of the forecast.</param>
        /// <param name="horizon">The horizon, from 0.</param>
        /// <param name="error">The return in units of its predicted volatility.</param>
        /// <param name="sign">1 or −1.</param>
        public void Add(int marketTime, int horizon, double error, int sign) =>
            _errors[horizon][horizon < WeekShapes.ByHour ? MarketClock.HourOfDay(marketTime) : 0].Add(error, sign);
    }
}
