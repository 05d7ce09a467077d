using Cambist.Domain.Forecasting.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Cambist.Trainer;

/// <summary>
/// Reads scaled features of consecutive hours [batch, hours, features] and says for each of the last hours where the middle of the coming returns lies and how wide
/// they spread, both against the baseline, for the horizons of 1..24 hours: an LSTM, attention over its last week, and a straight line beside them. All last layers
/// start at zero, so an untrained network is the baseline.
/// </summary>
internal sealed class VolatilityNetwork : nn.Module
{
    private readonly NetworkSettings _settings;
    private readonly Dropout? _inputDropout;
    private readonly Dropout? _dropout;
    private readonly LSTM _lstm;
    private readonly Linear? _query;
    private readonly Linear? _key;
    private readonly Linear? _value;
    private readonly Linear? _mix;
    private readonly Linear _scale;
    private readonly Linear? _middle;
    private readonly Linear _skip;
    private readonly Parameter _tails;

    public VolatilityNetwork(NetworkSettings settings, int featureCount)
        : base(nameof(VolatilityNetwork))
    {
        _settings = settings;
        if (settings.InputDropout > 0)
            _inputDropout = nn.Dropout(settings.InputDropout);
        if (settings.Dropout > 0)
            _dropout = nn.Dropout(settings.Dropout);
        // Dropout between the layers of the LSTM only where there are layers to stand between.
        _lstm = nn.LSTM(featureCount, settings.Hidden, settings.Layers, batchFirst: true, dropout: settings.Layers > 1 ? settings.Dropout : 0);
        if (settings.Heads > 0)
        {
            (_query, _key, _value, _mix) = (Square(), Square(), Square(), Square());
            Linear Square() => nn.Linear(settings.Hidden, settings.Hidden);
        }

        _scale = Zero(settings.Hidden, hasBias: true);
        if (settings.Location)
            _middle = Zero(settings.Hidden, hasBias: true);
        // Its bias is the scale's.
        _skip = Zero(featureCount, hasBias: false);

        // ν = 2 + softplus(t), so t = ln(e^(ν − 2) − 1).
        _tails = new Parameter(full(ReturnTargets.Horizons, (float)Math.Log(Math.Exp(settings.DegreesOfFreedom - 2) - 1)));
        Register();
    }

    /// <summary>Degrees of freedom of the returns at each horizon; above 2, so that they have a variance.</summary>
    public Tensor DegreesOfFreedom => F.softplus(_tails) + 2;

    /// <summary>Number of weights that a forecast uses.</summary>
    public long Size => parameters().Sum(parameter => parameter.NumberOfElements) - ReturnTargets.Horizons;

    /// <summary>Location and logarithm of the scale at the last <paramref name="rows"/> hours, each [batch, rows, 24]. Location is null where it is not learned.</summary>
    public (Tensor? Location, Tensor LogScale) Outlook(Tensor scaled, long rows)
    {
        var input = _inputDropout is null ? scaled : _inputDropout.call(scaled);
        var raw = _skip.call(Last(input, rows));
        var (states, _, _) = _lstm.call(input);
        var last = Last(states, rows);
        var found = last;
        if (_query is not null)
        {
            found = _mix!.call(Attention(states, last));
            if (_dropout is not null)
                found = _dropout.call(found);
            found = found + last;
        }

        raw = raw + _scale.call(found);
        var location = _middle is null ? null : Bounded(_middle.call(found), _settings.LocationBound);
        return (location, Bounded(raw, _settings.LogScaleBound));
    }

    // The exporter and the checkpoint know the parts by these names.
    private void Register()
    {
        (string Name, nn.Module? Part)[] parts =
        [
            ("lstm", _lstm), ("query", _query), ("key", _key), ("value", _value), ("mix", _mix), ("scale", _scale), ("middle", _middle), ("skip", _skip),
            ("input_dropout", _inputDropout), ("dropout", _dropout),
        ];
        foreach (var (name, part) in parts)
        {
            if (part is not null)
                register_module(name, part);
        }

        register_parameter("tails", _tails);
    }

    private static Tensor Last(Tensor all, long rows) => all.narrow(1, all.shape[1] - rows, rows);

    private static Tensor Bounded(Tensor raw, double bound) => (raw / bound).tanh() * bound;

    private static Linear Zero(int from, bool hasBias)
    {
        var layer = nn.Linear(from, ReturnTargets.Horizons, hasBias);
        nn.init.zeros_(layer.weight);
        if (hasBias)
            nn.init.zeros_(layer.bias);
        return layer;
    }

    // Each hour looks back over one window. Hours are taken a window at a time, each against its own window and the one before it: the work grows with the hours,
    // where the whole matrix would grow with their square.
    private Tensor Attention(Tensor states, Tensor last)
    {
        long rows = last.shape[1], all = states.shape[1], window = _settings.Window;
        Tensor queries = Split(_query!.call(last)), keys = Split(_key!.call(states)), values = Split(_value!.call(states));
        var blocks = new List<Tensor>();
        for (long start = 0; start < rows; start += window)
        {
            var count = Math.Min(window, rows - start);
            var end = all - rows + start + count;
            var first = Math.Max(0, end - count - window + 1);
            using var back = arange(end - count, end).unsqueeze(1) - arange(first, end).unsqueeze(0);
            var seen = (back >= 0).logical_and(back < window);
            blocks.Add(F.scaled_dot_product_attention(
                queries.narrow(2, start, count), keys.narrow(2, first, end - first), values.narrow(2, first, end - first), seen));
        }

        return cat(blocks, 2).transpose(1, 2).reshape(last.shape);
    }

    // [batch, hours, width] to [batch, heads, hours, width of a head].
    private Tensor Split(Tensor wide) =>
        wide.view(wide.shape[0], wide.shape[1], _settings.Heads, _settings.Hidden / _settings.Heads).transpose(1, 2);
}
