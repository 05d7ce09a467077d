using Cambist.Trainer.Onnx;
using TorchSharp;
using Xunit;

namespace Cambist.Trainer.Tests;

public sealed class NetworkTests
{
    private const int Width = 3;

    public static TheoryData<string> Kinds => new(Settings.Keys);

    private static Dictionary<string, NetworkSettings> Settings { get; } = new()
    {
        ["shipped parts"] = new NetworkSettings(Hidden: 8, Heads: 2, Window: 12),
        ["all parts"] = new NetworkSettings(Layers: 3, Hidden: 12, Heads: 4, Window: 12, Location: true, Dropout: 0.2, InputDropout: 0.1),
        ["no attention"] = new NetworkSettings(Hidden: 8, Heads: 0, Window: 12),
        ["documented size"] = new NetworkSettings(Layers: 3, Hidden: 128, Heads: 8, Window: 168, Location: true),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_written_says_what_the_network_says(string kind)
    {
        Torch.Require();
        using var network = Random(Settings[kind]);

        var onnx = OnnxExport.Write(network, Settings[kind], Scaling, "");

        Assert.InRange(OnnxParity.LargestDifference(onnx, network, Scaling, Settings[kind].Window, seed: 3), 0, Parity.Tolerance);
    }

    [Fact]
    public void Another_networks_file_does_not_pass_for_it()
    {
        Torch.Require();
        var settings = Settings["shipped parts"];
        using var network = Random(settings);
        var onnx = OnnxExport.Write(network, settings, Scaling, "");
        var weights = new FlatWeights(network);
        weights.Write([.. weights.Read().Select(weight => weight * 1.01f)]);

        Assert.True(OnnxParity.LargestDifference(onnx, network, Scaling, settings.Window, seed: 3) > Parity.Tolerance);
    }

    [Fact]
    public void An_answer_that_is_no_number_or_missing_is_infinitely_far()
    {
        Assert.Equal(0.5, Parity.Furthest([1, 2.5f], [1, 2.0]));
        Assert.Equal(double.PositiveInfinity, Parity.Furthest([float.NaN, 1], [0, 1.0]));
        Assert.Equal(double.PositiveInfinity, Parity.Furthest([1], [1, 1.0]));
        Assert.Throws<ParityException>(() => Parity.Require(double.NaN));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_untrained_network_is_the_baseline(string kind)
    {
        Torch.Require();
        using var network = new VolatilityNetwork(Settings[kind], Width);
        network.eval();

        var (location, logScale) = network.Outlook(torch.randn(2, 40, Width), 20);

        Assert.Equal([2L, 20, 24], logScale.shape);
        Assert.Equal(0, logScale.abs().max().item<float>());
        Assert.Equal(Settings[kind].Location, location is not null);
        Assert.Equal(0, location?.abs().max().item<float>() ?? 0);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_later_hour_changes_nothing_before_it(string kind)
    {
        Torch.Require();
        using var network = Random(Settings[kind]);
        network.eval();
        using var input = torch.randn(1, 60, Width);
        using var other = input.clone();
        other[0, 45] += 1;

        var before = network.Outlook(input, 50).LogScale[0];
        var after = network.Outlook(other, 50).LogScale[0];

        // The 50 last of 60 hours begin with hour 10, so hour 45 is row 35.
        Assert.Equal(0, (before - after).narrow(0, 0, 35).abs().max().item<float>());
        Assert.NotEqual(0, (before - after)[35].abs().max().item<float>());
    }

    [Fact]
    public void Attention_reaches_over_its_window_and_no_further()
    {
        Torch.Require();
        var settings = Settings["shipped parts"];
        using var network = Random(settings);
        network.eval();
        // Without a memory from hour to hour all that an hour knows of others comes by attention: recurrent weights and the forget gate's way are cut.
        foreach (var (name, parameter) in network.named_parameters())
        {
            using var without = torch.no_grad();
            if (name == "lstm.weight_hh_l0")
                parameter.zero_();
            if (name == "lstm.bias_ih_l0")
                parameter[torch.TensorIndex.Slice(8, 16)] = -100;
        }

        using var input = torch.randn(1, 60, Width);
        using var other = input.clone();
        other[0, 20] += 1;

        var change = (network.Outlook(input, 60).LogScale - network.Outlook(other, 60).LogScale)[0].abs().amax([1]).data<float>().ToArray();

        Assert.All(change[..20], difference => Assert.Equal(0, difference));
        Assert.All(change[20..32], difference => Assert.NotEqual(0, difference));
        Assert.All(change[32..], difference => Assert.Equal(0, difference));
    }

    private static FeatureScaling Scaling => new([1, -2, 0.5f], [2, 0.1f, 10]);

    // The last layers start at zero: random weights everywhere show every path.
    private static VolatilityNetwork Random(NetworkSettings settings)
    {
        torch.random.manual_seed(5);
        var network = new VolatilityNetwork(settings, Width);
        using var without = torch.no_grad();
        foreach (var (name, parameter) in network.named_parameters())
        {
            if (name.StartsWith("scale", StringComparison.Ordinal) || name.StartsWith("middle", StringComparison.Ordinal) || name.StartsWith("skip", StringComparison.Ordinal))
                parameter.copy_(torch.randn_like(parameter) * 0.3);
        }

        return network;
    }
}
