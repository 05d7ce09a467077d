using System.Diagnostics;

namespace Cambist.Benchmarks;

/// <summary>How long an action took, many times over, after a tenth as many times of warming up.</summary>
internal sealed class ActionTimes
{
    private readonly double[] _sorted;

    private ActionTimes(double[] sorted) => _sorted = sorted;

    /// <summary>Does the action so many times.</summary>
    public static ActionTimes Of(int count, Action action)
    {
        for (var i = 0; i < Math.Max(1, count / 10); i++)
        {
            action();
        }

        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return new ActionTimes(times);
    }

    /// <summary>The milliseconds within which a share of the times lies.</summary>
    public double At(double share) => _sorted[(int)(share * (_sorted.Length - 1))];
}
