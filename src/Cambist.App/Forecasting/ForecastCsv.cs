using System.Globalization;
using Cambist.Domain.Forecasting;

namespace Cambist.App.Forecasting;

/// <summary>The file of <c>evaluate forecasts</c>: one row per as-of and horizon, prices in full precision.</summary>
public static class ForecastCsv
{
    public const string Header = "pair,as_of,horizon_hours,spot,mean,std,q025,q05,q10,q25,q50,q75,q90,q95,q975";

    /// <summary>Writes the 24 rows of a forecast.</summary>
    public static void Write(TextWriter csv, Forecast forecast)
    {
        for (var hours = 1; hours <= Forecast.LongestFittedHorizon; hours++)
        {
            var rate = forecast.AfterHours(hours);
            csv.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{forecast.Pair.Symbol},{forecast.AsOf.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'},{hours},{forecast.Spot},{rate.Mean},{rate.Std}"));
            foreach (var level in RateDistribution.Levels)
            {
                csv.Write(string.Create(CultureInfo.InvariantCulture, $",{rate.Quantile(level)}"));
            }

            csv.Write('\n');
        }
    }
}
