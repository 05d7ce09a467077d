namespace Cambist.Domain.Evaluation.Advice;

/// <summary>
/// Threat-based one-way trading (El-Yaniv, Fiat, Karp and Turpin 2001, "Optimal search and one-way trading online algorithms", Algorithmica 30): of prices that are only known to lie within [m, M] it converts at each new
/// highest just enough to be sure of 1/c of what hindsight would bring, should the price drop to m for good; what is left goes on the last day. The c of a game of k days is the least that the amount suffices for.
/// </summary>
public static class OneWayTrading
{
    private const int Bisections = 200;

    /// <summary>The competitive ratio of a game: the root of c = k (1 − (m (c − 1) / (M − m))^(1/k)), from 1 to M / m.</summary>
    /// <param name="days">k, the prices that come.</param>
    /// <param name="low">m, no price is below it.</param>
    /// <param name="high">M, none is above it.</param>
    public static double Ratio(int days, double low, double high)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(days);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(low);
        ArgumentOutOfRangeException.ThrowIfLessThan(high, low);
        var (least, most) = (1.0, high / low);
        for (var step = 0; step < Bisections && least < most; step++)
        {
            // The left side rises with c and the right side falls.
            var middle = (least + most) / 2;
            var spent = days * (1 - Math.Pow(low * (middle - 1) / (high - low), 1.0 / days));
            (least, most) = middle < spent ? (middle, most) : (least, middle);
        }

        return (least + most) / 2;
    }

    /// <summary>The share of the amount that goes on each day; they sum to 1.</summary>
    /// <param name="prices">The prices in their order, the higher the better; those outside of the bounds are taken as they are.</param>
    /// <param name="low">m.</param>
    /// <param name="high">M.</param>
    public static double[] Shares(IReadOnlyList<double> prices, double low, double high)
    {
        ArgumentNullException.ThrowIfNull(prices);
        var ratio = Ratio(prices.Count, low, high);
        var shares = new double[prices.Count];
        var (left, reached) = (1.0, ratio * low);
        for (var day = 0; day < prices.Count - 1; day++)
        {
            if (prices[day] > reached)
            {
                shares[day] = Math.Min(left, (prices[day] - reached) / (ratio * (prices[day] - low)));
                left -= shares[day];
                reached = prices[day];
            }
        }

        shares[^1] = left;
        return shares;
    }
}
