using System.Text.Json;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.Feeds;

/// <summary>What the frames of Kraken's websocket (v2) mean. Prices are JSON numbers and are read by their digits; a ticker is told whole each time.</summary>
internal sealed class KrakenFrames(IReadOnlyList<CurrencyPair> pairs, TimeProvider clock)
{
    private static readonly FeedEvent.Heartbeat Alive = new();
    private static readonly FeedEvent.Trading Trading = new();

    /// <summary>The meaning of one frame.</summary>
    /// <exception cref="SourceFaultException">Kraken says that it will not go on with this connection.</exception>
    public FeedEvent Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var frame = JsonDocument.Parse(message);
            return MeaningOf(frame.RootElement);
        }
        catch (Exception fault) when (FrameText.IsOfTheFrame(fault))
        {
            return new FeedEvent.Unreadable(FrameText.Of(message));
        }
    }

    private FeedEvent MeaningOf(JsonElement frame)
    {
        if (frame.TryGetProperty("channel", out var channel))
        {
            return channel.GetString() switch
            {
                "ticker" => new FeedEvent.Rates(SheetOf(frame.GetProperty("data"))),
                "status" => StatusOf(frame.GetProperty("data")),
                _ => Alive,
            };
        }

        // Told with a capital letter when messages come too fast.
        if (frame.TryGetProperty("Error", out var flood))
        {
            throw FaultOf(flood);
        }

        if (!frame.TryGetProperty("error", out var error))
        {
            return Alive;
        }

        return frame.TryGetProperty("symbol", out var symbol) ? new FeedEvent.PairRefused(symbol.GetString()!, FrameText.Cut(error.GetString()!)) : throw FaultOf(error);
    }

    private RateSheet SheetOf(JsonElement tickers)
    {
        var sheet = new RateSheet(KrakenFeed.About.Source, pairs, clock.GetUtcNow());
        foreach (var ticker in tickers.EnumerateArray())
        {
            if (ticker.GetProperty("symbol").GetString()!.Split('/') is [var from, var to])
            {
                Take(sheet, from, to, ticker);
            }
        }

        return sheet;
    }

    // Without a time it is of now. A time that cannot be read spoils the rate: taken for now it would look fresh.
    private static void Take(RateSheet sheet, string from, string to, JsonElement ticker)
    {
        ticker.TryGetProperty("bid", out var bid);
        ticker.TryGetProperty("ask", out var ask);
        if (!ticker.TryGetProperty("timestamp", out var time))
        {
            sheet.TwoSided(from, to, bid, ask, effectiveAt: null);
        }
        else if (Rfc3339.TryRead(time, out var effectiveAt))
        {
            sheet.TwoSided(from, to, bid, ask, effectiveAt.ToUniversalTime());
        }
        else
        {
            sheet.Mid(from, to, $"time {time.GetRawText()}", effectiveAt: null);
        }
    }

    private static FeedEvent StatusOf(JsonElement data)
    {
        if (data.GetArrayLength() == 0)
        {
            return Alive;
        }

        var system = data[0].GetProperty("system").GetString()!;
        if (system != "online")
        {
            return new FeedEvent.Maintenance(FrameText.Cut(system));
        }

        return data[0].TryGetProperty("upcoming_maintenance", out var upcoming) && upcoming.ValueKind == JsonValueKind.Array && upcoming.GetArrayLength() > 0
            ? new FeedEvent.Maintenance(FrameText.Cut($"announced: {upcoming[0].GetRawText()}"))
            : Trading;
    }

    private static SourceFaultException FaultOf(JsonElement error)
    {
        var told = FrameText.Cut(error.ToString());
        return new SourceFaultException(told.Contains("rate", StringComparison.OrdinalIgnoreCase) ? SourceFault.Throttled : SourceFault.Refused, $"Kraken answered with an error: {told}.");
    }
}
