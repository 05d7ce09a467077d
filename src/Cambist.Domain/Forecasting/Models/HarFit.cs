using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Cambist.Domain.Features;

namespace Cambist.Domain.Forecasting.Models;

/// <summary>The features of a pair and what came of each of its hours.</summary>
/// <param name="Features">The features.</param>
/// <param name="Targets">Standardised returns, 24 to a row (<see cref="ReturnTargets"/>).</param>
public sealed record TrainingRows(FeatureTable Features, float[] Targets);

/// <summary>There are too few hours with an outcome to fit the regression on.</summary>
/// <param name="message">What was expected and what was found.</param>
/// <param name="needed">How many hours it takes.</param>
/// <param name="found">How many there are.</param>
public sealed class TooFewHoursException(string message, int needed, int found) : Exception(message)
{
    /// <summary>How many hours it takes.</summary>
    public int Needed => needed;

    /// <summary>How many there are.</summary>
    public int Found => found;
}

/// <summary>
/// Fits the regression by maximum likelihood of a Student-t with fixed degrees of freedom (Fisher scoring: the expected information does not depend on the coefficients,
/// so that it is inverted once), ridge-penalised in units of each regressor's spread.
/// </summary>
public static class HarFit
{
    // Standardised hourly returns of majors have tails near this; the fit hardly depends on it.
    private const double DegreesOfFreedom = 4.5;

    // As that many hours would pull, against some hundred thousand.
    private const double Ridge = 200;

    private const int Steps = 12;
    private const double Settled = 1e-5;

    /// <summary>The fewest rows with an outcome that a horizon is fitted on: a hundred for each coefficient.</summary>
    public static int LeastRows => 100 * (HarModel.Regressors.Count + 1);

    /// <summary>Fits the coefficients of all horizons on the rows of all pairs.</summary>
    /// <param name="pairs">The rows, enumerated once per horizon, so that they need not all be in memory.</param>
    /// <param name="every">Every how many rows one is read: neighbouring hours share most of their outcome.</param>
    /// <param name="threads">How many horizons are fitted side by side.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="TooFewHoursException">There are fewer rows with an outcome than <see cref="LeastRows"/>.</exception>
    public static HarModel Fit(IEnumerable<TrainingRows> pairs, int every, int threads = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var coefficients = new double[ReturnTargets.Horizons][];
        try
        {
            Parallel.For(
                0,
                ReturnTargets.Horizons,
                new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
                horizon => coefficients[horizon] = new Sample(pairs, horizon, every, cancellationToken).Fit(cancellationToken));
        }
        catch (AggregateException faults) when (faults.InnerExceptions.OfType<TooFewHoursException>().FirstOrDefault() is { } fault)
        {
            // Every horizon lacks them; one tells as much as all.
            ExceptionDispatchInfo.Throw(fault);
        }

        return new HarModel(coefficients);
    }

    // The rows of one horizon, brought to one scale.
    private sealed class Sample
    {
        private readonly int _width = HarModel.Regressors.Count + 1;
        private readonly List<float> _rows = [];
        private readonly List<float> _squares = [];
        private readonly double[] _mean;
        private readonly double[] _std;

        public Sample(IEnumerable<TrainingRows> pairs, int horizon, int every, CancellationToken cancellationToken)
        {
            foreach (var pair in pairs)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Read(pair, horizon, every);
            }

            if (_squares.Count < LeastRows)
            {
                throw new TooFewHoursException(
                    $"The regression of {_width} coefficients needs {LeastRows} hours with an outcome, found {_squares.Count} at {horizon + 1} h.", LeastRows, _squares.Count);
            }

            (_mean, _std) = Standardise();
        }

        private int Count => _squares.Count;

        public double[] Fit(CancellationToken cancellationToken)
        {
            var information = Information();
            var scaled = new double[_width];
            for (var step = 0; step < Steps; step++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var change = Cholesky.Solve(information, Gradient(scaled));
                for (var i = 0; i < _width; i++)
                {
                    scaled[i] += change[i];
                }

                if (change.Max(Math.Abs) < Settled)
                {
                    break;
                }
            }

            return Unscaled(scaled);
        }

