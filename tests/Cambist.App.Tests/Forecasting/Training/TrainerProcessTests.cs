using System.Diagnostics;
using System.Globalization;
using Cambist.App.Forecasting.Training;
using Cambist.TestKit;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Training;

public sealed class TrainerProcessTests : IDisposable
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder folder = new();
    private readonly Fractions told = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Progress_is_told_by_epochs_and_steps()
    {
        await RunAsync("""
            echo '{"event":"started","parameters":12}'
            echo '{"event":"step","epoch":1,"step":5,"steps":10}'
            echo '{"event":"epoch","epoch":2,"training_loss":0.5}'
            mkdir "$out"
            """);

        Assert.Equal([0.125, 0.5], told.All); // Of four epochs: half of the first, and two.
    }

    [Fact]
    public async Task What_is_no_progress_is_passed_over()
    {
        await RunAsync("""
            echo '[LightGBM] [Info] a library speaks'
            echo ''
            echo '[1, 2]'
            echo '{"epoch":3}'
            echo '{"event":7,"epoch":"x"}'
            echo '{"event":"step","epoch":1,"step":5,"steps":0}'
            echo '{"event":"epoch","epoch":4}'
            mkdir "$out"
            """);

        Assert.Equal([1.0], told.All);
    }

    [Fact]
    public async Task A_failure_is_told_in_the_trainers_own_words()
    {
        var fault = await Assert.ThrowsAsync<TrainingFailedException>(() => RunAsync("echo 'Training diverged.' >&2; exit 5"));

        Assert.Equal((TrainingFailedException.OfTrainer, "Training diverged."), (fault.Code, fault.Message));
    }

    [Fact]
    public async Task A_failure_without_words_is_told_by_its_code()
    {
        var fault = await Assert.ThrowsAsync<TrainingFailedException>(() => RunAsync("exit 5"));

        Assert.Equal("The trainer ended with code 5.", fault.Message);
    }

    [Fact]
    public async Task An_end_without_a_model_is_a_failure()
    {
        var fault = await Assert.ThrowsAsync<TrainingFailedException>(() => RunAsync("exit 0"));

        Assert.Equal(TrainingFailedException.OfTrainer, fault.Code);
        Assert.Contains("there is no model", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_none_is_told()
    {
        var fault = await Assert.ThrowsAsync<TrainingFailedException>(() => TrainerProcess.RunAsync(folder.File("nothing"), "job.json", folder.File("model"), 4, told, Stop));

        Assert.Equal("trainer_missing", fault.Code);
    }

    [Fact]
    public async Task Given_up_the_trainer_has_ended()
    {
        using var given = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var trainer = StandInTrainer.Write(folder.File("bin"), """echo $$ > "$here/id.part"; mv "$here/id.part" "$here/id"; while :; do sleep 1; done""");
        var running = TrainerProcess.RunAsync(trainer.Path, "job.json", folder.File("model"), 4, told, given.Token);
        var id = int.Parse(await trainer.WroteAsync("id", Stop), CultureInfo.InvariantCulture);

        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id)); // There is no process of that id.
    }

    private async Task RunAsync(string script) =>
        await TrainerProcess.RunAsync(StandInTrainer.Write(folder.File("bin"), script).Path, folder.File("job.json"), folder.File("model"), 4, told, Stop);

    private sealed class Fractions : IProgress<double>
    {
        public List<double> All { get; } = [];

        public void Report(double value) => All.Add(value);
    }
}
