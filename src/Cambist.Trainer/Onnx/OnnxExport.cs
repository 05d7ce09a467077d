using System.Runtime.InteropServices;
using Cambist.Domain.Forecasting.Models;
using TorchSharp;

namespace Cambist.Trainer.Onnx;

/// <summary>
/// The network as an ONNX model: raw features in, scaling inside. Inputs <c>features</c> [batch, hours, features] and <c>rows</c> (for how many of the last hours the
/// outlook is wanted); outputs <c>location</c> and <c>log_scale</c> [batch, rows, 24].
/// </summary>
internal sealed class OnnxExport
{
    private readonly OnnxGraph _graph = new();
    private readonly NetworkSettings _settings;
    private readonly Dictionary<string, (float[] Values, long[] Shape)> _weights;
    private readonly int _featureCount;

    private OnnxExport(VolatilityNetwork network, NetworkSettings settings, int featureCount)
    {
        (_settings, _featureCount) = (settings, featureCount);
        _weights = network.named_parameters().ToDictionary(
            part => part.name, part => (MemoryMarshal.Cast<byte, float>(part.parameter.bytes).ToArray(), part.parameter.shape));
    }

    /// <summary>The bytes of the file.</summary>
    public static byte[] Write(VolatilityNetwork network, NetworkSettings settings, FeatureScaling scaling, string namesFingerprint) =>
        new OnnxExport(network, settings, scaling.Mean.Length).Write(scaling, namesFingerprint);

    private byte[] Write(FeatureScaling scaling, string namesFingerprint)
    {
        _graph.Input("features", OnnxGraph.Float, "batch", "hours", _featureCount);
        _graph.Input("rows", OnnxGraph.Int64);
        _graph.Output("location", OnnxGraph.Float, "batch", "rows", ReturnTargets.Horizons);
        _graph.Output("log_scale", OnnxGraph.Float, "batch", "rows", ReturnTargets.Horizons);
        _graph.Constant("zero", [0f]);
        _graph.Constant("first_axis", [0L], 1);
        _graph.Constant("second_axis", [1L], 1);

        var scaled = Scaled(scaling);
        var hours = Node("Squeeze", Node("Slice", Node("Shape", "features"), "second_axis", _graph.Constant("third", [2L], 1)), "first_axis");
        var start = Node("Sub", hours, "rows");
        var startOne = Node("Unsqueeze", start, "first_axis");
        var hoursOne = Node("Unsqueeze", hours, "first_axis");
        string Last(string all) => Node("Slice", all, startOne, hoursOne, "second_axis");

        var raw = Linear("skip", Last(scaled));
        var states = Recurrent(scaled);
        var found = Last(states);
        if (_settings.Heads > 0)
            found = Node("Add", Attention(states, found, hours, start), found);
        raw = Node("Add", raw, Linear("scale", found));
        if (_settings.Location)
            Bounded(Linear("middle", found), "location_bound", _settings.LocationBound, "location");
        var scale = Bounded(raw, "log_scale_bound", _settings.LogScaleBound, "log_scale");
        if (!_settings.Location)
            _graph.Node("Sub", [scale, scale], "location");
        return _graph.ToBytes("cambist", [("cambist.family", "lstm"), ("cambist.features_sha256", namesFingerprint)]);
    }

    private string Scaled(FeatureScaling scaling)
    {
        var distance = Node("Sub", "features", _graph.Constant("mean", scaling.Mean, _featureCount));
        var scaled = Node("Div", distance, _graph.Constant("deviation", scaling.Deviation, _featureCount));
        var cut = Node("Clip", scaled, _graph.Constant("lowest", [-FeatureScaling.Bound]), _graph.Constant("highest", [FeatureScaling.Bound]));
        return Node("Where", Node("IsNaN", scaled), "zero", cut);
    }

