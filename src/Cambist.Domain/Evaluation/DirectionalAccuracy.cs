namespace Cambist.Domain.Evaluation;

/// <summary>How often the median lay on the side of the spot where the outcome came. A median at the spot is no call, and an outcome at the spot proves none right or wrong.</summary>
public sealed class DirectionalAccuracy
{
    /// <summary>Calls made that an outcome decided.</summary>
    public int Calls { get; private set; }

    /// <summary>Calls that were right.</summary>
    public int Hits { get; private set; }

    /// <summary>Share of right calls.</summary>
    public double Share => (double)Hits / Calls;

    /// <summary>Where the true share lies, 95 times of a hundred.</summary>
    public WilsonInterval Interval => WilsonInterval.Of(Hits, Calls);

    /// <summary>Counts a call.</summary>
    /// <param name="spot">The rate at the time of the forecast.</param>
    /// <param name="median">The median of the forecast.</param>
    /// <param name="outcome">What came.</param>
    public void Add(double spot, double median, double outcome)
    {
        if (median == spot || outcome == spot)
        {
            return;
        }

        Calls++;
        Hits += median > spot == outcome > spot ? 1 : 0;
    }

    /// <summary>Counts all that another counted.</summary>
    public void Add(DirectionalAccuracy other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Calls += other.Calls;
        Hits += other.Hits;
    }
}
