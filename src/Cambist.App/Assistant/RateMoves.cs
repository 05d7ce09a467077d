using Cambist.App.Forecasting;
using Cambist.App.Goals;
using Cambist.App.Rates;
using Cambist.Domain.Currencies;

namespace Cambist.App.Assistant;

/// <summary>
/// Lets the goals of a pair be looked at when its rate has moved, since the last time that it had, by more than an hour usually brings: the hourly standard deviation of the pair's own forecast. About every third hour has such a move,
/// so a pair is looked at some eight times a day more at most on a usual day; a goal is not looked at twice within a quarter of an hour for it.
/// </summary>
internal sealed class RateMoves(RateDesk rates, ForecastService forecasts, GoalClaims claims)
{
    /// <summary>A goal that was looked at within this time is left alone.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(15);

    private readonly Dictionary<CurrencyPair, decimal> _since = [];

    /// <summary>Looks at the rates of all goals; returns how many goals are to be looked at.</summary>
    public int Hasten()
    {
        var hastened = 0;
        foreach (var pair in claims.Pairs())
        {
            if (PairFacts.Gather(rates, forecasts, pair, asOf: null, rates.Now) is not { Rate.Rate.Mid: var mid } facts)
            {
                continue; // A rate that is not known has not moved.
            }

            if (!_since.TryGetValue(pair, out var before))
            {
                _since[pair] = mid;
            }
            else if (facts.Forecast.Forecast?.AfterHours(1) is { } hour && Math.Abs((double)(mid - before)) > hour.Std && hour.Std > 0)
            {
                _since[pair] = mid;
                hastened += claims.Hasten(pair, rates.Now - Rest);
            }
        }

        return hastened;
    }
}
