using Cambist.Domain.Calendars;

namespace Cambist.Domain.Forecasting.Models;

/// <summary>
/// The shapes of a model's own errors on the last 104 weeks, one per horizon, measured anew at each Sunday open: an error counts in the week in which its outcome was
/// known. This recalibrates all quantiles at once, as conformal prediction does (Vovk, Gammerman and Shafer 2005), and forgets a regime with the weeks that leave.
/// </summary>
internal sealed class RollingShapes
{
    private readonly ReturnHistogram[] _window;
    private readonly Queue<(int Week, ReturnHistogram[] Errors)> _weeks = [];
    private readonly Action<int, ReturnHistogram[]> _count;
    private readonly int _length;
    private int _next;

    /// <summary>Shapes of a window that is still empty.</summary>
    /// <param name="firstWeek">The first week that has errors to count.</param>
    /// <param name="weeks">Weeks of the window.</param>
    /// <param name="prior">Returns that a Student-t is worth before any error was seen.</param>
    /// <param name="count">Counts the errors whose outcome was known in a week, into a histogram per horizon.</param>
    public RollingShapes(int firstWeek, int weeks, double prior, Action<int, ReturnHistogram[]> count)
    {
        _next = firstWeek;
        _length = weeks;
        _count = count;
        _window = [.. Enumerable.Range(0, ReturnTargets.Horizons).Select(_ => ReturnHistogram.Prior(prior))];
    }

    /// <summary>The shapes for the forecasts of a week: from the errors of the weeks before it. Weeks are asked for in rising order.</summary>
    public ReturnShape[] For(int week)
    {
        for (; _next < week; _next++)
        {
            ReturnHistogram[] errors = [.. Enumerable.Range(0, ReturnTargets.Horizons).Select(_ => new ReturnHistogram())];
            _count(_next, errors);
            _weeks.Enqueue((_next, errors));
            Weigh(errors, 1);
        }

        while (_weeks.TryPeek(out var oldest) && oldest.Week < week - _length)
        {
            Weigh(_weeks.Dequeue().Errors, -1);
        }

        return [.. _window.Select(errors => errors.ToShape())];
    }

    private void Weigh(ReturnHistogram[] errors, int sign)
    {
        for (var horizon = 0; horizon < errors.Length; horizon++)
        {
            _window[horizon].Add(errors[horizon], sign);
        }
    }
}
