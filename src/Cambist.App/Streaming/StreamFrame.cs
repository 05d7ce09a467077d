using System.Buffers.Text;
using System.Diagnostics;
using System.Text;

namespace Cambist.App.Streaming;

/// <summary>How a message is numbered in a client's sequence.</summary>
internal enum Numbering
{
    /// <summary>It has no number.</summary>
    None,

    /// <summary>It tells the number of the last one that has its own.</summary>
    Last,

    /// <summary>It has the next number.</summary>
    Next,
}

/// <summary>A message, made once for all clients that get it: UTF-8 JSON, to which each client's sequence number is added while it is sent.</summary>
internal sealed class StreamFrame
{
    private const int LongestNumber = 20;
    private readonly byte[] _text;
    private readonly int _itemStart;

    private StreamFrame(byte[] text, int itemStart, Numbering numbering) => (_text, _itemStart, Numbering) = (text, itemStart, numbering);

    /// <summary>Its number.</summary>
    public Numbering Numbering { get; }

    /// <summary>When it was made. By the machine, whatever clock the market follows: it measures work.</summary>
    public long MadeAt { get; } = Stopwatch.GetTimestamp();

    /// <summary>The most bytes that it needs.</summary>
    public int Longest => _text.Length + SequenceName.Length + LongestNumber + 1;

    /// <summary>What it tells, without its type and without the braces.</summary>
    public ReadOnlySpan<byte> Item => _text.AsSpan(_itemStart);

    private static ReadOnlySpan<byte> SequenceName => ",\"sequence\":"u8;

    /// <summary>A change of a topic.</summary>
    /// <param name="type">The type of message.</param>
    /// <param name="members">The JSON members that it tells, without braces.</param>
    public static StreamFrame Change(string type, string members)
    {
        var head = $$"""{"type":"{{type}}",""";
        return new StreamFrame(Encoding.UTF8.GetBytes(head + members), Encoding.UTF8.GetByteCount(head), Numbering.Next);
    }

    /// <summary>Everything that is known of topics.</summary>
    /// <param name="name">The name of the list.</param>
    /// <param name="known">The newest change of each.</param>
    public static StreamFrame Snapshot(string name, IReadOnlyCollection<StreamFrame> known)
    {
        using var text = new MemoryStream(64 + known.Sum(frame => frame.Item.Length + 3));
        text.Write(Encoding.UTF8.GetBytes($$"""{"type":"snapshot","{{name}}":["""));
        var isFirst = true;
        foreach (var frame in known)
        {
            text.Write(isFirst ? "{"u8 : ",{"u8);
            text.Write(frame.Item);
            text.WriteByte((byte)'}');
            isFirst = false;
        }

        text.WriteByte((byte)']');
        return new StreamFrame(text.ToArray(), 0, Numbering.Next);
    }

    /// <summary>A message of another kind: a whole JSON object.</summary>
    public static StreamFrame Of(string json, Numbering numbering = Numbering.None) => new(Encoding.UTF8.GetBytes(json[..^1]), 0, numbering);

    /// <summary>Writes it with a client's number; the bytes written.</summary>
    public int Write(Span<byte> into, long sequence)
    {
        _text.CopyTo(into);
        var length = _text.Length;
        if (Numbering != Numbering.None)
        {
            SequenceName.CopyTo(into[length..]);
            length += SequenceName.Length;
            Utf8Formatter.TryFormat(sequence, into[length..], out var digits);
            length += digits;
        }

        into[length] = (byte)'}';
        return length + 1;
    }
}
