using System.Text;
using System.Text.Json;

namespace Cambist.App.Rates.Feeds;

/// <summary>The words of a frame, for people: cut to a sensible length, and on one line.</summary>
internal static class FrameText
{
    private const int Longest = 120;

    /// <summary>The beginning of a frame.</summary>
    public static string Of(ReadOnlyMemory<byte> message) => Cut(Encoding.UTF8.GetString(message.Span[..Math.Min(message.Length, Longest + 1)]));

    /// <summary>The beginning of a text.</summary>
    public static string Cut(string text) => string.Concat((text.Length <= Longest ? text : text[..Longest] + "…").Select(letter => char.IsControl(letter) ? ' ' : letter));

    /// <summary>Whatever a frame of another shape than expected can cause.</summary>
    public static bool IsOfTheFrame(Exception fault) => fault
        is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException or OverflowException;
}
