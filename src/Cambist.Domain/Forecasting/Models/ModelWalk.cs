using System.Runtime.CompilerServices;
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

    /// <summary>Asks the model for the rows [from, to). Its mean counts at some hours ahead only.</summary>
    public ModelWalk(VarianceTrack track, MarketPulse pulse, IVolatilityModel model, IReadOnlyList<int> meanHours, int from, int to)
    {
        _track = track;
        _from = from;
        var tableFrom = Math.Max(track.FirstReady, from - model.Lookback);
        var table = FeatureSet.Build(track, pulse, tableFrom, to);
        _logScales = new float[(to - from) * Horizons];
        _locations = new float[_logScales.Length];
        model.Predict(table, from - tableFrom, table.Rows, _logScales, _locations);
        for (var i = 0; i < _locations.Length; i++)
        {
            _locations[i] = meanHours.Contains(i % Horizons + 1) ? _locations[i] : 0;
        }
    }

    /// <summary>Asks the model for the rows from one to the end of the track.</summary>
    public ModelWalk(VarianceTrack track, MarketPulse pulse, IVolatilityModel model, IReadOnlyList<int> meanHours, int from)
        : this(track, pulse, model, meanHours, from, track.Path.Rows)
    {
    }

    /// <summary>The shapes for the week of a row.</summary>
    public WeekShapes Shapes(int row) => Rolling().For(MarketClock.WeekOf(_track.Path.Start + row));

    /// <summary>The forecasts from standpoints in rising time; null before the first row, and where no volatility is known.</summary>
    public IEnumerable<Forecast?> Forecasts(IReadOnlyList<Standpoint> standpoints, string id, DateTimeOffset trainedUntil)
    {
        var path = _track.Path;
        var rolling = Rolling();
        var (week, shapes) = (-1, (WeekShapes?)null);
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
                shapes = rolling.For(week);
            }

            yield return Forecast(standpoint, row, shapes!, id, trainedUntil);
        }
    }

    /// <summary>The forecast from a standpoint at one of the rows.</summary>
    public Forecast Forecast(Standpoint standpoint, int row, WeekShapes shapes, string id, DateTimeOffset trainedUntil)
    {
        var outlook = new ModelOutlook(
            FxWeek.MarketHours(standpoint.AsOf),
            standpoint.Spot,
            _track.Outlook(row),
            _logScales.AsSpan((row - _from) * Horizons, Horizons).ToArray(),
            _locations.AsSpan((row - _from) * Horizons, Horizons).ToArray(),
            shapes.At(_track.Path.Start + row));
        return new Forecast(_track.Path.Pair, standpoint.AsOf, standpoint.Spot, id, trainedUntil, outlook.At);
    }

    private RollingShapes Rolling() => new(MarketClock.WeekOf(_track.Path.Start + _from), CountErrors);

    // The errors whose outcome was known in a week.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
                    var at = (row - _from) * Horizons + hours - 1;
                    var move = (path.LogCloses[row + hours] - path.LogCloses[row]) / Math.Sqrt(variances[hours - 1]);
                    errors.Add(path.Start + row, hours - 1, (move - _locations[at]) / Math.Exp(_logScales[at]), sign);
                }
            }
        }
    }
}
