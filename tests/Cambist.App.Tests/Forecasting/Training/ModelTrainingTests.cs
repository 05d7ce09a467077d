using Cambist.App.Forecasting.Registry;
using Cambist.App.Forecasting.Training;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Training;

public sealed class ModelTrainingTests : IDisposable
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    // To the last hour: nothing is left to prove it by, which is the longest part of a training.
    private static readonly TrainingRequest Unproven = new([], Until: TrainingHouse.LastClose, Threads: 1);

    private readonly TrainingHouse house = new();

    public void Dispose() => house.Dispose();

    [Theory]
    [InlineData("regression")]
    [InlineData("network")]
    [InlineData("proof")]
    public async Task Given_up_at_any_step_nothing_is_registered(string step)
    {
        house.Record(TrainingHouse.EurUsd, weeks: 126);
        house.Trainer.Does("""echo '{"event":"epoch","epoch":1}'; model""");
        using var given = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var reached = new TaskCompletionSource();
        var steps = new TrainingHouse.Steps(told =>
        {
            if (told == step)
            {
                given.Cancel();
                reached.TrySetResult();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => house.TrainAsync(new TrainingRequest([], Threads: 1), given.Token, steps));

        await reached.Task.WaitAsync(Stop);
        Assert.Empty(house.Models.Book.Models);
        Assert.Single(house.Left);
    }

    [Fact]
    public async Task A_year_of_one_pair_is_too_short_and_how_much_it_takes_is_told()
    {
        house.Record(TrainingHouse.EurUsd, weeks: 60);

        var fault = await Assert.ThrowsAsync<TrainingFailedException>(() => house.TrainAsync(Unproven, Stop));

        Assert.Equal("history_too_short", fault.Code);
        Assert.Contains("expected at least 2400", fault.Message, StringComparison.Ordinal);
        Assert.Contains("about 88 weeks of hourly history of one pair", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, house.Trainer.Starts);
    }
}
