using Cambist.Domain.Currencies;
using Cambist.Domain.Forecasting;

namespace Cambist.Domain.Evaluation.Advice;

/// <summary>What a person without the advice would have done with a goal. Where no later instant is safe every strategy converts at once.</summary>
/// <param name="prices">Prices of the goal.</param>
/// <param name="latestSafe">The latest safe instant as it was told when the goal was asked; null where none is known.</param>
/// <param name="forecast">The forecast at the asking; null where there was none.</param>
/// <param name="hours">The hours of the market.</param>
public sealed class GoalStrategies(GoalPrices prices, DateTimeOffset? latestSafe, Forecast? forecast, HourGrid hours)
{
    /// <summary>The specification splits large amounts into this many parts at most; a person makes no more transfers.</summary>
    public const int MostParts = 5;

    // m and M of one-way trading.
    private const double LowQuantile = 0.01, HighQuantile = 0.99;

    private DateTimeOffset Asked => prices.Goal.AskedAt;

    private DateTimeOffset Until => latestSafe > Asked ? latestSafe.Value : Asked;

    /// <summary>The conversions of a strategy; null where a part of it has no price, or nothing is known that it needs.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="advised">When the advice was followed: hindsight knows that instant too.</param>
    public IReadOnlyList<Conversion>? Of(AdviceStrategy strategy, DateTimeOffset advised) => strategy switch
    {
        AdviceStrategy.AtOnce => Whole(prices.At(Asked)),
        AdviceStrategy.LastSafeDay => Whole(prices.At(prices.WithRate(Until))),
        AdviceStrategy.EqualParts => EqualParts(),
        AdviceStrategy.OneWayTrading => Traded(),
        AdviceStrategy.Hindsight => Whole(Best(advised)),
        _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "Expected one of the strategies."),
    };

    private static List<Conversion>? Whole(Conversion? conversion) => conversion is null ? null : [conversion];

    // The same time of day as the asking, on every day up to the latest safe instant.
    private List<DateTimeOffset> Days()
    {
        var days = new List<DateTimeOffset>();
        for (var day = Asked; day <= Until; day = day.AddDays(1))
        {
            days.Add(day);
        }

        return days;
    }

    private List<Conversion>? EqualParts()
    {
        var days = Days();
        var parts = Math.Min(MostParts, days.Count);
        var chosen = Enumerable.Range(0, parts).Select(part => days[parts == 1 ? 0 : part * (days.Count - 1) / (parts - 1)]).ToList();
        return Split(chosen, [.. chosen.Select(_ => 1.0 / parts)]);
    }

    private List<Conversion>? Traded()
    {
        var days = Days();
        if (days.Count == 1)
        {
            return Whole(prices.At(Asked));
        }

        if (forecast?.At(Until) is not { } rate)
        {
            return null;
        }

        return Split(days, OneWayTrading.Shares([.. days.Select(day => (double)prices.MidAt(prices.WithRate(day)))], rate.Quantile(LowQuantile), rate.Quantile(HighQuantile)));
    }

    // Whole minor units, the rest with the last part. What is too little for any provider goes with the next part.
    private List<Conversion>? Split(List<DateTimeOffset> instants, double[] shares)
    {
        var (left, carried) = (prices.Goal.Question.Amount, 0.0);
        var (conversions, used) = (new List<Conversion>(), new AllowanceBook());
        for (var i = 0; i < instants.Count && left.Amount > 0m; i++)
        {
            carried += shares[i];
            var part = i == instants.Count - 1 ? left : Smaller(left, (prices.Goal.Question.Amount * (decimal)carried).RoundedDown());
            if (part.Amount > 0m && prices.At(prices.WithRate(instants[i]), part, used) is { } conversion)
            {
                conversions.Add(conversion);
                (left, carried) = (left.Minus(part), 0.0);
            }
        }

        return left.Amount > 0m ? null : conversions;
    }

    private Conversion? Best(DateTimeOffset advised)
    {
        var end = advised > Until ? advised : Until;
        var candidates = new List<DateTimeOffset> { Asked, advised, prices.WithRate(Until) };
        var from = Asked;
        foreach (var until in prices.SafetyEnds(end).Append(end))
        {
            candidates.AddRange(hours.BestOfEachRegime(from, until));
            from = until;
        }

        return candidates.Distinct().Select(prices.At).OfType<Conversion>().MaxBy(conversion => prices.Net([conversion]));
    }

    private static Money Smaller(Money one, Money other) => one.Amount < other.Amount ? one : other;
}
