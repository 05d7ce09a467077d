using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Features;

namespace Cambist.Domain.Forecasting.Models;

/// <summary>Forecasts with a learned model: the baseline's volatility as the model corrects it, and the shape of the model's own errors of the last two years around it.</summary>
public sealed class ModelFamily : IForecastFamily
{
    // Two years of hours are 12,500 errors; a few weeks of them are kept sane, months forget it.
    private const double PriorErrors = 200;

    private readonly IVolatilityModel _model;
    private readonly Func<CurrencyPair, AnnouncedHours> _announced;
    private readonly DateTimeOffset _trainedUntil;

    /// <summary>A family of one model.</summary>
    /// <param name="id">The model's id.</param>
    /// <param name="model">The model.</param>
    /// <param name="announced">The announcements that move a pair.</param>
    /// <param name="trainedUntil">Until when the model was trained.</param>
    public ModelFamily(string id, IVolatilityModel model, Func<CurrencyPair, AnnouncedHours> announced, DateTimeOffset trainedUntil)
    {
        Id = id;
        _model = model;
        _announced = announced;
        _trainedUntil = trainedUntil;
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public int WeeksOfHistory => RollingShapes.Weeks + VarianceTrack.WeeksOfHistory;

    /// <inheritdoc/>
    public IEnumerable<Forecast?> Predict(MarketHistory history, IReadOnlyList<Standpoint> standpoints)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(standpoints);
        return standpoints.Count == 0 ? [] : Walk(history.Until(standpoints[^1].AsOf), standpoints, standpoints[^1].AsOf);
    }

    // Every path goes on to the last standpoint, bars or none: an hour without a bar is told as missing whether or not later bars are there.
    private IEnumerable<Forecast?> Walk(MarketHistory history, IReadOnlyList<Standpoint> standpoints, DateTimeOffset until)
    {
        var track = TrackOf(history.Own, until);
        if (track is null || track.FirstReady >= track.Path.Rows)
        {
            return standpoints.Select(_ => (Forecast?)null);
        }

        var first = MarketClock.WeekOf(track.Path.Start + Math.Max(0, track.Path.RowAt(standpoints[0].AsOf)));
        var from = Math.Max(track.FirstReady, (first - RollingShapes.Weeks) * FxWeek.Hours + 1 - track.Path.Start - ReturnTargets.Horizons);
        return new ModelWalk(track, PulseOf(history, track, from - _model.Lookback, until), _model, from).Forecasts(standpoints, Id, _trainedUntil, PriorErrors);
    }

    private VarianceTrack? TrackOf(HourlySeries bars, DateTimeOffset until) => bars.Count == 0 ? null : VarianceTrack.Of(HourlyPath.Of(bars, until), _announced(bars.Pair));

    private MarketPulse PulseOf(MarketHistory history, VarianceTrack own, int from, DateTimeOffset until)
    {
        var majors = MarketPulse.Majors
            .Select(pair => pair == own.Path.Pair ? own : history.Other(pair) is { } bars ? TrackOf(bars, until) : null)
            .OfType<VarianceTrack>()
            .ToList();
        return MarketPulse.Of(majors, own.Path.Start + Math.Max(own.FirstReady, from), own.Path.Start + own.Path.Rows);
    }
}
