using System.Globalization;
using System.IO.Compression;
using Cambist.Domain.Calendars;
using Cambist.TestKit;

namespace Cambist.Domain.Tests;

/// <summary>An hourly bar of the shared market data: it begins at its hour.</summary>
internal readonly record struct RecordedBar(long Hour, double High, double Low, double Close);

/// <summary>Reads the shared hourly bars; the running test is skipped where they are absent.</summary>
internal static class RecordedBars
{
    public static List<RecordedBar> Of(string pair, DateTimeOffset from, DateTimeOffset until)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(SharedData.File($"fx/hourly/{pair}.csv.gz")), CompressionMode.Decompress));
        reader.ReadLine();
        var bars = new List<RecordedBar>();
        while (reader.ReadLine() is { } line)
        {
            var columns = line.Split(',');
            var start = DateTimeOffset.Parse(columns[0], CultureInfo.InvariantCulture);
            if (start >= from && start < until)
            {
                bars.Add(new RecordedBar(UnixHour.Floor(start), Number(columns[2]), Number(columns[3]), Number(columns[4])));
            }
        }

        return bars;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
