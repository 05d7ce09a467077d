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

    private readonly Dictionary<CurrencyPair, (decimal Since, decimal Last)> _mids = [];

    /// <summary>Looks at the rates of all goals.</summary>
    public void Hasten()
    {
        foreach (var pair in claims.Pairs())
        {
            if (rates.Find(pair, asOf: null) is not { Rate.Mid: var mid } rate || rate.IsStale(rates.Now))
            {
                continue; // A rate that is not known has not moved.
            }

            var (since, last) = _mids.GetValueOrDefault(pair, (mid, mid));
            var hasMoved = mid != last && mid != since
                && forecasts.Predict(pair, rates.Now, mid).Forecast?.AfterHours(1) is { Std: > 0 } hour && Math.Abs((double)(mid - since)) > hour.Std;
            if (hasMoved)
            {
                claims.Hasten(pair, rates.Now - Rest);
            }

            _mids[pair] = (hasMoved ? mid : since, mid);
        }
    }
}
