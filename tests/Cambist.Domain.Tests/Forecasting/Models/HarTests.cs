using Cambist.Domain.Features;
using Cambist.Domain.Forecasting.Models;
using Xunit;

namespace Cambist.Domain.Tests.Forecasting.Models;

public sealed class HarTests
{
    private const int Horizons = ReturnTargets.Horizons;

    private static readonly IReadOnlyList<string> Names = HarModel.Regressors;
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public void A_fit_recovers_the_coefficients_that_made_the_returns()
    {
        var rows = Simulated(16_000);

        var model = HarFit.Fit([rows], every: 1, cancellationToken: Stop);

        // 16,000 rows at an information of 2ν / (ν + 3) = 1.2 each: a standard error of 0.007; the ridge takes 1 % off.
        Assert.All(new[] { 0, 5, 23 }, horizon =>
        {
            var fitted = model.Coefficients[horizon];
            Assert.Equal(0.30, fitted[Place("range_24")], tolerance: 0.03);
            Assert.Equal(-0.15, fitted[Place("market_120")], tolerance: 0.03);
            Assert.Equal(0, fitted[Place("move_6")], tolerance: 0.03);
            Assert.Equal(0.12, fitted[^1], tolerance: 0.03); // 2 % above what made them: the fit takes tails to be a little heavier.
            Assert.Equal(0, fitted[Place("holiday")]); // It never moved.
        });
    }

    [Fact]
    public void A_row_of_which_something_is_not_known_teaches_nothing()
    {
        var rows = Simulated(4_000);
        var clean = HarFit.Fit([rows], every: 1, cancellationToken: Stop);
        var values = rows.Features.Values(0, 4_000).ToArray();
        var targets = rows.Targets.ToArray();
        values[3_000 * FeatureSet.Names.Count + FeatureSet.Column("range_1")] = float.NaN;

        var holed = HarFit.Fit([rows with { Features = new FeatureTable(FeatureSet.Names, values) }], every: 1, cancellationToken: Stop);

        Assert.All(holed.Coefficients, row => Assert.All(row, number => Assert.True(double.IsFinite(number))));
        Assert.Equal(clean.Coefficients[0][0], holed.Coefficients[0][0], tolerance: 0.01);
        Assert.NotEqual(clean.Coefficients[0][0], holed.Coefficients[0][0]);
    }

    [Fact]
    public void Too_few_hours_are_refused()
    {
        var error = Assert.Throws<TooFewHoursException>(() => HarFit.Fit([Simulated(1_000)], every: 1, threads: 2, Stop));

        Assert.Equal((2400, 880), (error.Needed, error.Found));
        Assert.Contains("needs 2400 hours with an outcome, found 880 at ", error.Message, StringComparison.Ordinal); // The first 120 have no week before them.
    }

    [Fact]
    public void A_fit_can_be_given_up_at_any_pair()
    {
        using var given = new CancellationTokenSource();
        var rows = Simulated(4_000);
        var read = 0;
        IEnumerable<TrainingRows> Pairs()
        {
            while (true)
            {
                read++;
                if (read == 3)
                {
                    given.Cancel();
                }

                yield return rows;
            }
        }

        Assert.ThrowsAny<OperationCanceledException>(() => HarFit.Fit(Pairs(), every: 1, threads: 1, given.Token));
        Assert.Equal(3, read);
    }

    [Fact]
    public void Two_threads_fit_the_same_as_one()
    {
        var rows = Simulated(4_000);

        Assert.Equal(HarFit.Fit([rows], every: 1, cancellationToken: Stop).Coefficients, HarFit.Fit([rows], every: 1, threads: 2, Stop).Coefficients);
    }

    [Fact]
    public void An_outlook_is_the_constant_and_what_each_regressor_adds()
    {
        double[][] coefficients = [.. Enumerable.Range(0, Horizons).Select(horizon => Coefficients(0.01 * horizon, ("range_6", 0.5), ("holiday", -1)))];
        var values = new float[200 * FeatureSet.Names.Count];
        values[199 * FeatureSet.Names.Count + FeatureSet.Column("range_6")] = 0.4f;
        values[199 * FeatureSet.Names.Count + FeatureSet.Column("holiday")] = 1;
        var (scales, locations) = (new float[Horizons], Enumerable.Repeat(7f, Horizons).ToArray());

        new HarModel(coefficients).Predict(new FeatureTable(FeatureSet.Names, values), 199, 200, scales, locations);

        // 0.5 × 0.4 − 1 and a hundredth for each horizon.
        Assert.All(Enumerable.Range(0, Horizons), horizon => Assert.Equal(-0.8 + 0.01 * horizon, scales[horizon], tolerance: 1e-6));
        Assert.All(locations, location => Assert.Equal(0, location));
    }

