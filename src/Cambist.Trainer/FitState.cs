namespace Cambist.Trainer;

/// <summary>All that training needs to go on after an epoch as if it had never stopped. Everything random follows from the seed and the epoch.</summary>
internal sealed class FitState
{
    /// <summary>Epochs done.</summary>
    public int Epoch { get; set; }

    /// <summary>Steps that the optimiser has taken.</summary>
    public int Steps { get; set; }

    /// <summary>The weights; empty before the first epoch.</summary>
    public float[] Weights { get; set; } = [];

    /// <summary>The optimiser's average of the gradients.</summary>
    public float[] First { get; set; } = [];

    /// <summary>The optimiser's average of their squares.</summary>
    public float[] Second { get; set; } = [];

    /// <summary>The weights that are judged: an average over the steps.</summary>
    public float[] Average { get; set; } = [];

    /// <summary>The best weights so far.</summary>
    public float[] Best { get; set; } = [];

    /// <summary>Their judgement.</summary>
    public Judgement? BestJudgement { get; set; }

    /// <summary>The epoch they are of.</summary>
    public int BestEpoch { get; set; }

    /// <summary>Epochs since then.</summary>
    public int EpochsWithoutGain { get; set; }
}
