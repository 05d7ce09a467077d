using System.Text.Json;
using Cambist.App.Rates.Sources;
using Cambist.Domain.Currencies;

namespace Cambist.App.Rates.Feeds;

/// <summary>What the frames of Twelve Data's websocket mean. Bid and ask are told for some pairs only; the others have a mid price.</summary>
internal sealed class TwelveDataFrames(IReadOnlyList<CurrencyPair> pairs, TimeProvider clock)
{
    private static readonly FeedEvent.Heartbeat Alive = new();

    /// <summary>The meanings of one frame; a subscription may refuse several pairs at once.</summary>
    /// <exception cref="SourceFaultException">Twelve Data says that it will not go on with this connection.</exception>
    public IReadOnlyList<FeedEvent> Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var frame = JsonDocument.Parse(message);
            return MeaningOf(frame.RootElement);
        }
        catch (Exception fault) when (FrameText.IsOfTheFrame(fault))
        {
            return [new FeedEvent.Unreadable(FrameText.Of(message))];
        }
    }

    private IReadOnlyList<FeedEvent> MeaningOf(JsonElement frame)
    {
        if (!frame.TryGetProperty("event", out var told))
        {
            return frame.TryGetProperty("code", out var code) ? throw FaultOf(code) : [Alive];
        }

        return told.GetString() switch
        {
            "price" => [new FeedEvent.Rates(SheetOf(frame))],
            "subscribe-status" => [Alive, .. Refusals(frame)],
            _ => [Alive],
        };
    }

    private RateSheet SheetOf(JsonElement frame)
    {
        var sheet = new RateSheet(TwelveDataFeed.About.Source, pairs, clock.GetUtcNow());
        if (frame.GetProperty("symbol").GetString()!.Split('/') is not [var from, var to])
        {
            return sheet;
        }

        DateTimeOffset? effectiveAt = frame.TryGetProperty("timestamp", out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds.GetInt64()) : null;
        if (frame.TryGetProperty("bid", out var bid) && frame.TryGetProperty("ask", out var ask) && bid.ValueKind != JsonValueKind.Null && ask.ValueKind != JsonValueKind.Null)
        {
            sheet.TwoSided(from, to, bid, ask, effectiveAt);
        }
        else
        {
            sheet.Mid(from, to, frame.GetProperty("price"), effectiveAt);
        }

        return sheet;
    }

    // No list where nothing failed; the members are objects, or the bare symbols.
    private static IEnumerable<FeedEvent> Refusals(JsonElement frame) =>
        frame.TryGetProperty("fails", out var fails) && fails.ValueKind == JsonValueKind.Array
            ? fails.EnumerateArray().Select(fail => new FeedEvent.PairRefused(
                FrameText.Cut(fail.ValueKind == JsonValueKind.Object ? fail.GetProperty("symbol").ToString() : fail.ToString()),
                "Twelve Data does not stream it to this key"))
            : [];

    private static SourceFaultException FaultOf(JsonElement code)
    {
        var kind = code.GetInt32() switch
        {
            401 => SourceFault.KeyRefused,
            403 => SourceFault.NotInPlan,
            429 => SourceFault.Throttled,
            >= 400 and < 500 => SourceFault.Refused,
            _ => SourceFault.Unavailable,
        };
        // Its words may repeat the key.
        return new SourceFaultException(kind, $"Twelve Data answered with error {code.GetInt32()}.");
    }
}
