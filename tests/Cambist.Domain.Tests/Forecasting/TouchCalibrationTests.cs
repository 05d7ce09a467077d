using System.Globalization;
using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Forecasting.Baselines;
using Xunit;

namespace Cambist.Domain.Tests.Forecasting;

/// <summary>How often targets were touched in the recorded market, against how often they were said to be: the procedure of docs/forecasts.md, "Chance of a target".</summary>
public sealed class TouchCalibrationTests
{
    // Tails of a normal distribution at 0.25, 0.5 … 3 standard deviations: the chances to end beyond the targets of the grid.
    private static readonly double[] Tails =
        [0.401294, 0.308538, 0.226627, 0.158655, 0.105650, 0.066807, 0.040059, 0.022750, 0.012224, 0.006210, 0.002980, 0.001350];

    [Theory]
    [InlineData("EURUSD", 1, 1.2)]
    [InlineData("EURUSD", 7, 1.2)]
    [InlineData("GBPUSD", 1, 1.2)]
    [InlineData("GBPUSD", 7, 1.2)]
    public void Targets_were_touched_about_as_often_as_the_baseline_said(string pair, int days, double atMostPoints)
    {
        DateTimeOffset from = Instant("2017-01-01"), until = Instant("2018-07-01");
        var bars = RecordedBars.Of(pair, from.AddDays(-7 * SeasonalEwma.FitWeeks), until.AddDays(days));
        var error = CalibrationError(CurrencyPair.Parse($"{pair[..3]}/{pair[3..]}"), bars, from, until, TimeSpan.FromDays(days), everyHours: days > 1 ? 24 : 6);

        Assert.True(error < atMostPoints, $"the error was {error:F2} points");
    }

    /// <summary>Mean over the grid of |said − touched| in points, both sides pooled.</summary>
    private static double CalibrationError(CurrencyPair pair, List<RecordedBar> bars, DateTimeOffset from, DateTimeOffset until, TimeSpan wait, int everyHours)
    {
        var series = new HourlySeries(pair, bars.Select(bar => bar.Hour + 1).ToArray(), bars.Select(bar => bar.Close).ToArray());
        var said = new double[Tails.Length];
        var touched = new double[Tails.Length];
        var asked = 0;
        SeasonalEwma? fit = null;
        for (var i = 0; i < bars.Count; i++)
        {
            var asOf = UnixHour.ToInstant(series.CloseHours[i]);
            if (asOf < from || asOf >= until || series.CloseHours[i] % everyHours != 0 || !FxWeek.IsOpen(asOf))
            {
                continue;
            }

            fit = fit?.FittedUntil == FxWeek.OpenOf(asOf) ? fit : SeasonalEwma.Fit(series, asOf);
            var forecast = fit!.Follow(series, asOf).Predict(asOf, bars[i].Close);
            var end = forecast.At(asOf + wait);
            if (end.Volatility <= 0)
            {
                continue;
            }

            asked += 2;
            var ahead = bars.Skip(i + 1).TakeWhile(bar => UnixHour.ToInstant(bar.Hour + 1) <= asOf + wait).ToList();
            double high = ahead.Max(bar => bar.High), low = ahead.Min(bar => bar.Low);
            for (var k = 0; k < Tails.Length; k++)
            {
                var ratio = Math.Exp(-end.Volatility * end.Shape.Quantile(Tails[k]));
                said[k] += TouchProbability.Of(forecast, forecast.Spot * ratio, asOf + wait) + TouchProbability.Of(forecast, forecast.Spot / ratio, asOf + wait);
                touched[k] += (high >= forecast.Spot * ratio ? 1 : 0) + (low <= forecast.Spot / ratio ? 1 : 0);
            }
        }

        return 100 * said.Zip(touched, (p, f) => Math.Abs(p - f)).Average() / asked;
    }

    private static DateTimeOffset Instant(string date) => DateTimeOffset.Parse(date + "T00:00:00Z", CultureInfo.InvariantCulture);
}
