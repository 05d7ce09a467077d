using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Cambist.Trainer;

/// <summary>Training diverged: the loss is no longer a number.</summary>
internal sealed class DivergedException(int epoch, int step)
    : Exception($"The loss of a step is a finite number, was not in step {step} of epoch {epoch}. A smaller learning_rate or gradient_clip helps.");

/// <summary>
/// Finds the weights, epoch by epoch. Everything random comes from the seed and the number of the epoch, so a run that goes on from its state after an epoch ends where
/// an undisturbed run ends, to the last bit, on the same machine with the same number of threads.
/// </summary>
internal sealed class Fit
{
    private readonly TrainingJob _job;
    private readonly FitSettings _settings;
    private readonly VolatilityNetwork _network;
    private readonly FlatWeights _weights;
    private readonly AdamW _optimiser;
    private readonly float[] _gradients;
    private readonly float[] _decays;
    private readonly Examples _training;
    private readonly Examples? _validation;
    private readonly Progress _progress;

    public Fit(TrainingJob job, VolatilityNetwork network, Examples training, Examples? validation, Progress progress)
    {
        (_job, _settings, _network, _training, _validation, _progress) = (job, job.Fit, network, training, validation, progress);
        _weights = new FlatWeights(network);
        _optimiser = new AdamW(_weights.Count);
        _gradients = new float[_weights.Count];
        _decays = [.. _weights.Decays];
    }

    /// <summary>Trains to the end and leaves the best weights in the network.</summary>
    /// <param name="state">Where an interrupted run was, or a new state.</param>
    /// <param name="save">Called after each epoch with the state from which training can go on.</param>
    /// <returns>The judgement of the weights that were kept; null where nothing judges.</returns>
    public Judgement? Run(FitState state, Action<FitState> save)
    {
        if (state.Epoch == 0)
        {
            state.Average = _weights.Read();
        }
        else
        {
            _weights.Write(state.Weights);
            state.First.CopyTo(_optimiser.First, 0);
            state.Second.CopyTo(_optimiser.Second, 0);
            _optimiser.Steps = state.Steps;
        }

        while (state.Epoch < _settings.Epochs && state.EpochsWithoutGain < _settings.Patience)
        {
            var clock = Stopwatch.StartNew();
            state.Epoch++;
            var (loss, hours) = Epoch(state);
            var trained = clock.Elapsed;
            state.Weights = _weights.Read();
            (state.First, state.Second, state.Steps) = (_optimiser.First, _optimiser.Second, _optimiser.Steps);

            _weights.Write(state.Average);
            var judged = _validation is null ? null : Judge(_validation);
            _weights.Write(state.Weights);
            Keep(state, judged);
            save(state);
            _progress.Epoch(state, loss, judged, hours / trained.TotalSeconds, clock.Elapsed);
        }

        _weights.Write(state.Best);
        return state.BestJudgement;
    }

    private (double Loss, long Hours) Epoch(FitState state)
    {
        _network.train();
        random.manual_seed(Mixed(state.Epoch));
        // .NET keeps the sequence of a seeded Random across versions.
        var order = new Random((int)Mixed(state.Epoch));
        var chunks = _training.Chunks(() => order.Next(_settings.ChunkRows)).ToArray();
        order.Shuffle(chunks);

        var batches = chunks.Chunk(_settings.BatchChunks).ToArray();
        var (loss, counted, hours) = (0.0, 0.0, 0L);
        var values = _weights.Read();
        for (var step = 0; step < batches.Length; step++)
        {
            var part = Step(batches[step], values, state, (double)step / batches.Length);
            if (!double.IsFinite(part.Loss))
                throw new DivergedException(state.Epoch, step + 1);

            loss += part.Loss * part.Counted;
            counted += part.Counted;
            hours += part.Hours;
            MoveAverage(state, values);
            _progress.Step(state.Epoch, step + 1, batches.Length, loss / Math.Max(counted, 1), hours);
        }

        return (loss / Math.Max(counted, 1), hours);
    }

    private (double Loss, double Counted, int Hours) Step(Chunk[] chunks, float[] values, FitState state, double progress)
    {
        using var scope = NewDisposeScope();
        var batch = _training.Batch(chunks);
        if (batch.Hours == 0)
            return (0, 0, 0);

        var (location, logScale) = _network.Outlook(batch.Features, _settings.ChunkRows);
        var surprise = StudentLoss.Of(batch.Returns, location, logScale, _network.DegreesOfFreedom);
        var counted = batch.Counts.sum();
        var loss = (surprise * batch.Counts).sum() / counted;
        _network.zero_grad();
        loss.backward();
        _weights.ReadGradients(_gradients);
        var norm = _optimiser.Step(values, _gradients, _decays, Rate(state, progress), _settings.WeightDecay, _settings.GradientClip);
        _weights.Write(values);
        return (double.IsFinite(norm) ? loss.item<float>() : double.NaN, counted.item<float>(), batch.Hours);
    }

    // The means over a span, with the weights that the network holds.
    private Judgement Judge(Examples examples)
    {
        _network.eval();
        using var without = no_grad();
        var sums = new SurpriseSums();
        foreach (var chunks in examples.Chunks(() => 0).Chunk(_settings.BatchChunks))
        {
            using var scope = NewDisposeScope();
            var batch = examples.Batch(chunks);
            var (location, logScale) = _network.Outlook(batch.Features, _settings.ChunkRows);
            var tails = _network.DegreesOfFreedom;
            var model = ByHorizon(StudentLoss.Of(batch.Returns, location, logScale, tails) * batch.Counts);
            var baseline = ByHorizon(StudentLoss.Of(batch.Returns, null, zeros_like(logScale), tails) * batch.Counts);
            var counts = ByHorizon(batch.Counts);
            for (var h = 0; h < model.Length; h++)
                sums.Add(h, model[h], baseline[h], counts[h]);
        }

        return sums.Judge();
    }

    private static double[] ByHorizon(Tensor values) => values.to_type(ScalarType.Float64).sum([0, 1]).data<double>().ToArray();

    private double Rate(FitState state, double progress)
    {
        var rate = _settings.LearningRate * Math.Min(1, (_optimiser.Steps + 1.0) / Math.Max(1, _settings.WarmUpSteps));
        var done = (state.Epoch - 1 + progress) / _settings.Epochs;
        return rate * (0.05 + 0.95 * (1 + Math.Cos(Math.PI * done)) / 2);
    }

    private void MoveAverage(FitState state, float[] values)
    {
        // The memory grows with the steps, so that the starting weights are soon forgotten.
        var kept = (float)Math.Min(_settings.AverageDecay, (1.0 + _optimiser.Steps) / (10.0 + _optimiser.Steps));
        for (var i = 0; i < values.Length; i++)
            state.Average[i] = kept * state.Average[i] + (1 - kept) * values[i];
    }

    private static void Keep(FitState state, Judgement? judged)
    {
        if (judged is null || state.BestJudgement is null || judged.Loss < state.BestJudgement.Loss)
        {
            (state.Best, state.BestJudgement, state.BestEpoch, state.EpochsWithoutGain) = ([.. state.Average], judged, state.Epoch, 0);
            return;
        }

        state.EpochsWithoutGain++;
    }

    private long Mixed(int epoch) => (_job.Seed * 1_000_003L + epoch * 7_919L) & int.MaxValue;
}
