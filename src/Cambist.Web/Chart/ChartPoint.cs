using Cambist.Client;
using Cambist.Domain.Calendars;

namespace Cambist.Web.Chart;

/// <summary>A rate at an instant: recorded, or the middle of a forecast with its quantiles.</summary>
public sealed record ChartPoint(DateTimeOffset At, double Rate, ForecastQuantiles? Quantiles = null)
{
    private static readonly TimeSpan Bar = TimeSpan.FromHours(1);

    /// <summary>
    /// The closes of hourly bars at the hours' ends, and the open of a bar that follows a gap. Bars of the closed market are left out: some
    /// sources repeat the last rate through the weekend, and a flat line would look like trading.
    /// </summary>
    public static List<ChartPoint> Recorded(IEnumerable<RateBar> bars, DateTimeOffset? asOf)
    {
        List<ChartPoint> points = [];
        foreach (var bar in bars.Where(bar => FxWeek.IsOpen(bar.Time)))
        {
            if (points.Count == 0 || points[^1].At < bar.Time)
            {
                points.Add(new ChartPoint(bar.Time, (double)bar.Open));
            }

            points.Add(new ChartPoint(NotAfter(bar.Time + Bar, asOf), (double)bar.Close));
        }

        return points;
    }

    /// <summary>The forecast from its instant on: first the rate that it starts from, then one point a horizon.</summary>
    public static List<ChartPoint> Forecast(ForecastResponse forecast)
    {
        var spot = (double)forecast.Spot;
        var apex = new ChartPoint(forecast.AsOf, spot, new ForecastQuantiles(spot, spot, spot, spot, spot, spot, spot, spot, spot));
        return
        [
            apex,
            .. forecast.Horizons.Select(horizon =>
                new ChartPoint(forecast.AsOf.AddHours(horizon.HorizonHours), horizon.Quantiles.Q50, horizon.Quantiles)),
        ];
    }

    // The bar of the running hour ends after now.
    private static DateTimeOffset NotAfter(DateTimeOffset end, DateTimeOffset? asOf) => asOf < end ? asOf.Value : end;
}
