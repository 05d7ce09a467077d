using Cambist.Domain.Calendars;
using Cambist.Domain.Features;

namespace Cambist.Domain.Forecasting.Models;

/// <summary>A model's outlook at each hour of a stretch of a pair's history, and the forecasts that follow from it. The outlook of an hour reads nothing later.</summary>
internal sealed class ModelWalk
{
    private const int Horizons = ReturnTargets.Horizons;

    private readonly VarianceTrack _track;
    private readonly int _from;
    private readonly float[] _logScales;
    private readonly float[] _locations;

    /// <summary>Asks the model for the rows from one to the end of the track.</summary>
    public ModelWalk(VarianceTrack track, MarketPulse pulse, IVolatilityModel model, int from)
    {
        _track = track;
        _from = from;
        var tableFrom = Math.Max(track.FirstReady, from - model.Lookback);
        var table = FeatureSet.Build(track, pulse, tableFrom, track.Path.Rows);
        var rows = track.Path.Rows - from;
        _logScales = new float[rows * Horizons];
        _locations = new float[rows * Horizons];
        model.Predict(table, from - tableFrom, table.Rows, _logScales, _locations);
    }

    /// <summary>The forecasts from standpoints in rising time; null before the first row, and where no volatility is known.</summary>
    public IEnumerable<Forecast?> Forecasts(IReadOnlyList<Standpoint> standpoints, string id, DateTimeOffset trainedUntil, double prior)
    {
        var path = _track.Path;
        var shapesOf = new RollingShapes(MarketClock.WeekOf(path.Start + _from), prior, CountErrors);
        var (week, shapes) = (-1, (RollingShapes.Shapes?)null);
        foreach (var standpoint in standpoints)
        {
            var row = Math.Min(path.RowAt(standpoint.AsOf), path.Rows - 1);
            if (row < _from || double.IsNaN(_track.Levels[row]))
            {
                yield return null;
                continue;
            }

            if (MarketClock.WeekOf(path.Start + row) != week)
            {
                week = MarketClock.WeekOf(path.Start + row);
                shapes = shapesOf.For(week);
            }

            yield return Forecast(standpoint, row, shapes!.At(path.Start + row), id, trainedUntil);
        }
    }

    private Forecast Forecast(Standpoint standpoint, int row, ReturnShape[] shapes, string id, DateTimeOffset trainedUntil)
    {
        var outlook = new ModelOutlook(
            FxWeek.MarketHours(standpoint.AsOf), standpoint.Spot, _track.Outlook(row), _logScales.AsSpan((row - _from) * Horizons, Horizons).ToArray(), shapes);
        return new Forecast(_track.Path.Pair, standpoint.AsOf, standpoint.Spot, id, trainedUntil, outlook.At);
    }

    // The errors whose outcome was known in a week.
    private void CountErrors(int week, int sign, RollingShapes.Histograms errors)
    {
        var path = _track.Path;
        Span<double> variances = stackalloc double[Horizons];
        var end = Math.Min(path.Rows, (week + 1) * FxWeek.Hours + 1 - path.Start);
        var begin = week * FxWeek.Hours + 1 - path.Start;
        for (var row = Math.Max(_from, begin - Horizons); row < end; row++)
        {
            if (!path.HasBar[row] || double.IsNaN(_track.Levels[row]))
            {
                continue;
            }

            _track.Variances(row, variances);
            for (var hours = Math.Max(1, begin - row); hours <= Horizons && row + hours < end; hours++)
            {
                if (path.HasBar[row + hours])
                {
                    var scale = Math.Sqrt(variances[hours - 1]) * Math.Exp(_logScales[(row - _from) * Horizons + hours - 1]);
                    errors.Add(path.Start + row, hours - 1, (path.LogCloses[row + hours] - path.LogCloses[row]) / scale, sign);
                }
            }
        }
    }
}
