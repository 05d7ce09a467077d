using System.Globalization;
using System.Text;
using System.Text.Json;
using Cambist.Client;
using Microsoft.AspNetCore.Http;

namespace Cambist.App.Rates.History;

/// <summary>Bars as lines of text.</summary>
public static class BarsText
{
    /// <summary>CSV with a header; a figure that is not known is an empty cell.</summary>
    public static void WriteCsv(TextWriter text, IReadOnlyList<RateBar> bars)
    {
        text.Write("time,open,high,low,close,source\n");
        foreach (var bar in bars)
        {
            text.Write(string.Create(
                CultureInfo.InvariantCulture, $"{bar.Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'},{bar.Open},{bar.High},{bar.Low},{bar.Close},{bar.Source}\n"));
        }
    }

    /// <summary>One JSON object a line.</summary>
    public static void WriteNdJson(TextWriter text, IReadOnlyList<RateBar> bars)
    {
        foreach (var bar in bars)
        {
            text.Write(JsonSerializer.Serialize(bar, CambistJson.Wire.RateBar));
            text.Write('\n');
        }
    }
}

/// <summary>Answers with lines of text as they are written.</summary>
internal sealed class BarStream(string contentType, Action<TextWriter> write) : IResult
{
    private const int LinesAtOnce = 64 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = contentType + "; charset=utf-8";
        // Lines are written synchronously into memory and sent on as bytes: thirty years of hours are about 15 MB.
        using var buffer = new MemoryStream();
        await using (var text = new StreamWriter(buffer, new UTF8Encoding(false), LinesAtOnce, leaveOpen: true))
        {
            write(text);
        }

        buffer.Position = 0;
        await buffer.CopyToAsync(httpContext.Response.Body, httpContext.RequestAborted);
    }
}
