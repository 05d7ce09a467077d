namespace Cambist.App.Forecasting.Training;

/// <summary>What came of it.</summary>
/// <param name="ModelId">Id of the model that was registered as a challenger.</param>
/// <param name="Told">How it went, in a sentence.</param>
public sealed record TrainingOutcome(string ModelId, string Told);

/// <summary>
/// Trains a model and registers it. It runs the trainer as a child process, goes on from a checkpoint that a killed run has left, and ends the child when it is cancelled. What goes wrong is
/// an exception with a message that holds no secret.
/// </summary>
public delegate Task<TrainingOutcome> RunTraining(IProgress<TrainingProgress> progress, CancellationToken cancellationToken);
