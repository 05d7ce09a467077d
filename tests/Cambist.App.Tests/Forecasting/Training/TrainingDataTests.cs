using Cambist.App.Forecasting.Training;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Training;

public sealed class TrainingDataTests : IDisposable
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private readonly TrainingHouse house = new();

    public void Dispose() => house.Dispose();

    [Theory]
    [InlineData(1, 88)] // 2 and 26 weeks, and 3 × 2,400 hours of 120 a week.
    [InlineData(2, 58)]
    [InlineData(3, 48)]
    public void Pairs_share_the_examples_that_it_takes(int pairs, int weeks) => Assert.Equal(weeks, TrainingData.WeeksNeeded(pairs, every: 3));

    [Fact]
    public void The_majors_that_features_read_are_in_the_fingerprint()
    {
        house.Record(TrainingHouse.EurUsd, weeks: 60);
        house.Record(TrainingHouse.UsdJpy, weeks: 60, seed: 2);
        var before = Fingerprint();
        Assert.Equal(before, Fingerprint());

        house.Record(TrainingHouse.UsdJpy, weeks: 60, seed: 3);

        Assert.NotEqual(before, Fingerprint());
    }

    private string Fingerprint()
    {
        var data = new TrainingData(house.History, Path.Combine(house.Works, "data"), TrainingSpan.Of(TrainingHouse.LastClose.AddDays(-7 * 60), TrainingHouse.LastClose, TrainingHouse.LastClose));
        data.Write([TrainingHouse.EurUsd], new TrainingHouse.Steps(_ => { }), Stop);
        return data.Fingerprint;
    }
}
