using Cambist.Domain.Decisions;
using CsCheck;
using Xunit;

namespace Cambist.Domain.Tests.Decisions;

public sealed class DecisionMatrixTests
{
    private const string Large = "matrix.large_savings", Fair = "matrix.fair_savings", Small = "matrix.small_savings", Unlikely = "matrix.low_confidence", Near = "matrix.deadline_near", None = "matrix.no_row";

    private static readonly (RiskTolerance Risk, decimal Scale)[] Tolerances =
        [(RiskTolerance.Conservative, 2m), (RiskTolerance.Moderate, 1m), (RiskTolerance.Aggressive, 0.5m)];

    /// <summary>Each bound just below, at and just above it, at the other conditions of its row: all bounds of the specification are strict. Savings at moderate tolerance.</summary>
    private static readonly (decimal Savings, double Confidence, double Days, string Code)[] Boundaries =
    [
        // Above 50 USD, above 70 %, above 7 days: wait.
        (49.99m, 0.9, 20, Fair), (50m, 0.9, 20, Fair), (50.01m, 0.9, 20, Large),
        (100m, 0.6999, 20, Fair), (100m, 0.70, 20, Fair), (100m, 0.7001, 20, Large),
        (100m, 0.9, 6.999, Fair), (100m, 0.9, 7, Fair), (100m, 0.9, 7.001, Large),

        // Above 20 USD, above 60 %, above 3 days: wait.
        (19.99m, 0.65, 5, None), (20m, 0.65, 5, None), (20.01m, 0.65, 5, Fair),
        (30m, 0.5999, 5, None), (30m, 0.60, 5, None), (30m, 0.6001, 5, Fair),
        (30m, 0.65, 2.999, None), (30m, 0.65, 3, None), (30m, 0.65, 3.001, Fair),

        // Below 10 USD: convert now, however sure and however far off.
        (9.99m, 0.99, 30, Small), (10m, 0.99, 30, None), (10.01m, 0.99, 30, None),
        (0m, 0.5, 30, Small), (-100m, 0.1, 1, Small),

        // Below 50 %: convert now, however much.
        (1000m, 0.4999, 30, Unlikely), (1000m, 0.50, 30, None), (1000m, 0.5001, 30, None),

        // Below 2 days: convert now, however much and however sure.
        (1000m, 0.99, 1.999, Near), (1000m, 0.99, 2, None), (1000m, 0.99, 2.001, None), (1000m, 0.99, -1, Near),

        // NaN satisfies no bound.
        (1000m, double.NaN, 30, None), (1000m, double.NaN, 1, Near), (1000m, 0.99, double.NaN, None), (1000m, 0.4, double.NaN, Unlikely), (5m, double.NaN, double.NaN, Small),
    ];

    public static TheoryData<RiskTolerance, decimal, double, double, string> Cases()
    {
        var cases = new TheoryData<RiskTolerance, decimal, double, double, string>();
        foreach (var (risk, scale) in Tolerances)
        {
            foreach (var (savings, confidence, days, code) in Boundaries)
            {
                cases.Add(risk, savings * scale, confidence, days, code);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_boundary_falls_on_its_side(RiskTolerance risk, decimal savingsUsd, double confidence, double days, string code) =>
        Assert.Equal(code, DecisionMatrix.Find(savingsUsd, confidence, days, risk)?.Code ?? DecisionMatrix.NoRow);

    [Fact]
    public void Only_large_and_fair_savings_are_waited_for() =>
        Assert.Equal([Large, Fair], DecisionMatrix.Rows.Where(row => row.Verdict == Recommendation.Wait).Select(row => row.Code));

    [Fact]
    public void No_two_rows_with_different_verdicts_hold_at_once() =>
        Facts.Sample((savings, confidence, days, risk) =>
            DecisionMatrix.Rows.Where(row => Holds(row, savings, confidence, days, risk)).Select(row => row.Verdict).Distinct().Count() <= 1);

    [Fact]
    public void The_first_row_that_holds_is_found_and_none_where_none_holds() =>
        Facts.Sample((savings, confidence, days, risk) =>
            DecisionMatrix.Find(savings, confidence, days, risk) == DecisionMatrix.Rows.FirstOrDefault(row => Holds(row, savings, confidence, days, risk)));

    [Fact]
    public void Who_takes_more_risk_waits_wherever_others_do() =>
        Facts.Sample((savings, confidence, days, _) =>
        {
            bool Waits(RiskTolerance risk) => DecisionMatrix.Find(savings, confidence, days, risk)?.Verdict == Recommendation.Wait;
            return (!Waits(RiskTolerance.Conservative) || Waits(RiskTolerance.Moderate)) && (!Waits(RiskTolerance.Moderate) || Waits(RiskTolerance.Aggressive));
        });

    [Fact]
    public void An_unheard_of_risk_tolerance_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DecisionMatrix.Find(30m, 0.65, 5, (RiskTolerance)3));

    private static bool Holds(MatrixRow row, decimal savings, double confidence, double days, RiskTolerance risk)
    {
        var scale = Tolerances.Single(tolerance => tolerance.Risk == risk).Scale;
        return !(savings <= row.Savings.Above * scale) && !(savings >= row.Savings.Below * scale)
            && (row.Confidence.Above is not { } sure || confidence > sure) && (row.Confidence.Below is not { } unsure || confidence < unsure)
            && (row.Days.Above is not { } far || days > far) && (row.Days.Below is not { } near || days < near);
    }

    // Around the bounds and at them, for there the rows meet.
    private static Gen<(decimal Savings, double Confidence, double Days, RiskTolerance Risk)> Facts => Gen.Select(
        Gen.OneOf(Gen.Int[-1_000, 12_000], Gen.OneOf(500, 1_000, 2_000, 4_000, 5_000, 10_000)).Select(cents => cents / 100m),
        Gen.OneOf(Gen.Double[0, 1], Gen.OneOf(0.5, 0.6, 0.7, double.NaN)),
        Gen.OneOf(Gen.Double[0, 10], Gen.OneOf(2.0, 3.0, 7.0, double.NaN)),
        Gen.Enum<RiskTolerance>());
}
