using Cambist.Domain.Currencies;

namespace Cambist.App.Forecasting.Training;

/// <summary>What is to be trained.</summary>
/// <param name="Pairs">The pairs to learn from; empty: all recorded ones.</param>
/// <param name="Until">Nothing that closed later is learned from or chosen by; null: half a year before the last recorded hour, which then proves what was learned.</param>
/// <param name="Epochs">Passes of the network over the data at most.</param>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="Threads">Threads of the network's arithmetic; another number gives other last digits.</param>
public sealed record TrainingRequest(IReadOnlyList<CurrencyPair> Pairs, DateTimeOffset? Until = null, int Epochs = 10, int Seed = 1, int Threads = 2);

/// <summary>How far a training is.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="Done">How much of all is done, 0 to 1.</param>
public readonly record struct TrainingProgress(string Step, double Done);

/// <summary>A training cannot be done; the message says what was expected and what was found.</summary>
/// <param name="code">The problem's code.</param>
/// <param name="message">The message.</param>
public sealed class TrainingFailedException(string code, string message) : Exception(message)
{
    /// <summary>The trainer itself failed: the same request may go on from what it has left.</summary>
    public const string OfTrainer = "training_failed";

    /// <summary>The problem's code.</summary>
    public string Code => code;
}
