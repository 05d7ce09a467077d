using System.Text;
using Cambist.App.Rates.Feeds;
using Cambist.Domain.Currencies;
using Microsoft.Extensions.Time.Testing;

namespace Cambist.App.Tests.Rates.Feeds;

/// <summary>Frames of Kraken's websocket (v2) of a documented shape, with invented figures.</summary>
internal static class KrakenTold
{
    public const string Online = """{"channel":"status","type":"update","data":[{"version":"2.0.10","system":"online","api_version":"v2","connection_id":18125794168470749634,"upcoming_maintenance":[],"emergency":[]}]}""";
    public const string Heartbeat = """{"channel":"heartbeat"}""";
    public const string Subscribed = """{"method":"subscribe","result":{"channel":"ticker","snapshot":true,"symbol":"EUR/USD"},"success":true,"time_in":"2026-03-27T14:31:00.742599Z","time_out":"2026-03-27T14:31:00.742648Z","req_id":1}""";
    public const string Refused = """{"method":"subscribe","error":"Currency pair not supported AUD/JPY","success":false,"symbol":"AUD/JPY","time_in":"2026-03-27T14:31:00.742599Z","time_out":"2026-03-27T14:31:00.742648Z","req_id":1}""";
    public const string Flooded = """{"Error":"Exceeded msg rate"}""";
    public const string Malformed = """{"error":"Malformed request","method":"","success":false,"time_in":"2026-03-27T14:31:00.742599Z","time_out":"2026-03-27T14:31:00.742648Z"}""";

    public static readonly DateTimeOffset Now = new(2026, 3, 27, 14, 31, 3, TimeSpan.Zero);
    public static readonly CurrencyPair EurUsd = CurrencyPair.Parse("EUR/USD");
    public static readonly CurrencyPair AudJpy = CurrencyPair.Parse("AUD/JPY");

    /// <summary>A ticker with a member for its time, or without one.</summary>
    public static string Ticker(string bid = "1.08446", string ask = "1.08453", string time = ""","timestamp":"2026-03-27T14:31:02.123456789Z" """, string symbol = "EUR/USD", string type = "update") =>
        $$"""{"channel":"ticker","type":"{{type}}","data":[{"symbol":"{{symbol}}","bid":{{bid}},"bid_qty":8000.0,"ask":{{ask}},"ask_qty":12000.0,"last":1.08450,"volume":5120330.7,"vwap":1.0839,"low":1.0812,"high":1.08533,"change":0.0024,"change_pct":0.22{{time}}}]}""";

    public static string Status(string system, string upcoming = "") =>
        $$"""{"channel":"status","type":"update","data":[{"version":"2.0.10","system":"{{system}}","api_version":"v2","connection_id":18125794168470749634,"upcoming_maintenance":[{{upcoming}}],"emergency":[]}]}""";

    /// <summary>What a frame means to a listener of EUR/USD and AUD/JPY.</summary>
    public static FeedEvent Meaning(string frame) => new KrakenFrames([EurUsd, AudJpy], new FakeTimeProvider(Now)).Read(Encoding.UTF8.GetBytes(frame));
}
