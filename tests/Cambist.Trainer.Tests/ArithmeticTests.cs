using Cambist.TestKit;
using TorchSharp;
using Xunit;

namespace Cambist.Trainer.Tests;

public sealed class ArithmeticTests
{
    [Fact]
    public void The_surprise_is_that_of_students_t_with_the_forecasts_variance()
    {
        Torch.Require();
        // ν = 5, z = 1: s = √(3/5), ln s = −0.255413; ln Γ(2.5) − ln Γ(3) = 0.284683 − 0.693147; ½ ln 5π = 1.377084; d² / ν = (1 / 0.6) / 5 = 1/3, 3 ln(4/3) = 0.863046.
        // −0.408464 + 1.377084 − 0.255413 + 0.863046 = 1.576253.
        var surprise = StudentLoss.Of(torch.tensor(1f), null, torch.tensor(0f), torch.tensor(5f)).item<float>();

        Assert.Equal(1.576253f, surprise, 1e-5f);
    }

    [Fact]
    public void A_wider_forecast_and_a_moved_middle_are_the_same_surprise_in_other_units()
    {
        Torch.Require();
        // At z = 0.5 + 2 with location 0.5 and σ = 2 the distance is 1 as above, and ln 2 = 0.693147 is added: 2.269400.
        var surprise = StudentLoss.Of(torch.tensor(2.5f), torch.tensor(0.5f), torch.tensor((float)Math.Log(2)), torch.tensor(5f)).item<float>();

        Assert.Equal(2.2694f, surprise, 1e-5f);
    }

    [Fact]
    public void The_first_step_of_the_optimiser_goes_one_learning_rate_against_the_gradient()
    {
        // Adam's first step is rate · g / |g|; the weight that decays loses 0.1 × 0.01 of itself first: 1 × 0.999 − 0.1 = 0.899, and −2 + 0.1 = −1.9.
        float[] weights = [1, -2], gradients = [0.3f, -0.001f];

        new AdamW(2).Step(weights, gradients, [1, 0], learningRate: 0.1, weightDecay: 0.01, largestNorm: 100);

        Assert.Equal(0.899f, weights[0], 1e-5f);
        Assert.Equal(-1.9f, weights[1], 1e-4f);
    }

    [Fact]
    public void Large_gradients_are_cut_to_the_norm()
    {
        // 3 and 4 have the norm 5; cut to 1 they are 0.6 and 0.8, of which the average keeps a tenth.
        var optimiser = new AdamW(2);

        var norm = optimiser.Step([0f, 0f], [3f, 4f], [0, 0], 0.1, 0, largestNorm: 1);

        Assert.Equal(5, norm);
        Assert.Equal(0.06f, optimiser.First[0], 1e-6f);
        Assert.Equal(0.08f, optimiser.First[1], 1e-6f);
    }

    [Fact]
    public void A_gradient_that_is_no_number_changes_nothing()
    {
        float[] weights = [1];

        Assert.True(double.IsNaN(new AdamW(1).Step(weights, [float.NaN], [0], 0.1, 0, 1)));
        Assert.Equal(1, weights[0]);
    }

    [Fact]
    public void Scaling_is_measured_on_the_training_rows_alone_and_leaves_out_what_is_missing()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a");
        using (var writer = new FeatureFileWriter(path, ["x", "constant"], 4))
            writer.Write([1, 2, 3, 4], [1, 7, float.NaN, 7, 3, 7, 1000, 7], new float[96]);
        using var file = new FeatureFile(path);

        var scaling = FeatureScaling.Measure([(file, 0, 3)], 2);
        var scaled = new float[6];
        scaling.Scale([3, 7, float.NaN, 8, 1000, float.NegativeInfinity], scaled);

        // Mean of 1 and 3 is 2, their deviation 1.
        Assert.Equal([2f, 7], scaling.Mean);
        Assert.Equal([1f, 1], scaling.Deviation);
        Assert.Equal([1f, 0, 0, 1, 8, -8], scaled);
    }
}
