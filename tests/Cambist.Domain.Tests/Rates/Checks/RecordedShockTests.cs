using System.Globalization;
using System.IO.Compression;
using Cambist.Domain.Rates;
using Cambist.TestKit;
using Xunit;

namespace Cambist.Domain.Tests.Rates.Checks;

/// <summary>
/// The large moves that really happened, hour by hour through their worst prices, told by two sources that are a few seconds and a basis point apart: everything is accepted
/// within a cycle. The same told by one source while the other stands still is not.
/// </summary>
public sealed class RecordedShockTests
{
    public static TheoryData<string, string, double> Shocks => new()
    {
        { "USDCHF", "2015-01-15T09:00:00Z", 0.15 },
        { "GBPUSD", "2016-06-24T00:00:00Z", 0.03 },
        { "GBPUSD", "2016-10-06T23:00:00Z", 0.05 },
        { "USDJPY", "2019-01-02T22:00:00Z", 0.02 },
        { "AUDJPY", "2019-01-02T22:00:00Z", 0.03 },
        { "EURJPY", "2017-04-23T21:00:00Z", 0.015 },
    };

    [Theory]
    [MemberData(nameof(Shocks))]
    public void Is_taken_within_one_cycle_where_two_sources_tell_it(string symbol, string at, double leastMove)
    {
        var shock = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);
        var market = new Market(symbol);
        var (largest, worst) = (0.0, TimeSpan.Zero);
        var before = 0m;
        DateTimeOffset? behindSince = null;
        foreach (var (instant, price) in Prices(symbol, shock.AddHours(-60), shock.AddHours(30)))
        {
            // The minutes before and after the recorded price: two cycles with it.
            for (var second = 0; second < 60; second += 30)
            {
                market.Now = instant.AddSeconds(second);
                market.Says(Market.A, price);
                market.Later(3).Says(Market.B, price * 1.0001m);
                var isBehind = Math.Abs((double)(market.Mid / price - 1)) > 0.0002;
                behindSince = isBehind ? behindSince ?? instant : null;
                worst = isBehind && market.Now - behindSince > worst ? market.Now - behindSince!.Value : worst;
            }

            largest = before == 0m ? 0 : Math.Max(largest, Math.Abs(Math.Log((double)(price / before))));
            before = price;
        }

        Assert.True(largest > leastMove, $"the largest step is {largest:P1}");
        Assert.True(worst <= Market.Cycle, $"the rate was {worst} behind");
    }

    [Theory]
    [MemberData(nameof(Shocks))]
    public void Is_not_taken_where_one_of_two_sources_tells_it(string symbol, string at, double leastMove)
    {
        var shock = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);
        var market = new Market(symbol);
        var prices = Prices(symbol, shock.AddHours(-60), shock.AddHours(6));
        foreach (var (instant, price) in prices.TakeWhile(one => one.At < shock))
        {
            market.Now = instant;
            market.Says(Market.A, price);
            market.Says(Market.B, price);
        }

        var calm = market.Mid;
        var furthest = prices.Where(one => one.At >= shock).MaxBy(one => Math.Abs(Math.Log((double)(one.Price / calm)))).Price;
        Assert.True(Math.Abs(Math.Log((double)(furthest / calm))) > leastMove);
        for (var cycle = 0; cycle < 10; cycle++)
        {
            market.Later(30);
            Assert.NotNull(market.Says(Market.A, furthest));
            Assert.Null(market.Says(Market.B, calm + cycle * 0.0001m));
            Assert.InRange(market.Mid, calm * 0.999m, calm * 1.002m);
        }
    }

    // Open, the two extremes in the order that leads to the close, and close, a quarter of an hour apart.
    private static List<(DateTimeOffset At, decimal Price)> Prices(string symbol, DateTimeOffset from, DateTimeOffset to)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(SharedData.File($"fx/hourly/{symbol}.csv.gz")), CompressionMode.Decompress));
        text.ReadLine();
        var prices = new List<(DateTimeOffset, decimal)>();
        while (text.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            var hour = DateTimeOffset.Parse(cells[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            if (hour >= from && hour < to)
            {
                var (open, high, low, close) = (decimal.Parse(cells[1]), decimal.Parse(cells[2]), decimal.Parse(cells[3]), decimal.Parse(cells[4]));
                prices.Add((hour.AddMinutes(1), open));
                prices.Add((hour.AddMinutes(16), close > open ? low : high));
                prices.Add((hour.AddMinutes(31), close > open ? high : low));
                prices.Add((hour.AddMinutes(46), close));
            }
        }

        return prices;
    }
}
