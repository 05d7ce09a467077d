using System.Runtime.CompilerServices;

namespace Cambist.Domain.Features;

/// <summary>Features of direction and of the size of moves: returns over several spans, the relative strength index and the distance from a moving average.</summary>
internal static class ReturnFeatures
{
    private const int RsiHours = 14;
    private const int AverageHours = 20;

    // Beyond eight standard deviations a return says no more than "very large".
    private const double Limit = 8;

    // As in RangeRatios: what did not move at all has a logarithm too.
    private const double MoveFloor = 0.05;

    private static readonly (int Hours, int Return, int Move)[] Spans =
    [
        (1, FeatureSet.Column("return_1"), FeatureSet.Column("move_1")),
        (6, FeatureSet.Column("return_6"), FeatureSet.Column("move_6")),
        (24, FeatureSet.Column("return_24"), FeatureSet.Column("move_24")),
        (120, FeatureSet.Column("return_120"), -1),
    ];

    private static readonly int RsiColumn = FeatureSet.Column("rsi_14");
    private static readonly int AverageColumn = FeatureSet.Column("average_20");

    public static void Fill(FeatureBlock block)
    {
        Span<double> returns = stackalloc double[FeatureBlock.Most];
        returns = returns[..block.Rows];
        foreach (var (hours, column, move) in Spans)
        {
            var now = block.LogCloses(0);
            var before = block.LogCloses(hours);
            for (var i = 0; i < returns.Length; i++)
            {
                returns[i] = now[i] - before[i];
            }

            Standardise(block, hours, returns);
            SetClamped(block, column, returns);
            if (move >= 0)
            {
                for (var i = 0; i < returns.Length; i++)
                {
                    returns[i] = returns[i] * returns[i] + MoveFloor;
                }

                block.SetHalfLogs(move, returns);
            }
        }

        FillRsi(block);
        FillAverage(block);
    }

    // In units of the volatility that was expected of the hours behind.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Standardise(FeatureBlock block, int hours, Span<double> moves)
    {
        Span<double> variances = stackalloc double[FeatureBlock.Most];
        block.VarianceBehind(hours, variances[..moves.Length]);
        for (var i = 0; i < moves.Length; i++)
        {
            moves[i] /= Math.Sqrt(variances[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SetClamped(FeatureBlock block, int column, ReadOnlySpan<double> returns)
    {
        for (var i = 0; i < returns.Length; i++)
        {
            block.Set(column, i, (float)Math.Clamp(returns[i], -Limit, Limit));
        }
    }

    // Wilder 1978, with plain averages (Cutler): (ups − downs) / (ups + downs), from −1 to 1. That is the way made over the way walked.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillRsi(FeatureBlock block)
    {
        Span<double> walked = stackalloc double[FeatureBlock.Most];
        walked = walked[..block.Rows];
        walked.Clear();
        for (var back = RsiHours - 1; back >= 0; back--)
        {
            var now = block.LogCloses(back);
            var before = block.LogCloses(back + 1);
            for (var i = 0; i < walked.Length; i++)
            {
                walked[i] += Math.Abs(now[i] - before[i]);
            }
        }

        var end = block.LogCloses(0);
        var start = block.LogCloses(RsiHours);
        for (var i = 0; i < walked.Length; i++)
        {
            block.Set(RsiColumn, i, walked[i] > 0 ? (float)((end[i] - start[i]) / walked[i]) : 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillAverage(FeatureBlock block)
    {
        Span<double> distances = stackalloc double[FeatureBlock.Most];
        distances = distances[..block.Rows];
        distances.Clear();
        for (var back = AverageHours - 1; back >= 0; back--)
        {
            var closes = block.LogCloses(back);
            for (var i = 0; i < distances.Length; i++)
            {
                distances[i] += closes[i];
            }
        }

        var now = block.LogCloses(0);
        for (var i = 0; i < distances.Length; i++)
        {
            distances[i] = now[i] - distances[i] / AverageHours;
        }

        Standardise(block, AverageHours, distances);
        SetClamped(block, AverageColumn, distances);
    }
}
