using Cambist.Domain.Forecasting.Models;
using Xunit;

namespace Cambist.Domain.Tests.Forecasting.Models;

public sealed class RollingShapesTests
{
    [Fact]
    public void Errors_leave_after_a_year_and_leave_no_trace()
    {
        // Errors of 9 in the first three weeks, of 1 in all others.
        var shapes = new RollingShapes(0, (week, sign, errors) =>
        {
            for (var hour = 0; hour < 120; hour++)
            {
                errors.Add(hour, 0, week < 3 ? 9 : 1, sign);
                errors.Add(hour, 23, week < 3 ? 9 : 1, sign);
            }
        });
        var never = new RollingShapes(3, (_, sign, errors) => Enumerable.Range(0, 120).ToList().ForEach(hour => errors.Add(hour, 23, 1, sign)));

        var (with, without) = (shapes.For(52).At(50), shapes.For(55).At(50));

        Assert.InRange(with[23].Cdf(5), 0.969, 0.974); // 3 / 52 of the errors are beyond 5, half of them above.
        Assert.True(without[23].Cdf(5) > 0.9995);
        Assert.Equal(never.For(55).At(50)[23].Std, without[23].Std);
    }

    [Fact]
    public void Short_horizons_are_told_by_the_hour_of_the_day_and_long_ones_are_not()
    {
        var shapes = new RollingShapes(0, (_, sign, errors) =>
        {
            for (var hour = 0; hour < 120; hour++)
            {
                errors.Add(hour, 0, hour % 24 == 5 ? 2 : 1, sign);
                errors.Add(hour, 23, hour % 24 == 5 ? 2 : 1, sign);
            }
        });

        var week = shapes.For(50);

        Assert.True(week.At(24 * 7 + 5)[0].Std > 1.1 * week.At(24 * 7 + 6)[0].Std);
        Assert.Same(week.At(5)[23], week.At(6)[23]);
    }

    [Fact]
    public void Before_any_error_the_shape_is_a_student_t_of_unit_variance()
    {
        var shapes = new RollingShapes(7, (_, _, _) => { }).For(7).At(0);

        Assert.Equal(24, shapes.Length);
        Assert.All(shapes, shape => Assert.Equal(1, shape.Std, tolerance: 0.05));

        // The 97.5 % quantile of a Student-t with 5 degrees of freedom is 2.571, of unit variance × sqrt(3 / 5): 1.991.
        Assert.All(shapes, shape => Assert.Equal(1.991, shape.Quantile(0.975), tolerance: 0.03));
    }
}