    [Fact]
    public void The_same_hours_of_the_days_before_are_read()
    {
        // 144 hours of variance 1 but for the hours that lie 23 and 22 before the last, which have 9: yesterday the next two hours were these.
        var width = FeatureSet.Names.Count;
        var values = new float[144 * width];
        for (var row = 0; row < 144; row++)
        {
            values[row * width + FeatureSet.Column("hour_variance")] = 143 - row is 23 or 22 ? 9 : 1;
        }

        var model = new HarModel([.. Enumerable.Range(0, Horizons).Select(_ => Coefficients(0, ("same_hours_1_days_ago", 1)))]);
        var scales = new float[Horizons];
        model.Predict(new FeatureTable(FeatureSet.Names, values), 143, 144, scales, new float[Horizons]);

        Assert.Equal(0.5 * Math.Log(9.02), scales[0], tolerance: 1e-5);
        Assert.Equal(0.5 * Math.Log(9.02), scales[1], tolerance: 1e-5);
        Assert.Equal(0.5 * Math.Log((9 + 9 + 1) / 3.0 + 0.02), scales[2], tolerance: 1e-5);
        Assert.Equal(0.5 * Math.Log((9 + 9 + 22) / 24.0 + 0.02), scales[23], tolerance: 1e-5);
    }

    [Fact]
    public void An_outlook_is_never_absurd()
    {
        var scales = new float[Horizons];
        new HarModel([.. Enumerable.Range(0, Horizons).Select(_ => Coefficients(9))]).Predict(new FeatureTable(FeatureSet.Names, new float[200 * FeatureSet.Names.Count]), 199, 200, scales, new float[Horizons]);

        Assert.All(scales, scale => Assert.Equal(2, scale));
    }

    [Fact]
    public void A_model_of_a_wrong_shape_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new HarModel([Coefficients(0)]));
        Assert.Throws<ArgumentException>(() => new HarModel([.. Enumerable.Range(0, Horizons).Select(_ => new double[5])]));
        var error = Assert.Throws<ArgumentException>(() => new HarModel([.. Enumerable.Range(0, Horizons).Select(_ => Coefficients(double.NaN))]));
        Assert.StartsWith("Coefficients are 24 rows of 24 numbers.", error.Message, StringComparison.Ordinal);
    }

    internal static double[] Coefficients(double constant, params (string Name, double Value)[] others)
    {
        var coefficients = new double[Names.Count + 1];
        coefficients[^1] = constant;
        foreach (var (name, value) in others)
        {
            coefficients[Place(name)] = value;
        }

        return coefficients;
    }

    private static int Place(string name) => Names.ToList().IndexOf(name);

    // Independent normal regressors; returns are Student-t with 5 degrees of freedom and a standard deviation of exp(0.1 + 0.3 range_24 − 0.15 market_120).
    private static TrainingRows Simulated(int rows)
    {
        var random = new Random(17);
        var width = FeatureSet.Names.Count;
        var (values, targets) = (new float[rows * width], new float[rows * Horizons]);
        for (var row = 0; row < rows; row++)
        {
            foreach (var name in Names.Where(name => FeatureSet.Names.Contains(name) && name != "holiday"))
            {
                values[row * width + FeatureSet.Column(name)] = (float)Walks.Normal(random);
            }

            values[row * width + FeatureSet.Column("hour_variance")] = 1;
            var logScale = 0.1 + 0.3 * values[row * width + FeatureSet.Column("range_24")] - 0.15 * values[row * width + FeatureSet.Column("market_120")];
            for (var horizon = 0; horizon < Horizons; horizon++)
            {
                targets[row * Horizons + horizon] = (float)(Math.Exp(logScale) * Math.Sqrt(0.6) * Walks.StudentT(random, 5));
            }
        }

        return new TrainingRows(new FeatureTable(FeatureSet.Names, values), targets);
    }
}
