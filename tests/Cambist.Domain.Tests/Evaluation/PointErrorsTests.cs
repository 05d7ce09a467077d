using Cambist.Domain.Evaluation;
using Xunit;

namespace Cambist.Domain.Tests.Evaluation;

public sealed class PointErrorsTests
{
    [Fact]
    public void Percentages_are_of_the_outcome()
    {
        var errors = new PointErrors();
        errors.Add(forecast: 1, outcome: 1.25);
        errors.Add(forecast: 1, outcome: 0.8);

        Assert.Equal(22.5, errors.Mape, tolerance: 1e-12); // (0.25 / 1.25 + 0.2 / 0.8) / 2 = (20 % + 25 %) / 2.
    }

    [Fact]
    public void Absolute_and_squared_errors_are_of_the_log_return()
    {
        var (errors, second) = (new PointErrors(), new PointErrors());
        errors.Add(forecast: 2, outcome: 2 * Math.Exp(0.1));
        second.Add(forecast: 150, outcome: 150 * Math.Exp(-0.3));
        errors.Add(second);

        Assert.Equal(2, errors.Count);
        Assert.Equal(0.2, errors.Mae, tolerance: 1e-12); // (0.1 + 0.3) / 2.
        Assert.Equal(Math.Sqrt(0.05), errors.Rmse, tolerance: 1e-12); // √((0.01 + 0.09) / 2).
    }

    [Fact]
    public void Without_outcomes_there_is_no_error() => Assert.True(double.IsNaN(new PointErrors().Mape));
}