    // ONNX wants [hours, batch, features] and gives [hours, 1, batch, hidden].
    private string Recurrent(string scaled)
    {
        var states = _graph.Node("Transpose", [scaled], ("perm", new long[] { 1, 0, 2 }));
        for (var layer = 0; layer < _settings.Layers; layer++)
        {
            var (input, width) = Gates($"lstm.weight_ih_l{layer}");
            var (recurrent, _) = Gates($"lstm.weight_hh_l{layer}");
            float[] bias = [.. Gates($"lstm.bias_ih_l{layer}").Values, .. Gates($"lstm.bias_hh_l{layer}").Values];
            long gates = 4 * _settings.Hidden;
            var all = _graph.Node(
                "LSTM",
                [
                    states,
                    _graph.Constant($"lstm_input_{layer}", input, 1, gates, width),
                    _graph.Constant($"lstm_recurrent_{layer}", recurrent, 1, gates, _settings.Hidden),
                    _graph.Constant($"lstm_bias_{layer}", bias, 1, 2 * gates),
                ],
                ("hidden_size", (long)_settings.Hidden));
            states = Node("Squeeze", all, "second_axis");
        }

        return _graph.Node("Transpose", [states], ("perm", new long[] { 1, 0, 2 }));
    }

    // PyTorch stacks the gates as input, forget, cell, output; ONNX as input, output, forget, cell.
    private (float[] Values, long Width) Gates(string name)
    {
        var (values, shape) = _weights[name];
        var gate = values.Length / 4;
        return ([.. values[..gate], .. values[(3 * gate)..], .. values[gate..(3 * gate)]], shape.Length > 1 ? shape[1] : 1);
    }

    private string Attention(string states, string last, string hours, string start)
    {
        long width = _settings.Hidden / _settings.Heads;
        _graph.Constant("heads_shape", [0L, 0, _settings.Heads, width], 4);
        string Split(string name, string from, params long[] order) =>
            _graph.Node("Transpose", [Node("Reshape", Linear(name, from), "heads_shape")], ("perm", order));

        // Heads first; keys lie on their side, so that the product is [batch, heads, rows, hours].
        var product = Node("MatMul", Split("query", last, 0, 2, 1, 3), Split("key", states, 0, 2, 3, 1));
        var scores = Node("Mul", product, _graph.Constant("attention_scale", [(float)(1 / Math.Sqrt(width))]));

        // An hour is seen that lies 0 .. window − 1 hours back.
        _graph.Constant("no_hours", [0L]);
        _graph.Constant("one_hour", [1L]);
        var rowHours = Node("Unsqueeze", Node("Range", start, hours, "one_hour"), "second_axis");
        var back = Node("Sub", rowHours, Node("Range", "no_hours", hours, "one_hour"));
        var seen = Node("And", Node("GreaterOrEqual", back, "no_hours"), Node("Less", back, _graph.Constant("window", [(long)_settings.Window])));
        var masked = Node("Where", seen, scores, _graph.Constant("unseen", [float.NegativeInfinity]));

        var mixed = Node("MatMul", _graph.Node("Softmax", [masked], ("axis", -1L)), Split("value", states, 0, 2, 1, 3));
        var joined = _graph.Node("Transpose", [mixed], ("perm", new long[] { 0, 2, 1, 3 }));
        return Linear("mix", Node("Reshape", joined, _graph.Constant("joined_shape", [0L, 0, _settings.Hidden], 3)));
    }

    private string Linear(string name, string from)
    {
        var (values, shape) = _weights[name + ".weight"];
        long rows = shape[0], columns = shape[1];
        var turned = new float[values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                turned[column * rows + row] = values[row * columns + column];
        }

        var product = Node("MatMul", from, _graph.Constant(name + "_weight", turned, columns, rows));
        return _weights.ContainsKey(name + ".bias") ? Node("Add", product, Weight(name + ".bias")) : product;
    }

    private string Bounded(string raw, string name, double bound, string output)
    {
        _graph.Constant(name, [(float)bound]);
        return _graph.Node("Mul", [Node("Tanh", Node("Div", raw, name)), name], output);
    }

    private string Weight(string name) => _graph.Constant(name, _weights[name].Values, _weights[name].Shape);

    private string Node(string type, params string[] inputs) => _graph.Node(type, inputs);
}
