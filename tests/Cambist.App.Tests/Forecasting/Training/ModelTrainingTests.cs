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

    [Fact]
    public async Task A_model_is_registered_and_nothing_else_is_left()
    {
        house.Record(TrainingHouse.EurUsd, weeks: 100);

        var trained = await house.TrainAsync(Unproven, Stop);

        Assert.True(trained.IsNew);
        Assert.Equal((ModelStage.Challenger, ModelOrigin.Trained), (trained.Model.Stage, trained.Model.Origin));
        Assert.Empty(house.Left);
    }

    [Fact]
    public async Task The_same_again_is_nothing_new_and_costs_no_training()
    {
        house.Record(TrainingHouse.EurUsd, weeks: 100);
        var first = await house.TrainAsync(Unproven, Stop);

        var again = await house.TrainAsync(Unproven, Stop);

        Assert.False(again.IsNew);
        Assert.Equal(first.Model, again.Model);
        Assert.Equal(1, house.Trainer.Starts);
        Assert.Empty(house.Left);
    }

    [Fact]
    public async Task Three_nights_around_a_weekend_train_once()
    {
        // Friday 02:00, Saturday and Sunday: half a year before the last hour is the same day.
        var friday = new DateTimeOffset(2026, 3, 20, 2, 0, 0, TimeSpan.Zero);
        house.Record(TrainingHouse.EurUsd, weeks: 126, until: friday);
        var run = house.Models.Service<RunTraining>();
        var quiet = new TrainingHouse.Steps(_ => { });
        var first = await run(quiet, Stop);
        house.Record(TrainingHouse.EurUsd, weeks: 126);

        var (saturday, sunday) = (await run(quiet, Stop), await run(quiet, Stop));

        Assert.Equal(1, house.Trainer.Starts);
        Assert.Equal(new TrainingOutcome(first.ModelId, "nothing new, it was trained on the same hours before"), saturday);
        Assert.Equal(saturday, sunday);
        Assert.Empty(house.Left);
    }

    [Fact]
    public async Task Another_seed_other_bars_or_another_size_is_trained()
    {
        house.Record(TrainingHouse.EurUsd, weeks: 100);
        await house.TrainAsync(Unproven, Stop);

        await house.TrainAsync(Unproven with { Seed = 2 }, Stop);
        await house.TrainAsync(Unproven with { Epochs = 3 }, Stop);
        house.Record(TrainingHouse.EurUsd, weeks: 100, seed: 2);
        await house.TrainAsync(Unproven, Stop);

        Assert.Equal(4, house.Trainer.Starts);
    }

    [Fact]
    public async Task Weights_that_are_registered_already_are_nothing_new()
    {
        house.Record(TrainingHouse.EurUsd, weeks: 100);
        var first = await house.TrainAsync(Unproven, Stop);

        // The stand-in's weights do not depend on the epochs.
        var other = await house.TrainAsync(Unproven with { Epochs = 3 }, Stop);

        Assert.Equal((2, false, first.Model), (house.Trainer.Starts, other.IsNew, other.Model));
        Assert.Empty(house.Left);
    }

    [Fact]
    public async Task A_training_that_was_stopped_goes_on_in_the_same_folder()
    {
        house.Record(TrainingHouse.EurUsd, weeks: 100);
        house.Trainer.Does("""echo after_epoch_3 > "$out.checkpoint"; echo begun > "$here/begun"; while :; do sleep 1; done""");
        using var given = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var stopped = house.TrainAsync(Unproven, given.Token);
        await house.Trainer.WroteAsync("begun", Stop);
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        Assert.Single(house.Left);

        house.Trainer.Does("""cp "$out.checkpoint" "$here/resumed" && model""");
        var trained = await house.TrainAsync(Unproven, Stop);

        Assert.Equal("after_epoch_3", await house.Trainer.WroteAsync("resumed", Stop));
        Assert.True(trained.IsNew);
        Assert.Empty(house.Left);
    }

    [Fact]
    public async Task A_training_whose_trainer_failed_goes_on_in_the_same_folder()
    {
        house.Record(TrainingHouse.EurUsd, weeks: 100);
        house.Trainer.Does("""echo after_epoch_3 > "$out.checkpoint"; echo 'The disk is full.' >&2; exit 4""");
        var fault = await Assert.ThrowsAsync<TrainingFailedException>(() => house.TrainAsync(Unproven, Stop));
        Assert.Equal("The disk is full.", fault.Message);

        house.Trainer.Does("""cp "$out.checkpoint" "$here/resumed" && model""");
        await house.TrainAsync(Unproven, Stop);

        Assert.Equal("after_epoch_3", await house.Trainer.WroteAsync("resumed", Stop));
        Assert.Empty(house.Left);
    }

    [Fact]
    public async Task A_model_that_cannot_be_registered_leaves_nothing()
    {
        house.Record(TrainingHouse.EurUsd, weeks: 100);
        house.Trainer.Does("""model; echo changed > "$out/weights.txt" """);

        await Assert.ThrowsAsync<ModelFaultException>(() => house.TrainAsync(Unproven, Stop));

        Assert.Empty(house.Left);
    }

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
    public async Task Of_two_trainings_of_one_request_one_works()
    {
        house.Record(TrainingHouse.EurUsd, weeks: 100);
        house.Trainer.Does("""echo begun > "$here/begun"; until [ -e "$here/go" ]; do sleep 0.05; done; model""");
        var one = house.TrainAsync(Unproven, Stop);
        await house.Trainer.WroteAsync("begun", Stop);

        for (var asked = 0; asked < 2; asked++)
        {
            var fault = await Assert.ThrowsAsync<TrainingFailedException>(() => house.TrainAsync(Unproven, Stop));
            Assert.Equal("already_training", fault.Code);
        }

        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(house.Trainer.Path)!, "go"), "", Stop);
        Assert.True((await one).IsNew);
        Assert.Empty(house.Left);
    }

    [Fact]
    public async Task What_was_given_up_days_ago_is_swept_and_what_is_younger_or_in_use_is_not()
    {
        house.Record(TrainingHouse.EurUsd, weeks: 100);
        var now = house.Models.Clock.GetUtcNow();
        Leave("old", now.AddDays(-4));
        Leave("young", now.AddDays(-2));
        using var held = TrainingWork.Take(house.Works, "held", now.AddDays(-30));
        Leave("held", now.AddDays(-4));

        await house.TrainAsync(Unproven, Stop);

        Assert.Equal(["held", "held.lock", "young"], house.Left.Select(Path.GetFileName).Order(StringComparer.Ordinal));
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
        Assert.Empty(house.Left);
    }

    private void Leave(string name, DateTimeOffset written)
    {
        var folder = Path.Combine(house.Works, name);
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "1.features");
        File.WriteAllText(file, "features");
        File.SetLastWriteTimeUtc(file, written.UtcDateTime);
        Directory.SetLastWriteTimeUtc(folder, written.UtcDateTime);
    }
}
