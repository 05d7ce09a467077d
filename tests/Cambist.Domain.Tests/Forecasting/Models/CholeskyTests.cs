using Cambist.Domain.Forecasting.Models;
using Xunit;

namespace Cambist.Domain.Tests.Forecasting.Models;

public sealed class CholeskyTests
{
    [Fact]
    public void A_small_system_is_solved()
    {
        // 4 × 1 + 2 × 2 − 1 × 3 = 5, 2 × 1 + 5 × 2 + 0 × 3 = 12, −1 × 1 + 0 × 2 + 3 × 3 = 8.
        var x = Cholesky.Solve(new double[,] { { 4, 2, -1 }, { 2, 5, 0 }, { -1, 0, 3 } }, [5, 12, 8]);

        Assert.Equal(1, x[0], tolerance: 1e-12);
        Assert.Equal(2, x[1], tolerance: 1e-12);
        Assert.Equal(3, x[2], tolerance: 1e-12);
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_named()
    {
        var error = Assert.Throws<ArgumentException>(() => Cholesky.Solve(new double[,] { { 1, 2 }, { 2, 1 } }, [1, 1]));

        Assert.StartsWith("The matrix is not positive definite.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Cholesky.Solve(new[,] { { double.NaN } }, [1]));
    }
}
