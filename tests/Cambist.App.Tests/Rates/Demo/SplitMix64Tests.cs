using Cambist.App.Rates.Demo;
using Xunit;

namespace Cambist.App.Tests.Rates.Demo;

public sealed class SplitMix64Tests
{
    [Fact]
    public void The_numbers_are_those_of_the_published_algorithm()
    {
        // The reference sequence of rosettacode.org/wiki/Pseudo-random_numbers/Splitmix64 for the seed 1234567.
        var random = new SplitMix64(1234567);

        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(_ => random.Next()));
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_a_normal_distribution()
    {
        var random = new SplitMix64(1);
        var numbers = Enumerable.Range(0, 200_000).Select(_ => random.Normal()).ToArray();

        Assert.InRange(numbers.Average(), -0.01, 0.01);
        Assert.InRange(numbers.Variance(), 0.985, 1.015);
        Assert.InRange(numbers.Kurtosis(), 2.9, 3.03);
    }

    [Fact]
    public void Uniform_numbers_are_above_zero_and_at_most_one()
    {
        var random = new SplitMix64(2);
        var numbers = Enumerable.Range(0, 200_000).Select(_ => random.Uniform()).ToArray();

        Assert.All(numbers, number => Assert.True(number is > 0 and <= 1));
        Assert.InRange(numbers.Average(), 0.495, 0.505);
        Assert.InRange(numbers.Variance(), 1 / 12.0 - 0.001, 1 / 12.0 + 0.001);
    }
}
