using System.Diagnostics;
using System.Globalization;

namespace Cambist.Trainer.Trees;

/// <summary>Grown trees.</summary>
/// <param name="Text">The trees that are kept, in LightGBM's text format.</param>
/// <param name="Trees">How many.</param>
/// <param name="Judged">Their judgement; null where nothing judges.</param>
/// <param name="Predict">What LightGBM itself says with them of rows of inputs.</param>
internal sealed record GrownTrees(string Text, int Trees, Judgement? Judged, Func<float[], double[]> Predict);

/// <summary>Grows trees one after the other, each against what the ones before left unsaid, until the validation span has no more of it.</summary>
internal sealed class TreeFit : IDisposable
{
    private readonly TreeSettings _settings;
    private readonly TreeLoss _loss;
    private readonly Progress _progress;
    private readonly float[] _returns;
    private readonly (float[] Returns, byte[] Horizons)? _validation;
    private readonly List<nint> _datasets = [];
    private readonly nint _booster;

    public TreeFit(TreeSettings settings, int seed, TreeExamples training, TreeExamples? validation, Progress progress)
    {
        (_settings, _progress, _loss) = (settings, progress, new TreeLoss(settings.DegreesOfFreedom));
        (_returns, _) = training.Outcomes();
        _validation = validation?.Outcomes();
        // A tree sees a share of them, and splits it in two leaves at least.
        var fewest = (long)Math.Ceiling(2 * settings.LeafRows / settings.RowShare);
        if (_returns.Length < fewest || _validation is { Returns.Length: 0 })
            throw new JobException($"Each span has returns, {fewest} or more to learn from, found {_returns.Length} and {_validation?.Returns.Length} that judge.");

        var native = Native(settings, seed);
        var sample = Sample(training, native);
        try
        {
            _booster = LightGbm.Booster(Filled(training, sample, _returns), native);
            if (validation is not null)
                LightGbm.Judge(_booster, Filled(validation, sample, _validation!.Value.Returns));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Examples that are learned from.</summary>
    public int TrainingExamples => _returns.Length;

    /// <summary>Examples that judge.</summary>
    public int ValidationExamples => _validation?.Returns.Length ?? 0;

    /// <summary>Grows them; the best number of trees is kept.</summary>
    public GrownTrees Run()
    {
        var scores = new double[_returns.Length];
        float[] slopes = new float[_returns.Length], curvatures = new float[_returns.Length];
        Array.Fill(curvatures, _loss.Curvature);
        var (trees, judgedAt, best, judged) = (0, 0, 0, (Judgement?)null);
        var clock = Stopwatch.StartNew();
        while (trees < _settings.Trees && (judged is null || trees - best < _settings.Patience))
        {
            for (var i = 0; i < slopes.Length; i++)
                slopes[i] = _loss.Slope(_returns[i], scores[i]);
            if (!LightGbm.Grow(_booster, slopes, curvatures))
                break;

            trees++;
            LightGbm.Scores(_booster, 0, scores);
            if (trees % _settings.JudgeEvery == 0)
                Keep();
        }

        if (trees == 0)
            throw new JobException($"Trees have leaves of {_settings.LeafRows} examples; none could be grown on {_returns.Length}.");
        if (judgedAt < trees)
            Keep();
        return new GrownTrees(LightGbm.Text(_booster, best), best, judged, rows => LightGbm.Predict(_booster, rows, TreeExamples.Width, best));

        void Keep()
        {
            judgedAt = trees;
            if (_validation is not { } validation)
            {
                best = trees;
                return;
            }

            var found = Judge(validation.Returns, validation.Horizons);
            (judged, best) = judged is null || found.Loss < judged.Loss ? (found, trees) : (judged, best);
            _progress.Trees(trees, best, found, clock.Elapsed);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_booster != 0)
            LightGbm.FreeBooster(_booster);
        _datasets.ForEach(LightGbm.FreeDataset);
        _datasets.Clear();
    }

    private Judgement Judge(float[] returns, byte[] horizons)
    {
        var scores = new double[returns.Length];
        LightGbm.Scores(_booster, 1, scores);
        var sums = new SurpriseSums();
        for (var i = 0; i < returns.Length; i++)
            sums.Add(horizons[i], _loss.Of(returns[i], scores[i]), _loss.Of(returns[i], 0));
        return sums.Judge();
    }

    // Inputs are kept as the number of their bin, a byte each; the bins are cut by a sample.
    private nint Sample(TreeExamples training, string native)
    {
        var step = Math.Max(1, _returns.Length / _settings.SampleExamples);
        var rows = new List<float>();
        foreach (var block in training.Inputs(step))
            rows.AddRange(block.Span);
        var sample = LightGbm.Sample(rows.ToArray(), TreeExamples.Width, $"{native} bin_construct_sample_cnt={rows.Count / TreeExamples.Width}");
        _datasets.Add(sample);
        return sample;
    }

    private nint Filled(TreeExamples examples, nint sample, float[] returns)
    {
        var dataset = LightGbm.Like(sample, returns.Length);
        _datasets.Add(dataset);
        var from = 0;
        foreach (var block in examples.Inputs())
        {
            LightGbm.Push(dataset, block.Span, TreeExamples.Width, from);
            from += block.Length / TreeExamples.Width;
        }

        LightGbm.Label(dataset, returns);
        return dataset;
    }

    // No objective: slopes and curvatures are given. Silent, for standard output is the progress.
    private static string Native(TreeSettings settings, int seed) => string.Create(
        CultureInfo.InvariantCulture,
        $"objective=none verbosity=-1 deterministic=true force_row_wise=true num_threads={settings.Threads} seed={seed} learning_rate={settings.LearningRate} num_leaves={settings.Leaves} " +
        $"min_data_in_leaf={settings.LeafRows} min_sum_hessian_in_leaf=0 feature_fraction={settings.InputShare} bagging_fraction={settings.RowShare} bagging_freq=1 " +
        $"extra_trees={(settings.RandomCuts ? "true" : "false")}");
}
