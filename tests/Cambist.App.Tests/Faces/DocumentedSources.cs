using System.Globalization;
using Cambist.Domain.Calendars;
using Cambist.TestKit;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Tests.Faces;

/// <summary>Answers of Kraken and Frankfurter of a documented shape (their own API documentation), with invented figures.</summary>
internal static class DocumentedSources
{
    public const string Ticker = "/0/public/Ticker";
    public const string Ohlc = "/0/public/OHLC";
    public const string Latest = "/v1/latest";

    public const string TickerAnswer = """
        {"error":[],"result":{"ZEURZUSD":{"a":["1.08453","12000","12000.000"],"b":["1.08446","8000","8000.000"],"c":["1.08450","250.00000000"],
         "v":["1204000.1","5120330.7"],"p":["1.08431","1.08390"],"t":[1203,5210],"l":["1.08201","1.08120"],"h":["1.08520","1.08533"],"o":"1.08210"},
         "EURCHF":{"a":["0.94010","1000","1000.000"],"b":["0.94000","500","500.000"],"c":["0.94005","25.00000000"],
         "v":["1000.1","5000.7"],"p":["0.94003","0.94001"],"t":[12,52],"l":["0.93900","0.93900"],"h":["0.94100","0.94100"],"o":"0.94000"}}}
        """;

    public const string LatestAnswer = """{"amount":1.0,"base":"EUR","date":"2026-03-17","rates":{"GBP":0.83652,"JPY":162.84,"SEK":11.02,"USD":1.0845}}""";

    /// <summary>The last 720 hours as Kraken's OHLC tells them, weekends and the unfinished hour included.</summary>
    public static string Bars(IQueryCollection query, DateTimeOffset now)
    {
        var hour = UnixHour.ToInstant(UnixHour.Floor(now));
        // About what the ticker says: history is what a first rate is compared with.
        var level = query["pair"].ToString() switch { "EURCHF" => 0.94, "USDCHF" => 0.8, _ => 1.08 };
        var rows = Enumerable.Range(0, 720).Select(index =>
        {
            var price = (level + 0.002 * Math.Sin(index * 0.7) + 0.0005 * (index * 37 % 11)).ToString("0.00000", CultureInfo.InvariantCulture);
            return $"[{hour.AddHours(index - 719).ToUnixTimeSeconds()},\"{price}\",\"{price}\",\"{price}\",\"{price}\",\"{price}\",\"80331.20000000\",143]";
        });
        return $"{{\"error\":[],\"result\":{{\"{(query["pair"] == "EURUSD" ? "ZEURZUSD" : query["pair"])}\":[{string.Join(',', rows)}],\"last\":{hour.AddHours(-1).ToUnixTimeSeconds()}}}}}";
    }

    /// <summary>Both services in good order, at one address.</summary>
    public static async Task<StandInServer> StartAsync(TimeProvider clock)
    {
        var server = await StandInServer.StartAsync();
        server.Answers(Ticker, TickerAnswer);
        server.Answers(Latest, LatestAnswer);
        server.Answers(Ohlc, query => Bars(query, clock.GetUtcNow()));
        return server;
    }

    /// <summary>Closed hours of the FX week among the last 720.</summary>
    public static int ClosedBars(DateTimeOffset now) =>
        Enumerable.Range(1, 719).Count(back => FxWeek.IsOpen(UnixHour.ToInstant(UnixHour.Floor(now)).AddHours(-back)));
}
