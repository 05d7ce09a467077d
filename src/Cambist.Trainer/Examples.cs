using System.Runtime.InteropServices;
using Cambist.Domain.Calendars;
using Cambist.Domain.Forecasting.Models;
using TorchSharp;

namespace Cambist.Trainer;

/// <summary>Consecutive rows of a pair that are scored together, from a row on; the rows before them are read as a warm-up.</summary>
internal readonly record struct Chunk(int Pair, int From);

/// <summary>The hours of a span in which a row and its outcome lie.</summary>
internal sealed record HourSpan(long From, long Until)
{
    public static HourSpan Between(DateTimeOffset from, DateTimeOffset until) =>
        new((long)Math.Ceiling(FxWeek.MarketHours(from)), (long)Math.Floor(FxWeek.MarketHours(until)));

    /// <summary>The rows of a file that have an outcome inside.</summary>
    public (int From, int To) RowsOf(FeatureFile file)
    {
        if (file.Rows == 0)
            return (0, 0);

        var first = file.Hours[0];
        var from = (int)Math.Clamp(From - first, 0, file.Rows);
        var to = (int)Math.Clamp(Until - first, 0, file.Rows);
        return (from, Math.Max(from, to));
    }
}

/// <summary>Cuts the rows of a span into chunks and fills batches with them.</summary>
internal sealed class Examples(IReadOnlyList<FeatureFile> files, FeatureScaling scaling, HourSpan span, int warmUp, int chunkRows)
{
    /// <summary>Hours of all pairs that have an outcome inside the span.</summary>
    public long Rows => files.Sum(file => (long)(span.RowsOf(file).To - span.RowsOf(file).From));

    /// <summary>Every row of the span once, in chunks that start <paramref name="shift"/> rows before the span does.</summary>
    public List<Chunk> Chunks(Func<int> shift)
    {
        var chunks = new List<Chunk>();
        for (var pair = 0; pair < files.Count; pair++)
        {
            var (from, to) = span.RowsOf(files[pair]);
            if (from == to)
                continue;

            for (var start = from - shift(); start < to; start += chunkRows)
                chunks.Add(new Chunk(pair, start));
        }

        return chunks;
    }

    /// <summary>Fills scaled features [chunks, warm-up + rows, features], returns [chunks, rows, 24] and which of these count (1, else 0). All must be disposed.</summary>
    /// <returns>The batch, and how many hours of it count at some horizon.</returns>
    public (torch.Tensor Features, torch.Tensor Returns, torch.Tensor Counts, int Hours) Batch(ReadOnlySpan<Chunk> chunks)
    {
        int width = scaling.Mean.Length, steps = warmUp + chunkRows, hours = 0;
        var features = torch.zeros(chunks.Length, steps, width);
        var returns = torch.zeros(chunks.Length, chunkRows, ReturnTargets.Horizons);
        var counts = torch.zeros(chunks.Length, chunkRows, ReturnTargets.Horizons);
        Span<float> x = Values(features), z = Values(returns), mask = Values(counts);
        for (var i = 0; i < chunks.Length; i++)
        {
            var file = files[chunks[i].Pair];
            // Hours before the first and after the last row are missing: 0 after scaling, and not scored.
            int from = Math.Max(chunks[i].From - warmUp, 0), to = Math.Min(chunks[i].From + chunkRows, file.Rows);
            scaling.Scale(file.Features(from, to), x.Slice((i * steps + from - (chunks[i].From - warmUp)) * width, (to - from) * width));

            var (first, last) = span.RowsOf(file);
            for (var row = Math.Max(first, chunks[i].From); row < Math.Min(last, to); row++)
            {
                var at = (i * chunkRows + row - chunks[i].From) * ReturnTargets.Horizons;
                hours += Fill(file.Targets(row, row + 1), (int)Math.Min(span.Until - file.Hours[row], ReturnTargets.Horizons), z[at..], mask[at..]) ? 1 : 0;
            }
        }

        return (features, returns, counts, hours);
    }

    // Outcomes up to a horizon, as far as they are known.
    private static bool Fill(ReadOnlySpan<float> targets, int horizons, Span<float> returns, Span<float> counts)
    {
        var any = false;
        for (var h = 0; h < horizons; h++)
        {
            if (!float.IsFinite(targets[h]))
                continue;

            (returns[h], counts[h], any) = (targets[h], 1, true);
        }

        return any;
    }

    private static Span<float> Values(torch.Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
