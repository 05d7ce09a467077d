using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Forecasting.Baselines;

namespace Cambist.Domain.Tests.Forecasting;

/// <summary>Seeded random walks on the hours of the FX week, and forecasts from them.</summary>
internal static class Walks
{
    /// <summary>A Sunday open in winter: 22:00 UTC.</summary>
    public static readonly DateTimeOffset Sunday = FxWeek.OpenOf(new DateTimeOffset(2020, 1, 8, 0, 0, 0, TimeSpan.Zero));

    public static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");

    /// <summary>The close hours of every open hour in whole weeks from a Sunday open.</summary>
    public static long[] OpenHours(DateTimeOffset from, int weeks) =>
    [
        .. Enumerable.Range(1, weeks * 168).Select(hour => UnixHour.Floor(from) + hour).Where(hour => FxWeek.IsOpen(UnixHour.ToInstant(hour - 1))),
    ];

    /// <summary>A walk whose hourly returns are Student-t of a volatility of 0.1 % times the root of a weight by hour of the week, 1 where none is given.</summary>
    public static HourlySeries Walk(int seed, int weeks, int degreesOfFreedom = 5, Func<int, double>? weightOfHour = null)
    {
        var random = new Random(seed);
        var hours = OpenHours(Sunday, weeks);
        var closes = new double[hours.Length];
        var scale = 0.001 * Math.Sqrt((degreesOfFreedom - 2.0) / degreesOfFreedom);
        for (int i = 0, hourOfWeek = 0; i < hours.Length; i++, hourOfWeek = (hourOfWeek + 1) % FxWeek.Hours)
        {
            var step = scale * Math.Sqrt(weightOfHour?.Invoke(hourOfWeek) ?? 1) * StudentT(random, degreesOfFreedom);
            closes[i] = (i == 0 ? 1.1 : closes[i - 1]) * Math.Exp(step);
        }

        return new HourlySeries(EurUsd, hours, closes);
    }

    /// <summary>A Student-t number: a normal one over the root of a mean of squared normal ones.</summary>
    public static double StudentT(Random random, int degreesOfFreedom)
    {
        var squares = 0.0;
        for (var i = 0; i < degreesOfFreedom; i++)
        {
            var normal = Normal(random);
            squares += normal * normal;
        }

        return Normal(random) / Math.Sqrt(squares / degreesOfFreedom);
    }

    // Box and Muller 1958.
    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static HourlySeries Of(IEnumerable<(long Hour, double Close)> bars)
    {
        var rising = bars.OrderBy(bar => bar.Hour).ToArray();
        return new HourlySeries(EurUsd, rising.Select(bar => bar.Hour).ToArray(), rising.Select(bar => bar.Close).ToArray());
    }

    public static IEnumerable<(long Hour, double Close)> Bars(this HourlySeries series) =>
        Enumerable.Range(0, series.Count).Select(i => (series.CloseHours[i], series.Closes[i]));

    /// <summary>The baseline's forecast from the last close that was known; the history must be long enough.</summary>
    public static Forecast Forecast(HourlySeries history, DateTimeOffset asOf) =>
        SeasonalEwma.Fit(history, asOf)!.Follow(history, asOf).Predict(asOf, history.Until(asOf).Closes[^1]);

    /// <summary>All published quantiles of the 24 horizons.</summary>
    public static double[] Quantiles(Forecast forecast) =>
    [
        .. from hours in Enumerable.Range(1, Domain.Forecasting.Forecast.LongestFittedHorizon)
           from level in RateDistribution.Levels
           select forecast.AfterHours(hours).Quantile(level),
    ];

    /// <summary>The same to the bit.</summary>
    public static long[] QuantileBits(Forecast forecast) => [.. Quantiles(forecast).Select(BitConverter.DoubleToInt64Bits)];
}
