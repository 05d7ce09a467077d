using System.Text;
using Cambist.Client;

namespace Cambist.Web.Chart;

/// <summary>Where everything of the chart stands, in thousandths of its width and height, so that it is drawn in a square box and stretched.</summary>
public sealed record FanGeometry(TimeAxis Time, PriceAxis Price, IReadOnlyList<ChartPoint> Past, IReadOnlyList<ChartPoint> Future)
{
    // A bar or two that are missing are bridged; a weekend, a holiday or an outage is a gap.
    private static readonly TimeSpan LongestBridge = TimeSpan.FromHours(3);

    /// <summary>The geometry of a chart; null where there is too little to draw a line.</summary>
    public static FanGeometry? Of(IReadOnlyList<RateBar> history, ForecastResponse? forecast)
    {
        var past = ChartPoint.Recorded(history, forecast?.AsOf);
        List<ChartPoint> future = forecast is null ? [] : ChartPoint.Forecast(forecast);
        List<ChartPoint> all = [.. past, .. future];
        if (all.Count < 2 || all[^1].At <= all[0].At)
        {
            return null;
        }

        var lowest = all.Min(point => Math.Min(point.Rate, point.Quantiles?.Q025 ?? point.Rate));
        var highest = all.Max(point => Math.Max(point.Rate, point.Quantiles?.Q975 ?? point.Rate));
        return new FanGeometry(new TimeAxis(all[0].At, all[^1].At), PriceAxis.Around(lowest, highest), past, future);
    }

    /// <summary>The point that now is: the forecast's start, or the last recorded one.</summary>
    public ChartPoint Now => Future.Count > 0 ? Future[0] : Past[^1];

    /// <summary>The recorded rate, broken where nothing was recorded.</summary>
    public string HistoryPath => string.Concat(Runs().Select(Line));

    /// <summary>The area under the recorded rate.</summary>
    public string AreaPath => string.Concat(Runs().Select(run => $"{Line(run)}V1000H{X(run[0])}Z"));

    /// <summary>The middle of the forecast.</summary>
    public string MedianPath => Future.Count == 0 ? "" : Line(Future);

    /// <summary>The area between two quantiles of the forecast.</summary>
    public string BandPath(Func<ForecastQuantiles, double> lower, Func<ForecastQuantiles, double> upper)
    {
        if (Future.Count == 0)
        {
            return "";
        }

        var top = Future.Select(point => point with { Rate = upper(point.Quantiles!) });
        var bottom = Future.Reverse().Select(point => point with { Rate = lower(point.Quantiles!) });
        return Line([.. top, .. bottom]) + "Z";
    }

    public string X(ChartPoint point) => Figures.Svg(Time.Place(point.At));

    public string Y(ChartPoint point) => Figures.Svg(Price.Place(point.Rate));

    private List<List<ChartPoint>> Runs()
    {
        List<List<ChartPoint>> runs = [];
        foreach (var point in Past)
        {
            if (runs.Count == 0 || point.At - runs[^1][^1].At > LongestBridge)
            {
                runs.Add([]);
            }

            runs[^1].Add(point);
        }

        return runs;
    }

    private string Line(IReadOnlyList<ChartPoint> points)
    {
        var path = new StringBuilder();
        foreach (var point in points)
        {
            path.Append(path.Length == 0 ? 'M' : 'L').Append(X(point)).Append(' ').Append(Y(point));
        }

        return path.ToString();
    }
}
