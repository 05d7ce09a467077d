using Cambist.Domain.Calendars;
using Cambist.Domain.Currencies;
using Cambist.Domain.Features;
using Cambist.Domain.Forecasting;
using Cambist.Domain.Tests.Forecasting;

namespace Cambist.Domain.Tests.Features;

/// <summary>Seeded hours with closes and ranges, whose volatility clusters as that of a market does.</summary>
internal static class SimulatedHours
{
    /// <summary>A Sunday open in winter, early enough for years of announcements.</summary>
    public static readonly DateTimeOffset Start = FxWeek.OpenOf(new DateTimeOffset(2014, 1, 8, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Student-t returns of 0.1 % an hour times a volatility whose logarithm wanders (half-life four days, spread 0.35), twice as lively by day.</summary>
    public static HourlySeries Clustered(int seed, int weeks, CurrencyPair? pair = null)
    {
        var random = new Random(seed);
        var hours = Walks.OpenHours(Start, weeks);
        var (closes, ranges) = (new double[hours.Length], new double[hours.Length]);
        var (logClose, logVolatility) = (Math.Log(1.1), 0.0);
        for (var i = 0; i < hours.Length; i++)
        {
            logVolatility = 0.9928 * logVolatility + 0.042 * Walks.Normal(random);
            var volatility = 0.001 * Math.Exp(logVolatility) * (i % 24 is >= 10 and < 20 ? 1.4 : 0.7);
            var step = volatility * Math.Sqrt(0.6) * Walks.StudentT(random, 5);
            logClose += step;
            (closes[i], ranges[i]) = (Math.Exp(logClose), Math.Max(Math.Abs(step), volatility * (1.1 + random.NextDouble())));
        }

        return new HourlySeries(pair ?? Walks.EurUsd, hours, closes, ranges);
    }

    /// <summary>Without the bars at the places for which it is so.</summary>
    public static HourlySeries Without(this HourlySeries series, Func<int, bool> missing)
    {
        var kept = Enumerable.Range(0, series.Count).Where(i => !missing(i)).ToArray();
        return new HourlySeries(
            series.Pair,
            kept.Select(i => series.CloseHours[i]).ToArray(),
            kept.Select(i => series.Closes[i]).ToArray(),
            kept.Select(i => series.LogRanges[i]).ToArray());
    }

    /// <summary>From log closes, one in each hour of the market from the Sunday of <see cref="Walks"/>.</summary>
    public static HourlySeries Of(IReadOnlyList<double> logCloses, IReadOnlyList<double>? ranges = null) => new(
        Walks.EurUsd,
        Walks.OpenHours(Walks.Sunday, (logCloses.Count + FxWeek.Hours - 1) / FxWeek.Hours).AsMemory(0, logCloses.Count),
        logCloses.Select(Math.Exp).ToArray(),
        ranges is null ? default(ReadOnlyMemory<double>?) : ranges.ToArray());

    public static VarianceTrack Track(HourlySeries series, AnnouncedHours? announced = null) => VarianceTrack.Of(HourlyPath.Of(series), announced ?? AnnouncedHours.None);
}
