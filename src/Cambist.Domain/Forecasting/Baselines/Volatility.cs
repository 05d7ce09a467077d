using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Features;

namespace Cambist.Domain.Forecasting.Baselines;

/// <summary>The baseline's view of a pair once it has followed the bars up to an hour: forecasts from any instant and rate until the next bar closes.</summary>
public sealed class Volatility
{
    private readonly string _model;
    private readonly double _level;
    private readonly SeasonOfWeek _season;
    private readonly ReturnShape[] _tails;
    private readonly DateTimeOffset _fittedUntil;

    internal Volatility(string model, CurrencyPair pair, double level, SeasonOfWeek season, ReturnShape[] tails, DateTimeOffset fittedUntil)
    {
        _model = model;
        Pair = pair;
        _level = level;
        _season = season;
        _tails = tails;
        _fittedUntil = fittedUntil;
    }

    /// <summary>The pair.</summary>
    public CurrencyPair Pair { get; }

    /// <summary>The forecast from an instant and the rate at it.</summary>
    public Forecast Predict(DateTimeOffset asOf, double spot)
    {
        var start = FxWeek.MarketHours(asOf);
        return new Forecast(Pair, asOf, spot, _model, _fittedUntil, instant =>
        {
            var end = FxWeek.MarketHours(instant);
            var tail = _tails[(int)Math.Clamp(Math.Ceiling(end - start), 1, _tails.Length) - 1];
            return new RateDistribution(spot, Math.Sqrt(_level * Math.Max(0, _season.Between(start, end))), tail);
        });
    }
}
