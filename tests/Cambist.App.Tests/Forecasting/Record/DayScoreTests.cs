using Cambist.App.Forecasting.Record;
using Xunit;

namespace Cambist.App.Tests.Forecasting.Record;

public sealed class DayScoreTests
{
    private static readonly SaidHorizon Driftless = new(1, 0, [-0.04, -0.03, -0.02, -0.01, 0, 0.01, 0.02, 0.03, 0.04]);
    private static readonly SaidHorizon Rising = new(1, 0.005, [-0.03, -0.02, -0.01, 0, 0.005, 0.01, 0.02, 0.03, 0.04]);

    [Fact]
    public void An_outcome_is_scored_as_the_rules_say()
    {
        // ln(outcome / spot) = 0.015. Pinball losses: below the outcome level × distance, above it (1 − level) × distance:
        // 0.025·0.055, 0.05·0.045, 0.1·0.035, 0.25·0.025, 0.5·0.015, 0.75·0.005, 0.1·0.005, 0.05·0.015, 0.025·0.025
        // = 0.001375, 0.00225, 0.0035, 0.00625, 0.0075, 0.00375, 0.0005, 0.00075, 0.000625; with the weights 0.0375, 0.0375, 0.1, 0.2, 0.25, 0.2, 0.1, 0.0375, 0.0375:
        // 0.0000515625 + 0.000084375 + 0.00035 + 0.00125 + 0.001875 + 0.00075 + 0.00005 + 0.000028125 + 0.0000234375 = 0.0044625; twice that is 0.008925.
        var score = DayScore.Of(Driftless, null, 2, 2 * Math.Exp(0.015));

        Assert.Equal(0.008925, score.Crps, 12);
        Assert.Equal((1, 0, 0), (score.Count, score.Missing, score.AgainstCount));
        Assert.Equal((0, 1, 1), (score.Inside50, score.Inside80, score.Inside95));
        Assert.Equal(0.015, score.LogError, 12);
        Assert.Equal(100 * (1 - Math.Exp(-0.015)), score.PercentError, 9);
        Assert.Equal(score.PercentNoChange, score.PercentError);
        Assert.Equal((0, 0), (score.Calls, score.Hits));
    }

    [Theory]
    [InlineData(0.02, 1, 1)]
    [InlineData(-0.02, 1, 0)]
    [InlineData(0, 0, 0)]
    public void A_median_beside_the_spot_is_a_call_that_an_outcome_decides(double came, int calls, int hits)
    {
        var score = DayScore.Of(Rising, Driftless, 1, Math.Exp(came));

        Assert.Equal((calls, hits), (score.Calls, score.Hits));
        Assert.Equal(1, score.AgainstCount);
        Assert.Equal(score.Crps, score.AgainstCrps);
        Assert.Equal(DayScore.Of(Driftless, null, 1, Math.Exp(came)).Crps, score.BaselineCrps);
    }

    [Fact]
    public void Bytes_of_a_later_version_are_refused()
    {
        var bytes = ForecastBytes.Of([Rising]);
        bytes[0] = 2;

        Assert.Throws<InvalidDataException>(() => ForecastBytes.Said(bytes));
    }
}