        private void Read(TrainingRows pair, int horizon, int every)
        {
            var rows = pair.Features.Rows;
            var regressors = new HarRegressors(pair.Features, 0, rows);
            Span<double> values = stackalloc double[_width - 1];
            Span<double> ratios = stackalloc double[HarRegressors.DaysBack];
            Span<float> sameHours = stackalloc float[HarRegressors.DaysBack];
            for (var row = HarRegressors.Lookback; row < rows; row += every)
            {
                var target = pair.Targets[row * ReturnTargets.Horizons + horizon];
                if (float.IsNaN(target))
                {
                    continue;
                }

                regressors.FillHour(row, values);
                regressors.FillSameHours(row, horizon + 1, ratios);
                Logarithms.Half(ratios, sameHours);
                for (var day = 0; day < sameHours.Length; day++)
                {
                    values[^(sameHours.Length - day)] = sameHours[day];
                }

                // An hour of which something is not known teaches nothing.
                if (!AllKnown(values))
                {
                    continue;
                }

                foreach (var value in values)
                {
                    _rows.Add((float)value);
                }

                _rows.Add(1);
                _squares.Add(target * target);
            }
        }

        private static bool AllKnown(ReadOnlySpan<double> values)
        {
            foreach (var value in values)
            {
                if (!double.IsFinite(value))
                {
                    return false;
                }
            }

            return true;
        }

        private (double[] Mean, double[] Std) Standardise()
        {
            double[] mean = new double[_width], std = new double[_width];
            for (var i = 0; i < _rows.Count; i++)
            {
                mean[i % _width] += _rows[i] / (double)Count;
            }

            for (var i = 0; i < _rows.Count; i++)
            {
                var from = _rows[i] - mean[i % _width];
                std[i % _width] += from * from / Count;
            }

            (mean[^1], std[^1]) = (0, 1);
            for (var i = 0; i < _width - 1; i++)
            {
                // A regressor that never moves (no holiday, no announcement in the span) keeps its scale and gets no weight.
                std[i] = std[i] > 1e-12 ? Math.Sqrt(std[i]) : 1;
            }

            for (var i = 0; i < _rows.Count; i++)
            {
                _rows[i] = (float)((_rows[i] - mean[i % _width]) / std[i % _width]);
            }

            return (mean, std);
        }

        private double[,] Information()
        {
            var information = new double[_width, _width];
            var rows = CollectionsMarshal.AsSpan(_rows);
            for (var row = 0; row < Count; row++)
            {
                var x = rows.Slice(row * _width, _width);
                for (var i = 0; i < _width; i++)
                {
                    for (var j = 0; j <= i; j++)
                    {
                        information[i, j] += x[i] * x[j];
                    }
                }
            }

            for (var i = 0; i < _width; i++)
            {
                for (var j = 0; j <= i; j++)
                {
                    // The expected information of the logarithm of a Student-t's scale.
                    information[i, j] *= 2 * DegreesOfFreedom / (DegreesOfFreedom + 3);
                    information[j, i] = information[i, j];
                }

                information[i, i] += i < _width - 1 ? Ridge : 0;
            }

            return information;
        }

        private double[] Gradient(double[] coefficients)
        {
            var gradient = new double[_width];
            var rows = CollectionsMarshal.AsSpan(_rows);
            for (var row = 0; row < Count; row++)
            {
                var x = rows.Slice(row * _width, _width);
                double logScale = 0;
                for (var i = 0; i < _width; i++)
                {
                    logScale += coefficients[i] * x[i];
                }

                var square = _squares[row] * Math.Exp(-2 * logScale);
                var pull = (DegreesOfFreedom + 1) * square / (DegreesOfFreedom + square) - 1;
                for (var i = 0; i < _width; i++)
                {
                    gradient[i] += pull * x[i];
                }
            }

            for (var i = 0; i < _width - 1; i++)
            {
                gradient[i] -= Ridge * coefficients[i];
            }

            return gradient;
        }

        private double[] Unscaled(double[] scaled)
        {
            // From the scale of the Student-t to its standard deviation, which is what a volatility is compared with.
            var plain = new double[_width];
            plain[^1] = scaled[^1] + 0.5 * Math.Log(DegreesOfFreedom / (DegreesOfFreedom - 2));
            for (var i = 0; i < _width - 1; i++)
            {
                plain[i] = scaled[i] / _std[i];
                plain[^1] -= plain[i] * _mean[i];
            }

            return plain;
        }
    }
}
