using System.Globalization;
using System.IO.Compression;
using Cambist.Domain.Calendars;

namespace Cambist.TestKit;

/// <summary>Hourly files of a few pairs for tests without recorded market data: random walks from a fixed seed that trade through whole FX weeks.</summary>
public static class SeededHistory
{
    /// <summary>A forecast fits on 104 weeks before the week it is made in.</summary>
    public const int Weeks = 110;

    private const double HourlyVolatility = 0.0008;

    private static readonly (string Symbol, double Start)[] Pairs = [("EURUSD", 1.1), ("GBPUSD", 1.3), ("USDJPY", 140)];

    /// <summary>Writes EURUSD, GBPUSD and USDJPY as <c>.csv.gz</c>: every hour of the FX week that has ended by an instant.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="until">The last bar ends here or before.</param>
    /// <param name="weeks">Weeks of history.</param>
    public static void Write(string folder, DateTimeOffset until, int weeks = Weeks)
    {
        foreach (var (symbol, start) in Pairs)
        {
            WriteFile(Path.Combine(folder, $"{symbol}.csv.gz"), start, until.AddDays(-7 * weeks), until);
        }
    }

    /// <summary>Writes one file of a random walk, plain or (by its name) compressed.</summary>
    /// <returns>The number of bars.</returns>
    public static int WriteFile(string path, double start, DateTimeOffset from, DateTimeOffset until)
    {
        using var file = File.Create(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        using var text = new StreamWriter(stream);
        text.Write("time,open,high,low,close,volume,spread,src\n");
        var random = new Random(path.Length + (int)(start * 1000));
        var close = start;
        var bars = 0;
        for (var hour = new DateTimeOffset(from.Year, from.Month, from.Day, 0, 0, 0, TimeSpan.Zero); hour.AddHours(1) <= until; hour = hour.AddHours(1))
        {
            if (FxWeek.IsOpen(hour))
            {
                var open = close;
                close *= Math.Exp(HourlyVolatility * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 2);
                var (high, low) = (Math.Max(open, close) * 1.0002, Math.Min(open, close) * 0.9998);
                text.Write(string.Create(CultureInfo.InvariantCulture, $"{hour:yyyy-MM-dd'T'HH:mm:ss'Z'},{open:0.00000},{high:0.00000},{low:0.00000},{close:0.00000},,,seeded\n"));
                bars++;
            }
        }

        return bars;
    }
}
