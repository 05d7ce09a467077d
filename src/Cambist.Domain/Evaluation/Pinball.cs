namespace Cambist.Domain.Evaluation;

/// <summary>The pinball loss of a quantile (Koenker and Bassett 1978, "Regression quantiles"): an outcome above it costs the level, one below it the rest to 1, per unit of distance.</summary>
public static class Pinball
{
    /// <summary>The loss; 0 where the outcome is the quantile itself.</summary>
    /// <param name="level">Probability of the quantile.</param>
    /// <param name="quantile">The quantile.</param>
    /// <param name="outcome">What came.</param>
    public static double Loss(double level, double quantile, double outcome) =>
        outcome >= quantile ? level * (outcome - quantile) : (1 - level) * (quantile - outcome);
}
