namespace Cambist.Domain.Forecasting.Models;

/// <summary>Solves a symmetric, positive definite system of a few dozen equations by its Cholesky factor.</summary>
internal static class Cholesky
{
    /// <summary>The x with matrix · x = right.</summary>
    public static double[] Solve(double[,] matrix, double[] right)
    {
        var size = right.Length;
        var factor = Factor(matrix, size);
        var x = new double[size];
        for (var i = 0; i < size; i++)
        {
            var sum = right[i];
            for (var k = 0; k < i; k++)
            {
                sum -= factor[i, k] * x[k];
            }

            x[i] = sum / factor[i, i];
        }

        for (var i = size - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < size; k++)
            {
                x[i] -= factor[k, i] * x[k];
            }

            x[i] /= factor[i, i];
        }

        return x;
    }

    private static double[,] Factor(double[,] matrix, int size)
    {
        var factor = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++)
                {
                    sum -= factor[i, k] * factor[j, k];
                }

                factor[i, j] = i == j
                    ? Math.Sqrt(sum > 0 ? sum : throw new ArgumentException("The matrix is not positive definite.", nameof(matrix)))
                    : sum / factor[j, j];
            }
        }

        return factor;
    }
}
