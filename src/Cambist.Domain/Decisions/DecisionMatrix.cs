namespace Cambist.Domain.Decisions;

/// <summary>
/// The decision matrix of the specification, row by row. Savings are in USD at the current mid, confidence is the probability that waiting is
/// cheaper, days run to the deadline, fractions included. All bounds are strict: at exactly 50 USD the row "above 50" does not hold.
/// Whatever no row covers is <see cref="Recommendation.ConvertNow"/>.
/// </summary>
public static class DecisionMatrix
{
    /// <summary>The code of the answer that no row covers.</summary>
    public const string NoRow = "matrix.no_row";

    /// <summary>The rows; the first that holds decides. No two rows with different verdicts can hold at once.</summary>
    public static IReadOnlyList<MatrixRow> Rows { get; } =
    [
        //   code                          savings          confidence        days to deadline   verdict
        new("matrix.large_savings",   new(Above: 50m), new(Above: 0.70), new(Above: 7), Recommendation.Wait),
        new("matrix.fair_savings",    new(Above: 20m), new(Above: 0.60), new(Above: 3), Recommendation.Wait),
        new("matrix.small_savings",   new(Below: 10m), default,          default,       Recommendation.ConvertNow),
        new("matrix.low_confidence",  default,         new(Below: 0.50), default,       Recommendation.ConvertNow),
        new("matrix.deadline_near",   default,         default,          new(Below: 2), Recommendation.ConvertNow),
    ];

    /// <summary>The first row that holds; null where none does.</summary>
    public static MatrixRow? Find(decimal savingsUsd, double confidence, double daysToDeadline, RiskTolerance risk)
    {
        foreach (var row in Rows)
        {
            if (row.Savings.Scaled(SavingsScale(risk)).Holds(savingsUsd) && row.Confidence.Holds(confidence) && row.Days.Holds(daysToDeadline))
            {
                return row;
            }
        }

        return null;
    }

    /// <summary>The factor on the savings thresholds.</summary>
    public static decimal SavingsScale(RiskTolerance risk) => risk switch
    {
        RiskTolerance.Conservative => 2m,
        RiskTolerance.Moderate => 1m,
        RiskTolerance.Aggressive => 0.5m,
        _ => throw new ArgumentOutOfRangeException(nameof(risk), risk, "Expected conservative, moderate or aggressive."),
    };
}

/// <summary>A row of the matrix: three conditions and a verdict.</summary>
/// <param name="Code">Stable id.</param>
/// <param name="Savings">Bounds of the expected savings in USD at moderate risk tolerance.</param>
/// <param name="Confidence">Bounds of the confidence.</param>
/// <param name="Days">Bounds of the days to the deadline.</param>
/// <param name="Verdict">What follows.</param>
public sealed record MatrixRow(string Code, SavingsBounds Savings, Bounds Confidence, Bounds Days, Recommendation Verdict);

/// <summary>Strict bounds; a bound that is null always holds.</summary>
/// <param name="Above">The value is above this.</param>
/// <param name="Below">The value is below this.</param>
public readonly record struct Bounds(double? Above = null, double? Below = null)
{
    /// <summary>Whether the value keeps the bounds.</summary>
    public bool Holds(double value) => (Above is null || value > Above) && (Below is null || value < Below);
}

/// <summary>Strict bounds on money in USD; a bound that is null always holds.</summary>
/// <param name="Above">The value is above this.</param>
/// <param name="Below">The value is below this.</param>
public readonly record struct SavingsBounds(decimal? Above = null, decimal? Below = null)
{
    /// <summary>Whether the value keeps the bounds.</summary>
    public bool Holds(decimal value) => (Above is null || value > Above) && (Below is null || value < Below);

    /// <summary>The bounds times a factor.</summary>
    public SavingsBounds Scaled(decimal factor) => new(Above * factor, Below * factor);
}
