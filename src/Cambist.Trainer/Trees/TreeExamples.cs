using Cambist.Domain.Features;
using Cambist.Domain.Forecasting.Models;

namespace Cambist.Trainer.Trees;

/// <summary>
/// The examples of a span: an hour's inputs at a horizon and the return that came. They are read from the files a block at a time, each time they are wanted, in the same order.
/// </summary>
/// <param name="files">The files of the pairs.</param>
/// <param name="span">Where hours and outcomes lie.</param>
/// <param name="every">Every how many hours one is read.</param>
/// <param name="horizons">How many of an hour's 24 horizons are read, drawn anew for each hour and spread over all.</param>
/// <param name="seed">Seed of the draws.</param>
internal sealed class TreeExamples(IReadOnlyList<FeatureFile> files, HourSpan span, int every, int horizons, int seed)
{
    private const int BlockRows = 1024;
    private const double HorizonPower = 1.5;

    /// <summary>Inputs of an example.</summary>
    public static int Width => TreeInputs.Names.Count;

    /// <summary>The returns of all examples, and at which horizon (from 0) each is.</summary>
    public (float[] Returns, byte[] Horizons) Outcomes()
    {
        var (returns, at) = (new List<float>(), new List<byte>());
        for (var pair = 0; pair < files.Count; pair++)
        {
            foreach (var (row, horizon) in Of(pair))
            {
                returns.Add(files[pair].Targets(row, row + 1)[horizon]);
                at.Add((byte)horizon);
            }
        }

        return ([.. returns], [.. at]);
    }

    /// <summary>The inputs of every so-many-th example, some thousand examples at a time; what is given is overwritten by the next.</summary>
    public IEnumerable<ReadOnlyMemory<float>> Inputs(int step = 1)
    {
        var hour = new float[ReturnTargets.Horizons * Width];
        var block = new float[BlockRows * Width];
        int filled = 0, example = 0;
        for (var pair = 0; pair < files.Count; pair++)
        {
            FeatureTable? table = null;
            int start = 0, end = 0, known = -1;
            foreach (var (row, horizon) in Of(pair))
            {
                if (example++ % step != 0)
                    continue;

                if (row >= end)
                {
                    (start, end) = (Math.Max(0, row - TreeInputs.Lookback), Math.Min(files[pair].Rows, row + BlockRows));
                    table = new FeatureTable(FeatureSet.Names, files[pair].Features(start, end).ToArray());
                }

                if (row != known)
                    TreeInputs.Fill(table!, row - start, row - start + 1, hour);
                known = row;
                hour.AsSpan(horizon * Width, Width).CopyTo(block.AsSpan(filled * Width));
                if (++filled < BlockRows)
                    continue;

                yield return block;
                filled = 0;
            }
        }

        if (filled > 0)
            yield return block.AsMemory(0, filled * Width);
    }

    // Row and horizon of each example of a pair.
    private IEnumerable<(int Row, int Horizon)> Of(int pair)
    {
        var file = files[pair];
        var (from, to) = span.RowsOf(file);
        var random = new Random(seed * 1009 + pair);
        // The season is known after a week; and an interval that has no divisor in common with the week's 120 hours visits them all.
        for (var row = Math.Max(from, TreeInputs.Lookback) + pair % every; row < to; row += every)
        {
            foreach (var horizon in HorizonsOf(random.NextDouble()))
            {
                if (file.Hours[row] + horizon + 1 <= span.Until && float.IsFinite(file.Targets(row, row + 1)[horizon]))
                    yield return (row, horizon);
            }
        }
    }

    // Short horizons come more often than long ones, whose neighbours say the same: from one to the next matters most in the first hours.
    private IEnumerable<int> HorizonsOf(double draw) => horizons == ReturnTargets.Horizons
        ? Enumerable.Range(0, ReturnTargets.Horizons)
        : Enumerable.Range(0, horizons).Select(i => (int)(ReturnTargets.Horizons * Math.Pow((draw + (double)i / horizons) % 1, HorizonPower)));
}
