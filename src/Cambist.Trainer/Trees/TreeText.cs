using System.Globalization;

namespace Cambist.Trainer.Trees;

/// <summary>A question of a tree: whether an input is at most a threshold, and where an unknown one goes. A branch below zero is the leaf ~branch.</summary>
internal readonly record struct Split(int Input, double Threshold, bool UnknownGoesLeft, int Left, int Right);

/// <summary>A tree; without a split it is its first leaf.</summary>
internal sealed record Tree(IReadOnlyList<Split> Splits, IReadOnlyList<double> Leaves);

/// <summary>Reads LightGBM's text format (version 4): lines of <c>name=values</c>, a block for each tree.</summary>
internal static class TreeText
{
    // Bits of decision_type.
    private const int Categorical = 1;
    private const int DefaultLeft = 2;
    private const int MissingShift = 2;
    private const int MissingIsNaN = 2;
    private const int MissingIsZero = 1;

    /// <exception cref="FormatException">A tree asks in a way that trees of ours do not.</exception>
    public static IReadOnlyList<Tree> Read(string text)
    {
        var trees = new List<Tree>();
        foreach (var block in text.Split("\nTree=").Skip(1))
        {
            var lines = block.Split('\n').TakeWhile(line => line.Length > 0).Select(line => line.Split('=', 2)).Where(line => line.Length == 2).ToDictionary(line => line[0], line => line[1]);
            trees.Add(new Tree(lines["num_leaves"] == "1" ? [] : [.. Splits(lines)], Reals(lines["leaf_value"])));
        }

        return trees;
    }

    private static IEnumerable<Split> Splits(Dictionary<string, string> lines)
    {
        int[] inputs = Wholes(lines["split_feature"]), kinds = Wholes(lines["decision_type"]), left = Wholes(lines["left_child"]), right = Wholes(lines["right_child"]);
        var thresholds = Reals(lines["threshold"]);
        for (var i = 0; i < inputs.Length; i++)
        {
            var missing = kinds[i] >> MissingShift;
            if ((kinds[i] & Categorical) != 0 || missing == MissingIsZero)
                throw new FormatException($"A split asks whether a number is at most another, found decision type {kinds[i]}.");

            // Where nothing was unknown in training, LightGBM takes what is unknown for zero.
            yield return new Split(inputs[i], thresholds[i], missing == MissingIsNaN ? (kinds[i] & DefaultLeft) != 0 : thresholds[i] >= 0, left[i], right[i]);
        }
    }

    private static int[] Wholes(string values) => [.. values.Split(' ').Select(value => int.Parse(value, CultureInfo.InvariantCulture))];

    private static double[] Reals(string values) => [.. values.Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
}
