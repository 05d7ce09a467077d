using Cambist.Domain.Forecasting.Models;
using Cambist.Trainer.Trees;

namespace Cambist.Trainer.Onnx;

/// <summary>
/// Trees as an ONNX model: input <c>inputs</c> [hours × 24, inputs], a row for each horizon of each hour; output <c>log_scale</c> [hours, 24]. The operator is TreeEnsembleRegressor of the
/// machine-learning set, in the version that all runtimes have.
/// </summary>
internal static class TreeExport
{
    /// <summary>The bytes of the file.</summary>
    public static byte[] Write(IReadOnlyList<Tree> trees, int width, string namesFingerprint)
    {
        var graph = new OnnxGraph();
        graph.Input("inputs", OnnxGraph.Float, "rows", width);
        graph.Output("log_scale", OnnxGraph.Float, "hours", ReturnTargets.Horizons);
        graph.Constant("hours_shape", [-1L, ReturnTargets.Horizons], 2);
        graph.Node("Reshape", [graph.LearningNode("TreeEnsembleRegressor", ["inputs"], new Nodes(trees).Attributes), "hours_shape"], "log_scale");
        return graph.ToBytes("cambist", [("cambist.family", "gbm"), ("cambist.features_sha256", namesFingerprint)]);
    }

    /// <summary>The largest float that is not above a threshold: floats are on the same side of both.</summary>
    internal static float NotAbove(double threshold)
    {
        var near = (float)threshold;
        return near > threshold ? MathF.BitDecrement(near) : near;
    }

    // The columns of the operator: a line for each split and each leaf.
    private sealed class Nodes
    {
        private readonly List<long> _tree = [], _id = [], _input = [], _yes = [], _no = [], _unknownIsYes = [], _leafTree = [], _leafId = [], _leafTarget = [];
        private readonly List<string> _mode = [];
        private readonly List<float> _threshold = [], _weight = [];

        public Nodes(IReadOnlyList<Tree> trees)
        {
            for (var tree = 0; tree < trees.Count; tree++)
            {
                var (splits, leaves) = (trees[tree].Splits, trees[tree].Leaves);
                long Id(int branch) => branch >= 0 ? branch : splits.Count + ~branch;
                for (var i = 0; i < splits.Count; i++)
                    Add(tree, i, "BRANCH_LEQ", splits[i].Input, NotAbove(splits[i].Threshold), Id(splits[i].Left), Id(splits[i].Right), splits[i].UnknownGoesLeft);
                for (var i = 0; i < leaves.Count; i++)
                {
                    Add(tree, splits.Count + i, "LEAF", 0, 0, 0, 0, false);
                    _leafTree.Add(tree);
                    _leafId.Add(splits.Count + i);
                    _leafTarget.Add(0);
                    _weight.Add((float)leaves[i]);
                }
            }
        }

        public (string Name, object Value)[] Attributes =>
        [
            ("n_targets", 1L), ("aggregate_function", "SUM"), ("post_transform", "NONE"),
            ("nodes_treeids", _tree.ToArray()), ("nodes_nodeids", _id.ToArray()), ("nodes_featureids", _input.ToArray()), ("nodes_modes", _mode.ToArray()), ("nodes_values", _threshold.ToArray()),
            ("nodes_truenodeids", _yes.ToArray()), ("nodes_falsenodeids", _no.ToArray()), ("nodes_missing_value_tracks_true", _unknownIsYes.ToArray()),
            ("target_treeids", _leafTree.ToArray()), ("target_nodeids", _leafId.ToArray()), ("target_ids", _leafTarget.ToArray()), ("target_weights", _weight.ToArray()),
        ];

        private void Add(long tree, long id, string mode, long input, float threshold, long yes, long no, bool unknownIsYes)
        {
            _tree.Add(tree);
            _id.Add(id);
            _mode.Add(mode);
            _input.Add(input);
            _threshold.Add(threshold);
            _yes.Add(yes);
            _no.Add(no);
            _unknownIsYes.Add(unknownIsYes ? 1 : 0);
        }
    }
}
