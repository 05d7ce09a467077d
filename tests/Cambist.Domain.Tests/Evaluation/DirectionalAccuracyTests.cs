using Cambist.Domain.Evaluation;
using CsCheck;
using Xunit;

namespace Cambist.Domain.Tests.Evaluation;

public sealed class DirectionalAccuracyTests
{
    [Theory]
    [InlineData(1.1, 1.2, 1, 1)]
    [InlineData(0.9, 0.8, 1, 1)]
    [InlineData(1.1, 0.9, 1, 0)]
    [InlineData(0.9, 1.1, 1, 0)]
    [InlineData(1.0, 1.1, 0, 0)] // No call.
    [InlineData(1.1, 1.0, 0, 0)] // No change.
    public void A_call_is_right_where_the_outcome_lies_on_its_side(double median, double outcome, int calls, int hits)
    {
        var accuracy = new DirectionalAccuracy();
        accuracy.Add(spot: 1, median, outcome);

        Assert.Equal((calls, hits), (accuracy.Calls, accuracy.Hits));
    }

    [Fact]
    public void Counts_of_two_are_added()
    {
        var (first, second) = (new DirectionalAccuracy(), new DirectionalAccuracy());
        first.Add(1, 1.1, 1.2);
        second.Add(1, 1.1, 0.8);
        first.Add(second);

        Assert.Equal((2, 1, 0.5), (first.Calls, first.Hits, first.Share));
    }

    [Fact]
    public void Eight_of_ten_leave_the_true_share_between_49_and_94_per_cent()
    {
        // z² / n = 3.841459 / 10; middle (0.8 + 0.192073) / 1.384146 = 0.716740; half 1.959964 / 1.384146 × √(0.16 / 10 + 0.384146 / 40) = 0.226577.
        var interval = WilsonInterval.Of(8, 10);

        Assert.Equal(0.716740 - 0.226577, interval.Low, tolerance: 1e-6);
        Assert.Equal(0.716740 + 0.226577, interval.High, tolerance: 1e-6);
    }

    [Fact]
    public void Nothing_counted_says_nothing() => Assert.Equal(new WilsonInterval(0, 1), new DirectionalAccuracy().Interval);

    [Fact]
    public void An_interval_holds_the_share_and_narrows_with_the_count() =>
        Gen.Int[1, 500].SelectMany(count => Gen.Int[0, count].Select(hits => (hits, count))).Sample(
            (hits, count) =>
            {
                var (one, ten) = (WilsonInterval.Of(hits, count), WilsonInterval.Of(10 * hits, 10 * count));
                var share = (double)hits / count;
                return one.Low >= 0 && one.Low <= share + 1e-12 && one.High >= share - 1e-12 && one.High <= 1 && ten.High - ten.Low < one.High - one.Low;
            },
            iter: 1000);
}
