using System.Globalization;
using System.Text.Json;
using Cambist.Client;

namespace Cambist.App.Rates;

/// <summary>Latest rates as lines of text.</summary>
internal static class RatesText
{
    /// <summary>CSV with a header; a figure that is not known is an empty cell, and a source with a comma stands in quotation marks.</summary>
    public static void WriteCsv(TextWriter text, IReadOnlyList<LatestRate> rates)
    {
        text.Write("pair,rate,bid,ask,spread_bps,kind,source,effective_at,observed_at,age_seconds,stale,market,simulated\n");
        foreach (var rate in rates)
        {
            var source = rate.Source.Contains(',', StringComparison.Ordinal) ? $"\"{rate.Source}\"" : rate.Source;
            text.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{rate.Pair},{rate.Rate},{rate.Bid},{rate.Ask},{rate.SpreadBps},{rate.Kind},{source},{Zulu(rate.EffectiveAt)},{Zulu(rate.ObservedAt)},{rate.AgeSeconds},{Word(rate.Stale)},{rate.Market},{Word(rate.Simulated)}\n"));
        }
    }

    /// <summary>One JSON object a line.</summary>
    public static void WriteNdJson(TextWriter text, IReadOnlyList<LatestRate> rates)
    {
        foreach (var rate in rates)
        {
            text.Write(JsonSerializer.Serialize(rate, CambistJson.Wire.LatestRate));
            text.Write('\n');
        }
    }

    private static string Zulu(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    private static string Word(bool flag) => flag ? "true" : "false";
}
