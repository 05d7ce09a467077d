using System.Globalization;
using System.IO.Compression;
using Cambist.Domain.Calendars;

namespace Cambist.Benchmarks;

/// <summary>Hourly bars of a seeded random walk with the layout of recorded files, for measuring speed and nothing else.</summary>
internal static class RandomWalkFile
{
    private const double HourlyVolatility = 0.001;

    public static void Write(string path, int rows, int seed)
    {
        var random = new Random(seed);
        var hour = FxWeek.OpenOf(new DateTimeOffset(2010, 1, 6, 0, 0, 0, TimeSpan.Zero));
        var price = 1.1;
        using var writer = new StreamWriter(new GZipStream(File.Create(path), CompressionLevel.Optimal));
        writer.WriteLine("time,open,high,low,close,volume,spread,src");
        for (var row = 0; row < rows; row++)
        {
            var open = price;
            price *= Math.Exp(HourlyVolatility * (random.NextDouble() - 0.5));
            var high = Math.Max(open, price) * (1 + HourlyVolatility * random.NextDouble());
            var low = Math.Min(open, price) * (1 - HourlyVolatility * random.NextDouble());
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{hour:yyyy-MM-dd'T'HH:mm:ss'Z'},{open:F5},{high:F5},{low:F5},{price:F5},{random.Next(10_000)},,S"));

            hour = hour.AddHours(1);
            if (!FxWeek.IsOpen(hour)) hour = FxWeek.NextOpen(hour);
        }
    }
}
