using Cambist.Domain.Evaluation;
using CsCheck;
using Xunit;

namespace Cambist.Domain.Tests.Evaluation;

public sealed class ProbabilityCalibrationTests
{
    [Fact]
    public void The_error_is_the_gap_of_each_bin_by_its_count()
    {
        var (calibration, second) = (new ProbabilityCalibration(), new ProbabilityCalibration());
        calibration.Add(0.6, happened: true);
        calibration.Add(0.62, happened: false);
        second.Add(0.1, happened: false);
        calibration.Add(second);

        // Bin 0.60 to 0.65: mean 0.61 against 1 of 2, a gap of 0.11, twice; bin 0.10 to 0.15: 0.1 against 0. (2 × 0.11 + 0.1) / 3.
        Assert.Equal(0.32 / 3, calibration.Error, tolerance: 1e-12);
        Assert.Equal(0.1848, calibration.Brier, tolerance: 1e-12); // (0.4² + 0.62² + 0.1²) / 3 = (0.16 + 0.3844 + 0.01) / 3.
        Assert.Equal([(0.1, 0, 1), (0.61, 0.5, 2)], calibration.Diagram());
    }

    [Fact]
    public void Gaps_of_opposite_sign_in_different_bins_do_not_cancel()
    {
        var calibration = new ProbabilityCalibration();
        calibration.Add(0.4, happened: true);
        calibration.Add(0.6, happened: false);

        Assert.Equal(0.6, calibration.Error, tolerance: 1e-12);
    }

    [Fact]
    public void Certainties_have_bins_too()
    {
        var calibration = new ProbabilityCalibration();
        calibration.Add(0, happened: false);
        calibration.Add(1, happened: true);

        Assert.Equal((0, 0, 2), (calibration.Error, calibration.Brier, calibration.Count));
    }

    [Fact]
    public void No_other_probability_has_a_better_brier_score_than_the_frequency() =>
        Gen.Select(Gen.Int[0, 20], Gen.Double[0, 1]).Sample((happened, other) =>
        {
            double Brier(double probability)
            {
                var calibration = new ProbabilityCalibration();
                for (var i = 0; i < 20; i++)
                {
                    calibration.Add(probability, i < happened);
                }

                return calibration.Brier;
            }

            return Brier(happened / 20.0) <= Brier(other) + 1e-12;
        });
}
