using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Features;

namespace Cambist.Domain.Forecasting.Models;

/// <summary>Forecasts with a learned model: the baseline's volatility as the model corrects it, and the shape of the model's own errors of the last year around it.</summary>
/// <remarks>
/// Walk-forward hands over a whole history. A service that forecasts each hour keeps a <see cref="VarianceTrack"/> of each pair, the <see cref="MarketPulse"/> of the hour, and the
/// <see cref="WeekShapes"/> of the week, and asks for the forecast of the last hour alone: the same numbers, for a hundredth of the work.
/// </remarks>
public sealed class LearnedFamily : IForecastFamily
{
    /// <summary>The most market hours before the hour of a forecast that a model may read: what a service keeps of the market reaches that far back, and a day further.</summary>
    public const int MostLookback = 488;

    private readonly IVolatilityModel _model;
    private readonly DateTimeOffset _trainedUntil;
    private readonly Func<CurrencyPair, IReadOnlyList<int>> _meanHours;

    /// <summary>A family of one model.</summary>
    /// <param name="id">The model's id.</param>
    /// <param name="model">The model.</param>
    /// <param name="trainedUntil">Until when the model was trained.</param>
    /// <param name="meanHours">Market hours ahead, of a pair, at which the model's mean is in the forecast: those at which it has proven an edge. At all others no change is expected. Null: at none.</param>
    public LearnedFamily(string id, IVolatilityModel model, DateTimeOffset trainedUntil, Func<CurrencyPair, IReadOnlyList<int>>? meanHours = null)
    {
        Id = id;
        _model = model;
        _trainedUntil = trainedUntil;
        _meanHours = meanHours ?? (_ => []);
    }

    /// <summary>Weeks of history before the week of a forecast from which its features follow.</summary>
    public static int WeeksOfFeatures => VarianceTrack.WeeksOfHistory;

    /// <summary>Weeks before the week of a forecast whose errors give their shapes.</summary>
    public static int WeeksOfShapes => RollingShapes.Weeks;

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public int WeeksOfHistory => RollingShapes.Weeks + WeeksOfFeatures;

    /// <summary>Hours ahead at which the model's mean is in the forecasts of a pair.</summary>
    public IReadOnlyList<int> MeanHours(CurrencyPair pair) => _meanHours(pair);

    /// <inheritdoc/>
    public IEnumerable<Forecast?> Predict(MarketHistory history, IReadOnlyList<Standpoint> standpoints)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(standpoints);
        return standpoints.Count == 0 ? [] : Walk(history.Until(standpoints[^1].AsOf), standpoints, standpoints[^1].AsOf);
    }

    /// <summary>The week of a forecast's hour, as its shapes count weeks.</summary>
    public static int WeekOf(VarianceTrack track, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(track);
        return MarketClock.WeekOf(track.Path.Start + LastRow(track, asOf));
    }

    /// <summary>Follows a pair's history; null where it has no bars, or too few to be ready.</summary>
    /// <param name="bars">The bars.</param>
    /// <param name="until">Up to where, bars or none: an hour without a bar is told as missing whether or not later bars are there.</param>
    public static VarianceTrack? Track(HourlySeries bars, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(bars);
        var track = bars.Count == 0 ? null : VarianceTrack.Of(HourlyPath.Of(bars, until), AnnouncementEffects.For(bars.Pair));
        return track?.FirstReady < track?.Path.Rows ? track : null;
    }

    /// <summary>
    /// The shapes of the model's errors that serve a week. The track, and the pulse, have to reach back <see cref="WeeksOfHistory"/> weeks for the same shapes as walk-forward finds; with
    /// less they are measured on what is there.
    /// </summary>
    /// <param name="track">The pair.</param>
    /// <param name="pulse">The market over the same hours.</param>
    /// <param name="asOf">An instant of the week.</param>
    public WeekShapes Shapes(VarianceTrack track, MarketPulse pulse, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(track);
        ArgumentNullException.ThrowIfNull(pulse);
        var row = LastRow(track, asOf);
        return new ModelWalk(track, pulse, _model, _meanHours(track.Path.Pair), FirstRowOfShapes(track, row)).Shapes(row);
    }

    /// <summary>
    /// What the model expects at the last hour that had closed by an instant: the forecasts from any standpoint of the time until the next one closes, for one question to the model.
    /// Null where the track is not ready there.
    /// </summary>
    /// <param name="track">The pair, up to the instant or later.</param>
    /// <param name="pulse">The market, as many hours back from there as the model reads.</param>
    /// <param name="shapes">The shapes of the instant's week.</param>
    /// <param name="asOf">The instant.</param>
    public Func<Standpoint, Forecast>? Outlook(VarianceTrack track, MarketPulse pulse, WeekShapes shapes, DateTimeOffset asOf)
    {
        ArgumentNullException.ThrowIfNull(track);
        ArgumentNullException.ThrowIfNull(shapes);
        var row = LastRow(track, asOf);
        if (row < track.FirstReady || double.IsNaN(track.Levels[row]))
        {
            return null;
        }

        var walk = new ModelWalk(track, pulse, _model, _meanHours(track.Path.Pair), row, row + 1);
        return standpoint => walk.Forecast(standpoint, row, shapes, Id, _trainedUntil);
    }

    private IEnumerable<Forecast?> Walk(MarketHistory history, IReadOnlyList<Standpoint> standpoints, DateTimeOffset until)
    {
        if (Track(history.Own, until) is not { } track)
        {
            return standpoints.Select(_ => (Forecast?)null);
        }

        var from = FirstRowOfShapes(track, LastRow(track, standpoints[0].AsOf));
        return new ModelWalk(track, PulseOf(history, track, from - _model.Lookback, until), _model, _meanHours(track.Path.Pair), from).Forecasts(standpoints, Id, _trainedUntil);
    }

    private static MarketPulse PulseOf(MarketHistory history, VarianceTrack own, int from, DateTimeOffset until)
    {
        var majors = MarketPulse.Majors
            .Select(pair => pair == own.Path.Pair ? own : history.Other(pair) is { } bars ? Track(bars, until) : null)
            .OfType<VarianceTrack>()
            .ToList();
        return MarketPulse.Of(majors, own.Path.Start + Math.Max(own.FirstReady, from), own.Path.Start + own.Path.Rows);
    }

    private static int LastRow(VarianceTrack track, DateTimeOffset asOf) => Math.Min(track.Path.RowAt(asOf), track.Path.Rows - 1);

    // The first row whose outcomes count in the window of the week of a row.
    private static int FirstRowOfShapes(VarianceTrack track, int row)
    {
        var week = MarketClock.WeekOf(track.Path.Start + Math.Max(0, row));
        return Math.Max(track.FirstReady, (week - RollingShapes.Weeks) * FxWeek.Hours + 1 - track.Path.Start - ReturnTargets.Horizons);
    }
}
